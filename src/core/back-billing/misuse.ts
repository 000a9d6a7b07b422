import { CoreError } from '../errors';
import { count, Decimal, round, ZERO } from '../quantity';
import { FEN, MoneyPlaces } from '../charges/priced-line';
import { BackBilling, withPenalty } from './theft';

/** Capacity that was used without right: unsealed equipment, or more than the contract allows. */
export interface MisusedCapacity {
  /** kVA (kW). */
  readonly capacity: Decimal;
  /** Whole months and further days of use. */
  readonly months: number;
  readonly days: number;
  /** 30 by the rule of 1996, else the days of the month. */
  readonly dayBasis: number;
  /** Part of the capacity charge that was paid all the same (50 % of an old suspension → 0.5). */
  readonly paidShare?: Decimal;
}

function exactCapacityCharge(item: MisusedCapacity, price: Decimal): Decimal {
  if (item.months < 0 || item.days < 0) throw new CoreError('BACK_BILLING.DAYS_OUT_OF_RANGE', '');
  const basis = count(item.dayBasis);
  const days = count(item.months).times(basis).plus(count(item.days));
  const unpaid = item.paidShare === undefined ? price : price.minus(price.times(item.paidShare));
  return item.capacity.times(unpaid).times(days).div(basis);
}

/**
 * Two-part customers: the missed capacity charge, kVA × price × (months + days ÷ basis), and a penalty of × 2 for
 * unsealed equipment (擅自启用封存设备), × 3 for unauthorised capacity (私增容量).
 */
export function backBillCapacity(items: readonly MisusedCapacity[], pricePerKvaMonth: Decimal, penaltyMultiple: Decimal, money: MoneyPlaces = FEN): BackBilling {
  let charge = ZERO;
  for (const item of items) charge = charge.plus(exactCapacityCharge(item, pricePerKvaMonth));
  return withPenalty(ZERO, charge, penaltyMultiple, money);
}

/** Other customers: nothing to bill afterwards, a penalty per kW or kVA (30 yuan unsealed, 50 yuan unauthorised). */
export function penaltyByCapacity(capacities: readonly Decimal[], penaltyPerKw: Decimal, money: MoneyPlaces = FEN): BackBilling {
  let capacity = ZERO;
  for (const each of capacities) capacity = capacity.plus(each);
  return { energy: ZERO, exactCharge: ZERO, charge: ZERO, penalty: round(capacity.times(penaltyPerKw), money.decimals, money.rounding) };
}

import { count, Decimal, round } from '../quantity';
import { FEN, MoneyPlaces } from '../charges/priced-line';

export interface TemporarySupply {
  /** kW, agreed hours a day, agreed days, yuan per kWh. */
  readonly load: Decimal;
  readonly hoursPerDay: Decimal;
  readonly agreedDays: number;
  readonly price: Decimal;
  readonly usedDays: number;
  /** Paid in advance, yuan; the agreed charge where absent. */
  readonly prepaid?: Decimal;
}

export interface TemporarySettlement {
  /** Charge of the whole agreed term, yuan. */
  readonly agreedCharge: Decimal;
  /** Charge that stays after the end of use, yuan. */
  readonly charge: Decimal;
  /** Prepaid less charge; negative = still to pay. */
  readonly refund: Decimal;
}

/**
 * Temporary supply without a meter (临时用电): the charge of the agreed term, kW × h × days × price, is paid in
 * advance. Ended before half of the term, half of it is given back; later nothing of it (供电营业规则). What was
 * paid above the charge is given back in any case.
 */
export function settleTemporarySupply(supply: TemporarySupply, money: MoneyPlaces = FEN): TemporarySettlement {
  const exact = supply.load.times(supply.hoursPerDay).times(count(supply.agreedDays)).times(supply.price);
  const early = supply.usedDays * 2 < supply.agreedDays;
  const agreedCharge = round(exact, money.decimals, money.rounding);
  const charge = early ? round(exact.div(2), money.decimals, money.rounding) : agreedCharge;
  return { agreedCharge, charge, refund: (supply.prepaid ?? agreedCharge).minus(charge) };
}

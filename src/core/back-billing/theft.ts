import { count, Decimal, dec, round, ZERO } from '../quantity';
import { FEN, MoneyPlaces } from '../charges/priced-line';

/** Where time cannot be found out: 180 days, 12 h a day for power and 6 h for lighting. */
export const UNKNOWN_DAYS = 180;
/** Three months of a wrong price class, where nobody knows when it began. */
export const UNKNOWN_CLASS_DAYS = 90;
export const UNKNOWN_HOURS = { power: dec('12'), lighting: dec('6') } as const;

/** Load that took energy past the meter, or at the wrong price. */
export interface UnbilledLoad {
  /** kW. */
  readonly load: Decimal;
  readonly hoursPerDay: Decimal;
  readonly days: number;
  /** Yuan per kWh: the price for theft, the difference of prices for a wrong class. */
  readonly price: Decimal;
  /** Energy that was billed all the same, kWh. */
  readonly billedEnergy?: Decimal;
}

export interface BackBilling {
  /** kWh; 0 where capacity was used and not energy. */
  readonly energy: Decimal;
  readonly exactCharge: Decimal;
  /** `exactCharge` to the fen. */
  readonly charge: Decimal;
  /** Penalty (违约使用电费), to the fen. */
  readonly penalty: Decimal;
}

/** Energy of a load, kWh = kW × h a day × days, less what was billed; never below zero. */
export function unbilledEnergy(load: UnbilledLoad): Decimal {
  const energy = load.load.times(load.hoursPerDay).times(count(load.days)).minus(load.billedEnergy ?? ZERO);
  return energy.isNegative() ? ZERO : energy;
}

/** A charge with its penalty: both are rounded once, the penalty from the unrounded charge. */
export function withPenalty(energy: Decimal, exactCharge: Decimal, multiple: Decimal, money: MoneyPlaces = FEN): BackBilling {
  return {
    energy,
    exactCharge,
    charge: round(exactCharge, money.decimals, money.rounding),
    penalty: round(exactCharge.times(multiple), money.decimals, money.rounding),
  };
}

/**
 * Back-billing of unmetered use: Σ kW × h × days × price, penalty = charge × multiple. Theft (窃电): the price, × 3.
 * Wrong price class (高价低接): the difference of the prices for at most three months, × 2.
 */
export function backBillLoads(loads: readonly UnbilledLoad[], penaltyMultiple: Decimal, money: MoneyPlaces = FEN): BackBilling {
  let energy = ZERO;
  let charge = ZERO;
  for (const load of loads) {
    const each = unbilledEnergy(load);
    energy = energy.plus(each);
    charge = charge.plus(each.times(load.price));
  }
  return withPenalty(energy, charge, penaltyMultiple, money);
}

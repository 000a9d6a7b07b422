import { count, Decimal, round } from '../quantity';
import { FEN, MoneyPlaces } from '../charges/priced-line';

export interface Outage {
  readonly hours: Decimal;
  /** Energy of the month (or of the same month before), kWh, and its days. */
  readonly monthlyEnergy: Decimal;
  readonly daysInMonth: number;
  /** Yuan per kWh. */
  readonly averagePrice: Decimal;
  /** 4 for single-part, 5 for two-part customers. */
  readonly multiple: Decimal;
}

/**
 * Compensation for an outage that the company caused = hours × monthly energy ÷ days ÷ 24 × average price × multiple,
 * rounded to the fen once.
 */
export function outageCompensation(outage: Outage, money: MoneyPlaces = FEN): Decimal {
  const numerator = outage.hours.times(outage.monthlyEnergy).times(outage.averagePrice).times(outage.multiple);
  return round(numerator.div(count(outage.daysInMonth * 24)), money.decimals, money.rounding);
}

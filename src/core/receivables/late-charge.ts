import { dayNumber, LocalDate, yearOf } from '../calendar';
import { count, dec, Decimal, round, ZERO } from '../quantity';
import { FEN, MoneyPlaces } from '../charges/priced-line';

/** Days of delay, from the day after the due date to the day of payment. */
export interface LateDays {
  /** Days up to 31 December of the year in which the bill fell due. */
  readonly currentYear: number;
  /** Days after it. */
  readonly crossYear: number;
}

/**
 * `by-day-segment`: each day at the rate of its year. `whole-period-cross-year-rate`: all days at the cross-year rate
 * once the year's end is passed.
 */
export type LateChargeMethod = 'by-day-segment' | 'whole-period-cross-year-rate';

/** Rates in permille a day, the least charge in yuan, and the method. */
export interface LateChargeRule {
  readonly method: LateChargeMethod;
  readonly residentialPermille: Decimal;
  readonly currentYearPermille: Decimal;
  readonly crossYearPermille: Decimal;
  readonly minimum: Decimal;
}

export const LATE_CHARGE_RULE: LateChargeRule = {
  method: 'by-day-segment',
  residentialPermille: dec('1'),
  currentYearPermille: dec('2'),
  crossYearPermille: dec('3'),
  minimum: dec('1.00'),
};

/** Counts the days of delay; none where paid on the due date or before. */
export function lateDays(dueOn: LocalDate, paidOn: LocalDate): LateDays {
  const all = dayNumber(paidOn) - dayNumber(dueOn);
  if (all <= 0) return { currentYear: 0, crossYear: 0 };
  const currentYear = Math.min(all, dayNumber(`${yearOf(dueOn)}-12-31`) - dayNumber(dueOn));
  return { currentYear, crossYear: all - currentYear };
}

function dayPermille(days: LateDays, customerClass: 'residential' | 'other', rule: LateChargeRule): Decimal {
  const all = count(days.currentYear + days.crossYear);
  if (customerClass === 'residential') return all.times(rule.residentialPermille);
  if (rule.method === 'whole-period-cross-year-rate' && days.crossYear > 0) return all.times(rule.crossYearPermille);
  return count(days.currentYear).times(rule.currentYearPermille).plus(count(days.crossYear).times(rule.crossYearPermille));
}

/**
 * Late-payment charge (电费违约金) of one bill = principal × Σ days × rate ÷ 1000: residential 1 ‰ a day; others 2 ‰
 * in the year in which the bill fell due and 3 ‰ after it. Rounded once per bill, and at least the minimum (1.00 yuan)
 * once anything is late; nothing where nothing is late or owed.
 */
export function lateCharge(
  principal: Decimal,
  days: LateDays,
  customerClass: 'residential' | 'other',
  rule: LateChargeRule = LATE_CHARGE_RULE,
  money: MoneyPlaces = FEN,
): Decimal {
  if (days.currentYear + days.crossYear === 0 || !principal.greaterThan(0)) return ZERO;
  const charge = round(principal.times(dayPermille(days, customerClass, rule)).div(1000), money.decimals, money.rounding);
  return charge.lessThan(rule.minimum) ? rule.minimum : charge;
}

import { dayNumber, LocalDate, yearOf } from '../calendar';
import { count, dec, Decimal, round, sum, ZERO } from '../quantity';
import { FEN, MoneyPlaces } from '../charges/priced-line';
import type { Pause } from './instalments';

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

/** Whose rate applies. */
export type CustomerClass = 'residential' | 'other';

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

/** Counts the days of delay without those that lie in pauses (which do not overlap). */
export function lateDaysWithout(dueOn: LocalDate, paidOn: LocalDate, pauses: readonly Pause[]): LateDays {
  const upTo = (day: LocalDate): LateDays => lateDays(dueOn, day < paidOn ? day : paidOn);
  return pauses.reduce((days, { from, until }) => {
    const [first, last] = [upTo(from), upTo(until ?? paidOn)];
    return { currentYear: days.currentYear - (last.currentYear - first.currentYear), crossYear: days.crossYear - (last.crossYear - first.crossYear) };
  }, lateDays(dueOn, paidOn));
}

function dayPermille(days: LateDays, customerClass: CustomerClass, rule: LateChargeRule): Decimal {
  const all = count(days.currentYear + days.crossYear);
  if (customerClass === 'residential') return all.times(rule.residentialPermille);
  if (rule.method === 'whole-period-cross-year-rate' && days.crossYear > 0) return all.times(rule.crossYearPermille);
  return count(days.currentYear).times(rule.currentYearPermille).plus(count(days.crossYear).times(rule.crossYearPermille));
}

/** A part of a bill's principal, yuan, and how late it was paid (or how late it is by now). */
export interface PrincipalPortion {
  readonly principal: Decimal;
  readonly days: LateDays;
}

/**
 * Late-payment charge (电费违约金) of one bill = Σ portions principal × Σ days × rate ÷ 1000: residential 1 ‰ a day;
 * others 2 ‰ in the year in which the bill fell due and 3 ‰ after it. A bill that is paid in parts is charged for each
 * part up to the day on which it was paid. Rounded once per bill, and at least the minimum (1.00 yuan) once anything
 * is late; nothing where nothing is late or owed.
 */
export function lateChargeOfPortions(
  portions: readonly PrincipalPortion[],
  customerClass: CustomerClass,
  rule: LateChargeRule = LATE_CHARGE_RULE,
  money: MoneyPlaces = FEN,
): Decimal {
  const late = portions.filter(({ principal, days }) => principal.greaterThan(0) && days.currentYear + days.crossYear > 0);
  if (late.length === 0) return ZERO;
  const exact = sum(late.map(({ principal, days }) => principal.times(dayPermille(days, customerClass, rule)).div(1000)));
  const charge = round(exact, money.decimals, money.rounding);
  return charge.lessThan(rule.minimum) ? rule.minimum : charge;
}

/** Late-payment charge of a bill that is paid, or open, as a whole; see `lateChargeOfPortions`. */
export function lateCharge(
  principal: Decimal,
  days: LateDays,
  customerClass: CustomerClass,
  rule: LateChargeRule = LATE_CHARGE_RULE,
  money: MoneyPlaces = FEN,
): Decimal {
  return lateChargeOfPortions([{ principal, days }], customerClass, rule, money);
}

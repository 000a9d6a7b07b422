import { dayNumber, LocalDate, LocalMonth, firstOfNextMonth, monthOf, Period } from './local-date';

/** Number of days of a half-open period; zero or less where it is empty. */
export function daysIn(period: Period): number {
  return dayNumber(period.to) - dayNumber(period.from);
}

/** Tells whether a day belongs to the period. */
export function contains(period: Period, date: LocalDate): boolean {
  return date >= period.from && date < period.to;
}

/** What two periods have in common, or null. An open end (`to` null) reaches as far as the other. */
export function intersect(period: Period, other: { readonly from: LocalDate; readonly to: LocalDate | null }): Period | null {
  const from = period.from > other.from ? period.from : other.from;
  const to = other.to === null || period.to < other.to ? period.to : other.to;
  return from < to ? { from, to } : null;
}

/** The whole calendar month as a half-open period. */
export function monthPeriod(month: LocalMonth): Period {
  return { from: `${month}-01`, to: firstOfNextMonth(month) };
}

/** Cuts a period at the given days (those inside it), in order, without gap or overlap. */
export function cutPeriod(period: Period, cuts: Iterable<LocalDate>): Period[] {
  const inside = [...new Set(cuts)].filter((cut) => cut > period.from && cut < period.to).sort();
  const edges = [period.from, ...inside, period.to];
  return edges.slice(0, -1).map((from, index) => ({ from, to: edges[index + 1] ?? period.to }));
}

/** The first days of the months that begin inside the period (its own first day left out). */
export function monthStartsInside(period: Period): LocalDate[] {
  const starts: LocalDate[] = [];
  // Within one month there is nothing to walk through.
  if (`${monthOf(period.to)}-01` <= period.from) return starts;
  for (let next = firstOfNextMonth(monthOf(period.from)); next < period.to; next = firstOfNextMonth(monthOf(next))) starts.push(next);
  return starts;
}

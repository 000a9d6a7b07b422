import { cutPeriod, daysIn, intersect, type LocalDate, type Period } from '../calendar';
import { count, dec, Decimal, sum } from '../quantity';
import type { Rates } from '../tariff';
import type { CalculationDocument, DocumentUsagePoint, UsagePointChange } from './calculation-document';

/** Days of the billed period on which a point stands as the document says; all of them where it is not one of several parts. */
export function daysOfPoint({ partOf }: DocumentUsagePoint, { period }: Pick<CalculationDocument, 'period'>): Period {
  return partOf === undefined ? period : { from: partOf.from, to: partOf.to };
}

/** Price and agreed quantity of a point on a day: of the last change up to it, else as the point itself says. */
export function contentOn(point: DocumentUsagePoint, day: LocalDate): Omit<UsagePointChange, 'from'> {
  let content: Omit<UsagePointChange, 'from'> = point;
  let since = '';
  for (const change of point.changes ?? []) {
    if (change.from > day || change.from < since) continue;
    content = change;
    since = change.from;
  }
  return content;
}

/** The rates that a point is first charged by; a part of a point is charged on its own days only. */
export function firstRates(item: { readonly rates: readonly (Rates | undefined)[] }): Rates | undefined {
  return item.rates.find((rates) => rates !== undefined);
}

/**
 * Agreed quantity or share of a point over a period: the mean over its days, each value with the days on which it holds
 * (first day counted, last not). Unrounded.
 */
export function agreedMean(point: DocumentUsagePoint, what: 'fixedQuantityKwh' | 'fixedRatioPercent', period: Period): Decimal {
  const value = (day: LocalDate): Decimal => dec(contentOn(point, day)[what] ?? '0');
  if (point.changes === undefined) return value(period.from);
  const stretches = cutPeriod(period, point.changes.map(({ from }) => from));
  return sum(stretches.map((days) => value(days.from).times(count(daysIn(days))))).div(count(daysIn(period)));
}

/** What each segment weighs of an agreed quantity or share: its days, times the value that holds in it. */
export function agreedWeights(point: DocumentUsagePoint, segments: readonly (Period & { readonly days: number })[]): Decimal[] {
  const what = point.kind === 'fixed-ratio' ? 'fixedRatioPercent' : 'fixedQuantityKwh';
  return segments.map((segment) => dec(contentOn(point, segment.from)[what] ?? '0').times(count(segment.days)));
}

/** The segments that a point stands in, with the days that it does. */
export function ownStretches<Part extends Period>(point: DocumentUsagePoint, document: Pick<CalculationDocument, 'period'>, segments: readonly Part[]): (Period | null)[] {
  const days = daysOfPoint(point, document);
  return segments.map((segment) => intersect(segment, days));
}

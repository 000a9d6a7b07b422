import { daysIn, dayNumber, intersect, LocalDate, monthsBetween, Period } from '../calendar';
import type { DocumentTransformer, TransformerState } from './calculation-document';

/** Running and suspended days of a transformer inside a period, shared by losses and capacity charge. */
export interface RunningDays {
  readonly periodDays: number;
  readonly running: number;
  /** Suspended days of suspensions that are long enough. */
  readonly suspended: number;
  /** Suspended days of suspensions shorter than the minimum: charged in full. */
  readonly tooShort: number;
}

/** Whole months in a period that begins and ends on the same day of the month; null otherwise. */
export function wholeMonths(period: Period): number | null {
  if (period.from.slice(8) !== period.to.slice(8)) return null;
  return Math.max(0, monthsBetween(period.from, period.to));
}

/** Days of a suspension; endless where it goes on at the end of what is known and nobody has said when it will end. */
function suspensionLength(state: TransformerState, knownTo: LocalDate): number {
  if (state.to === knownTo && state.suspendedUntil === undefined) return Number.MAX_SAFE_INTEGER;
  const from = state.suspendedSince ?? state.from;
  const to = state.suspendedUntil ?? state.to;
  return dayNumber(to) - dayNumber(from);
}

/**
 * Counts a transformer's days in a period. A suspension that is still open at the end of what is known (`knownTo`, the
 * end of the billed period) is agreed for the shortest time at least and counts as long enough, unless the document
 * says when it ends (`suspendedUntil`).
 */
export function runningDays(transformer: DocumentTransformer, period: Period, minimumSuspensionDays: number, knownTo: LocalDate = period.to): RunningDays {
  let running = 0;
  let suspended = 0;
  let tooShort = 0;
  for (const state of transformer.states) {
    const shared = intersect(period, state);
    if (shared === null) continue;
    const days = daysIn(shared);
    if (state.state === 'running') running += days;
    else if (suspensionLength(state, knownTo) >= minimumSuspensionDays) suspended += days;
    else tooShort += days;
  }
  return { periodDays: daysIn(period), running, suspended, tooShort };
}

/** A window of a day in minutes since midnight, half-open. */
export interface MinuteWindow {
  readonly period: string;
  readonly from: number;
  readonly to: number;
}

/** A flaw in the division of a day. */
export interface DayFlaw {
  readonly kind: 'gap' | 'overlap';
  readonly from: string;
  readonly to: string;
  readonly periods: readonly string[];
}

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/;
const MINUTES_OF_DAY = 1440;

/** Minutes since midnight of `HH:MM` (`24:00` ends the day), or null where it is no time of day. */
export function minutesOf(clock: string): number | null {
  if (!CLOCK.test(clock)) return null;
  return Number.parseInt(clock.slice(0, 2), 10) * 60 + Number.parseInt(clock.slice(3, 5), 10);
}

/** `HH:MM` of minutes since midnight. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** A window as one or, where it passes midnight, two stretches of the same day; null where it is empty or no time. */
export function minuteWindows(window: { readonly period: string; readonly from: string; readonly to: string }): MinuteWindow[] | null {
  const from = minutesOf(window.from);
  const to = minutesOf(window.to);
  if (from === null || to === null || from === to || from === MINUTES_OF_DAY) return null;
  if (from < to) return [{ period: window.period, from, to }];
  const evening = { period: window.period, from, to: MINUTES_OF_DAY };
  return to === 0 ? [evening] : [evening, { period: window.period, from: 0, to }];
}

/** Gaps and overlaps in the division of a day; none where every minute belongs to exactly one window. */
export function dayFlaws(windows: readonly MinuteWindow[]): DayFlaw[] {
  const ordered = [...windows].sort((a, b) => a.from - b.from || a.to - b.to);
  const flaws: DayFlaw[] = [];
  let covered = 0;
  let last = '';
  for (const window of ordered) {
    if (window.from > covered) {
      flaws.push({ kind: 'gap', from: clockOf(covered), to: clockOf(window.from), periods: [] });
    } else if (window.from < covered) {
      const to = Math.min(covered, window.to);
      flaws.push({ kind: 'overlap', from: clockOf(window.from), to: clockOf(to), periods: [last, window.period] });
    }
    if (window.to > covered) {
      covered = window.to;
      last = window.period;
    }
  }
  if (covered < MINUTES_OF_DAY) flaws.push({ kind: 'gap', from: clockOf(covered), to: '24:00', periods: [] });
  return flaws;
}

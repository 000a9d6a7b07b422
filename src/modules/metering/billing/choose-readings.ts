import { dayNumber, type LocalDate } from '../../../core/calendar';
import type { AccountCycle } from '../routes/cycles.repository';
import type { BilledEnd, ReadingForBilling, RegisterForBilling } from './metering-for-billing.types';

/** Days of a stay and of the cycle that its readings are chosen for. */
export interface Stay {
  readonly installedOn: LocalDate;
  readonly removedOn: LocalDate | null;
  readonly cycle: AccountCycle;
  /** What the last bill ended with on this dial. */
  readonly billed?: BilledEnd | undefined;
}

/** The reading nearest to a day inside its window, an estimate only where nothing was read; of two equally near ones the earlier. */
function nearest(readings: readonly ReadingForBilling[], day: LocalDate, windowDays: number): ReadingForBilling | undefined {
  return nearestOf(readings, { estimated: false }, day, windowDays) ?? nearestOf(readings, { estimated: true }, day, windowDays);
}

function nearestOf(
  readings: readonly ReadingForBilling[],
  { estimated }: Pick<ReadingForBilling, 'estimated'>,
  day: LocalDate,
  windowDays: number,
): ReadingForBilling | undefined {
  let found: ReadingForBilling | undefined;
  let distance = windowDays + 1;
  for (const reading of readings) {
    if (reading.estimated !== estimated) continue;
    const away = Math.abs(dayNumber(reading.on) - dayNumber(day));
    if (away < distance) {
      found = reading;
      distance = away;
    }
  }
  return found;
}

/** The reading that the last bill ended with, as it stands on record; where it was corrected, as it was billed. */
function billedStart(readings: readonly ReadingForBilling[], billed: BilledEnd): ReadingForBilling {
  const { on, reading, readingId, kind, estimated } = billed;
  return readings.find((each) => each.on === on && each.reading === reading) ?? { readingId, on, reading, kind, estimated };
}

function startOf(readings: readonly ReadingForBilling[], { installedOn, cycle, billed }: Stay): ReadingForBilling | undefined {
  if (billed !== undefined) return billedStart(readings, billed);
  if (installedOn >= cycle.from) return readings.find(({ on }) => on === installedOn);
  return nearest(readings, cycle.from, cycle.fromWindowDays);
}

function endOf(readings: readonly ReadingForBilling[], { removedOn, cycle }: Stay): ReadingForBilling | undefined {
  if (removedOn !== null && removedOn <= cycle.to) return readings.find(({ on }) => on === removedOn);
  return nearest(readings, cycle.to, cycle.toWindowDays);
}

/**
 * The readings that bill a dial for a cycle, out of all its readings in order of time: at the start the one that the
 * last bill ended with, whatever was entered since; on a dial that was never billed the one nearest to the first day of
 * the cycle inside the route's window, or the one at installation where the meter came inside the cycle. At the end the
 * one nearest to the last day, or the one at removal; and those in between. A demand dial has no start: its readings
 * after the start count. Where both ends are one reading, the stay has nothing to bill and null is answered.
 */
export function chooseReadings(register: string, readings: readonly ReadingForBilling[], stay: Stay): Pick<RegisterForBilling, 'readings' | 'missing'> | null {
  const start = startOf(readings, stay);
  const end = endOf(readings, stay);
  if (start !== undefined && end !== undefined && (start === end || (register !== 'maximum-demand' && end.on < start.on))) return null;
  const missing = [...(start === undefined ? (['start'] as const) : []), ...(end === undefined ? (['end'] as const) : [])];
  const after = start?.on ?? stay.cycle.from;
  const before = end?.on ?? stay.cycle.to;
  if (register === 'maximum-demand') {
    const counted = readings.filter(({ on, kind }) => on > after && on <= before && kind !== 'initial');
    return { readings: counted, missing: counted.length === 0 ? ['end'] : [] };
  }
  // An estimate tells nothing of a cycle that was read at its end.
  const between = readings.filter(({ on, estimated }) => on > after && on < before && !estimated);
  return { readings: [...(start ? [start] : []), ...between, ...(end ? [end] : [])], missing };
}

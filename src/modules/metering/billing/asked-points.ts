import { addDays, type LocalDate } from '../../../core/calendar';
import type { AccountCycle } from '../routes/cycles.repository';
import { endsOfPoint, type EndsOfPoint } from './continuity';
import type { LastBilled, ScopeRow } from './metering-for-billing.types';

/** Days before a cycle in which earlier readings are taken for the usual use. */
const HISTORY_DAYS = 190;

/** The cycle of a usage point, and the days around it in which its meters, readings and findings are looked for. */
export interface PointDays {
  readonly cycle: AccountCycle;
  /** The first and the last day on which a reading may still count at an end of the cycle. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** The first day of the readings that tell the usual use; readings before it are not seen at all. */
  readonly historyFrom: LocalDate;
}

/** A usage point of a batch, and what the last bill left it with. */
export interface AskedPoint {
  readonly row: ScopeRow;
  readonly days: PointDays;
  readonly last: LastBilled | undefined;
  readonly ends: EndsOfPoint;
}

/** The stretches of days that hold those of each point of a batch. */
export interface BatchDays extends Omit<PointDays, 'cycle'> {
  /** The first day of a reading that a bill may begin with or go on from. Earlier ones tell the usual use alone, and that total dials alone tell. */
  readonly billedFrom: LocalDate;
}

/** Days around a cycle; each way the wider one of the two windows. */
function daysAround(cycle: AccountCycle): PointDays {
  const windowDays = Math.max(cycle.fromWindowDays, cycle.toWindowDays);
  return { cycle, from: addDays(cycle.from, -windowDays), to: addDays(cycle.to, windowDays), historyFrom: addDays(cycle.from, -HISTORY_DAYS) };
}

/** The usage points in a scope by id, each once whoever asks for it. */
export function askedPoints(scope: readonly ScopeRow[], cycleOf: (accountId: string) => AccountCycle, lastBilled: ReadonlyMap<string, LastBilled> | undefined): Map<string, AskedPoint> {
  return new Map(
    scope.map((row) => {
      const last = lastBilled?.get(row.accountId);
      return [row.usagePointId, { row, days: daysAround(cycleOf(row.accountId)), last, ends: endsOfPoint(last, row.usagePointNo) }];
    }),
  );
}

/** The days of all points together; none where there are no points. */
export function daysOfAll(points: Iterable<AskedPoint>): BatchDays {
  let [from, to, historyFrom, billedFrom] = ['9999-12-31', '0001-01-01', '9999-12-31', '9999-12-31'];
  for (const { days, ends } of points) {
    if (days.from < from) from = days.from;
    if (days.to > to) to = days.to;
    if (days.historyFrom < historyFrom) historyFrom = days.historyFrom;
    for (const { on } of ends.values()) if (on < billedFrom) billedFrom = on;
  }
  return { from, to, historyFrom, billedFrom: from < billedFrom ? from : billedFrom };
}

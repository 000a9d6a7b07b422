import type { LocalDate } from '../../../core/calendar';
import type { BilledEnd, ContinuityGap, LastBilled, ReadingForBilling } from './metering-for-billing.types';
import type { InstallationRow, InstalledMeter } from './metering-inputs.rows';

/** What the last bill ended with at one usage point, by meter and register. */
export type EndsOfPoint = ReadonlyMap<string, BilledEnd>;

export const endKey = (assetNo: string, register: string): string => `${assetNo} ${register}`;

const NOTHING_BILLED: EndsOfPoint = new Map();

/** The ends of an account's last bill that belong to a usage point. */
export function endsOfPoint(last: LastBilled | undefined, usagePointNo: string): EndsOfPoint {
  if (last === undefined) return NOTHING_BILLED;
  const own = last.ends.filter((end) => end.usagePointNo === usagePointNo);
  return new Map(own.map((end) => [endKey(end.meterNo, end.register), end]));
}

/**
 * Whether a meter belongs into the cycle: one that was taken down by its first day does so only where the last bill
 * left it in place, because the removal was recorded later.
 */
export function staysInCycle({ assetNo, removedOn }: InstallationRow, firstDay: LocalDate, ends: EndsOfPoint): boolean {
  if (removedOn === null || removedOn > firstDay) return true;
  return [...ends.values()].some(({ meterNo, kind }) => meterNo === assetNo && kind !== 'final');
}

/** What is seen of one dial; `chosen` is null where no readings bill it in this cycle. */
export interface DialHistory {
  readonly register: BilledEnd['register'];
  readonly readings: readonly ReadingForBilling[];
  readonly chosen: object | null;
}

/**
 * Where the dials of a meter do not simply go on. An estimate that was replaced is no gap: it is settled by itself.
 * A demand dial counts what comes after the billed day, whatever became of the reading of that day.
 */
export function gapsOfMeter({ assetNo, removedOn }: InstallationRow, dials: readonly DialHistory[], ends: EndsOfPoint): ContinuityGap[] {
  return dials.flatMap(({ register, readings, chosen }): ContinuityGap[] => {
    const billed = ends.get(endKey(assetNo, register));
    if (billed === undefined || register === 'maximum-demand') return [];
    const { on, reading, estimated } = billed;
    const params = { billedOn: on, billedReading: reading };
    if (chosen === null && removedOn !== null && removedOn < on) return [{ kind: 'not-continued', assetNo, register, params: { ...params, removedOn } }];
    const now = readings.find((each) => each.on === on);
    if (estimated || now?.reading === reading) return [];
    return [{ kind: 'corrected', assetNo, register, params: { ...params, ...(now === undefined ? {} : { reading: now.reading }) } }];
  });
}

/** Meters that the last bill left in place and that are not there any more, each once. */
export function goneMeters(installed: readonly InstallationRow[], ends: EndsOfPoint): ContinuityGap[] {
  const present = new Set(installed.map(({ assetNo }) => assetNo));
  return [...ends.values()].flatMap(({ meterNo, register, kind, on, reading }): ContinuityGap[] =>
    register !== 'total' || kind === 'final' || present.has(meterNo)
      ? []
      : [{ kind: 'not-continued', assetNo: meterNo, register, params: { billedOn: on, billedReading: reading } }],
  );
}

/** Meters that stood here before the days that are billed now, at a point that was in force then, and were on no bill. */
export function unbilledMeters(
  installed: readonly InstalledMeter[],
  pointSince: LocalDate,
  last: LastBilled | undefined,
  ends: EndsOfPoint,
): ContinuityGap[] {
  if (last === undefined || pointSince >= last.cycleTo) return [];
  return installed.flatMap(({ assetNo, installedOn, dials }): ContinuityGap[] => {
    const billed = installedOn >= last.cycleTo || !dials.some(({ register }) => register === 'total') || ends.has(endKey(assetNo, 'total'));
    return billed ? [] : [{ kind: 'not-billed-before', assetNo, register: 'total', params: { installedOn, billedUpTo: last.cycleTo } }];
  });
}

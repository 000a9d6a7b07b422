import type { CalculationDocument } from '../../../core/bill/calculation-document';
import type { BilledEnd } from '../../metering';

/** One dial's last reading as it is stored: usage point, meter, register, day, reading, reading id, kind, estimated. */
export type StoredEnd = readonly [string, string, BilledEnd['register'], string, string, string, BilledEnd['kind'], boolean];

/**
 * The last reading of each dial of a document's own meters: where the next bill of the account begins. Points of other
 * accounts are left out, theirs are kept with the bills of those accounts.
 */
export function endReadingsOf(document: CalculationDocument): StoredEnd[] {
  return document.usagePoints.flatMap(({ usagePointNo, role, meters = [] }) =>
    role === 'deduction' ? [] : meters.flatMap(({ meterNo, registers }) =>
      registers.flatMap(({ register, readings }): StoredEnd[] => {
        const last = readings.at(-1);
        if (last === undefined) return [];
        const { on, reading, readingId = '', kind = 'periodic', estimated = false } = last;
        return [[usagePointNo, meterNo, register, on, reading, readingId, kind, estimated]];
      })),
  ); // prettier-ignore
}

/** The stored form as metering reads it. */
export function billedEndOf([usagePointNo, meterNo, register, on, reading, readingId, kind, estimated]: StoredEnd): BilledEnd {
  return { usagePointNo, meterNo, register, on, reading, readingId, kind, estimated };
}

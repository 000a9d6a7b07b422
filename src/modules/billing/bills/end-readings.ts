import type { CalculationDocument } from '../../../core/bill/calculation-document';
import type { BilledEnd } from '../../metering';

/** One dial's last reading as it is stored: usage point, meter, register, day, reading, reading id, kind, estimated. */
export type StoredEnd = readonly [string, string, BilledEnd['register'], string, string, string, BilledEnd['kind'], boolean];

/**
 * The last reading of each dial of a document's own meters: where the next bill of the account begins. Points of other
 * accounts are left out, theirs are kept with the bills of those accounts; of the parts of one point the last counts.
 */
export function endReadingsOf(document: CalculationDocument): StoredEnd[] {
  const ends = new Map<string, StoredEnd>();
  for (const { usagePointNo, partOf, role, meters = [] } of document.usagePoints) {
    if (role === 'deduction') continue;
    for (const { meterNo, registers } of meters) {
      for (const { register, readings } of registers) {
        const last = readings.at(-1);
        if (last === undefined) continue;
        const { on, reading, readingId = '', kind = 'periodic', estimated = false } = last;
        const pointNo = partOf?.usagePointNo ?? usagePointNo;
        const key = `${pointNo} ${meterNo} ${register}`;
        const known = ends.get(key);
        if (known === undefined || known[3] <= on) ends.set(key, [pointNo, meterNo, register, on, reading, readingId, kind, estimated]);
      }
    }
  }
  return [...ends.values()];
}

/** The stored form as metering reads it. */
export function billedEndOf([usagePointNo, meterNo, register, on, reading, readingId, kind, estimated]: StoredEnd): BilledEnd {
  return { usagePointNo, meterNo, register, on, reading, readingId, kind, estimated };
}

import { Ajv2020 } from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { Bill, CALCULATION_DOCUMENT_SCHEMA, CalculationDocument, computeBill } from '../../src/core/bill';
import { CoreError } from '../../src/core/errors';
import { documents } from './random-documents';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '2500');

/** A plain decimal that is no negative zero. */
const SOUND = /^(?!-0(\.0*)?$)-?\d+(\.\d+)?$/;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a careless or hostile hand might write into any place of a document. */
const INTRUDERS: readonly Json[] = [
  '0', '1', '-1', '0.5', '100', '99999999999999', '9999999999.9999', '0.0001', '1e5', 'NaN', '', '2026-02-30', '2026-06-15', '2026-07-01', '1999-01-01', '2026-12',
  'total', 'peak', 'sharp', 'flat', 'deep-valley', 'running', 'suspended', 'high-low', 'metered', 'fixed-ratio', 'frozen', 'check', 'deduction', 'T1', '0001', '0002', 'plain', 'time-of-use',
  'none', 'capacity', 'actual-demand', '110kv', 'residential', 'per-block-price', 'inside', 'half-up', 'by-days', null, true, false, 0, 1, 5, 10, -1, [], {},
];

function places(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => places(item, [...path, index]))];
  if (typeof value === 'object' && value !== null) return [path, ...Object.entries(value).flatMap(([key, item]) => places(item, [...path, key]))];
  return [path];
}

function change(document: Json, path: readonly (string | number)[], how: number): void {
  let holder: Json = document;
  for (const step of path.slice(0, -1)) holder = (holder as Record<string, Json>)[String(step)] ?? null;
  const last = path[path.length - 1];
  if (last === undefined || typeof holder !== 'object' || holder === null) return;
  const intruder = INTRUDERS[how % INTRUDERS.length] ?? null;
  if (Array.isArray(holder)) {
    if (how % 3 === 0) holder.splice(Number(last), 1);
    else if (how % 3 === 1) holder.push(structuredClone(holder[Number(last)] ?? null));
    else holder[Number(last)] = structuredClone(intruder);
  } else if (how % 5 === 0) Reflect.deleteProperty(holder, String(last));
  else holder[String(last)] = structuredClone(intruder);
}

function spoiled(document: CalculationDocument, changes: readonly (readonly [number, number])[]): Json {
  const copy = JSON.parse(JSON.stringify(document)) as Json;
  for (const [where, how] of changes) {
    const all = places(copy);
    change(copy, all[where % all.length] ?? [], how);
  }
  return copy;
}

/** A bill whose figures are sound, or a code. */
function check(document: CalculationDocument): 'bill' | 'refused' {
  let bill: Bill;
  try {
    bill = computeBill(document);
  } catch (error) {
    if (error instanceof CoreError && /^[A-Z]+\.[A-Z_]+$/.test(error.code)) return 'refused';
    throw error;
  }
  for (const line of bill.lines) for (const value of [line.quantity, line.price, line.exactAmount, line.amount]) expect(value).toMatch(SOUND);
  for (const value of [bill.totals.totalAmount, bill.totals.netAmount, bill.totals.taxAmount]) expect(value).toMatch(SOUND);
  return 'bill';
}

describe('spoiled documents', () => {
  it('that the schema still accepts end in a sound bill or a coded refusal, never in another exception', () => {
    const isDocument = new Ajv2020({ strict: false }).compile<CalculationDocument>(CALCULATION_DOCUMENT_SCHEMA);
    const seen = { invalid: 0, bill: 0, refused: 0 };
    fc.assert(
      fc.property(documents, fc.array(fc.tuple(fc.nat(100_000), fc.nat(1000)), { minLength: 1, maxLength: 4 }), (document, changes) => {
        const candidate = spoiled(document, changes);
        if (!isDocument(candidate)) seen.invalid += 1;
        else seen[check(candidate)] += 1;
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(seen.bill, seen.refused)).toBeGreaterThan(RUNS * 0.01);
  });
});

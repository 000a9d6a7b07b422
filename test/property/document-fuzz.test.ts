import { Ajv2020 } from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { Bill, CALCULATION_DOCUMENT_SCHEMA, CalculationDocument, computeBill } from '../../src/core/bill';
import { CoreError } from '../../src/core/errors';
import { documents } from './random-documents';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '4000');
/** Changes that are tried until the schema accepts one. */
const ATTEMPTS = 12;
const isDocument = new Ajv2020({ strict: false }).compile(CALCULATION_DOCUMENT_SCHEMA);

/** A plain decimal that is no negative zero. */
const SOUND = /^(?!-0(\.0*)?$)-?\d+(\.\d+)?$/;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a careless or hostile hand might write into any place of a document. */
const INTRUDERS: readonly Json[] = [
  '0', '1', '-1', '0.5', '2', '100', '99999999999999', '9999999999.9999', '0.0001', '1e5', 'NaN', '', '2026-02-30', '2026-06-01', '2026-06-15', '2026-07-01', '1999-01-01', '2026-12',
  'total', 'peak', 'sharp', 'flat', 'deep-valley', 'running', 'suspended', 'high-low', 'high-high', 'metered', 'fixed-quantity', 'fixed-ratio', 'frozen', 'check', 'deduction', 'billing', 'T1', '0001', '0002', '0003', 'M1', 'plain', 'time-of-use',
  'own-blocks', 'blocks-year', 'none', 'capacity', 'contract-demand', 'actual-demand', '110kv', 'below-1kv', '1-10kv', 'residential', 'large-industrial', '0.90', 'per-block-price', 'base-plus-increment', 'uniform-increment', 'single-part', 'two-part',
  'month', 'inside', 'on-top', 'half-up', 'up', 'down', 'by-days', 'at-end', null, true, false, 0, 1, 5, 10, -1, [], {},
];

const KINDS: readonly ((value: Json) => boolean)[] = [
  (value) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
  (value) => typeof value === 'string' && /^\d{4}-\d{2}/.test(value),
  (value) => typeof value === 'string',
  (value) => typeof value === 'number',
  (value) => typeof value === 'boolean',
];

/** An intruder of the kind of what it takes the place of, so that the schema rarely minds; one in eight of any kind. */
function intruderFor(value: Json, how: number): Json {
  const kind = how % 8 === 7 ? undefined : KINDS.find((is) => is(value));
  const like = kind === undefined ? INTRUDERS : INTRUDERS.filter(kind);
  return structuredClone(like[how % like.length] ?? null);
}

type Path = readonly (string | number)[];

/** Words for people, which no bill depends on. */
const WORDS = ['title', 'source', 'note', 'notes', 'reason'];

function addPlaces(value: Json, path: Path, found: Path[]): void {
  if (WORDS.includes(String(path[path.length - 1]))) return;
  found.push(path);
  if (Array.isArray(value)) value.forEach((item, index) => addPlaces(item, [...path, index], found));
  else if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) addPlaces(item, [...path, key], found);
}

/** Every place of a document that can be spoiled; half of the time those of the tariff are left alone. */
function placesOf(document: Json, withTariff: boolean): Path[] {
  const found: Path[] = [];
  addPlaces(document, [], found);
  return withTariff ? found : found.filter(([first]) => first !== 'tariffs');
}

function holderOf(document: Json, path: Path): Json {
  let holder: Json = document;
  for (const step of path.slice(0, -1)) holder = (holder as Record<string, Json> | null)?.[String(step)] ?? null;
  return holder;
}

/** A place of the document left out, doubled, or filled by an intruder; gives back how to undo it. */
function change(document: Json, path: Path, how: number): () => void {
  const holder = holderOf(document, path);
  const last = path[path.length - 1];
  if (last === undefined || typeof holder !== 'object' || holder === null) return () => undefined;
  if (Array.isArray(holder)) {
    const before = [...holder];
    if (how % 3 === 0) holder.splice(Number(last), 1);
    else if (how % 3 === 1) holder.push(structuredClone(holder[Number(last)] ?? null));
    else holder[Number(last)] = intruderFor(holder[Number(last)] ?? null, how);
    return () => void holder.splice(0, holder.length, ...before);
  }
  const before = { ...holder };
  if (how % 5 === 0) Reflect.deleteProperty(holder, String(last));
  else holder[String(last)] = intruderFor(holder[String(last)] ?? null, how);
  return () => {
    for (const key of Object.keys(holder)) Reflect.deleteProperty(holder, key);
    Object.assign(holder, before);
  };
}

/** Spoils a document in a few places such that the schema still accepts it; where a change is refused by the schema, the next one is tried. */
function spoiled(document: CalculationDocument, changes: readonly (readonly [number, number])[]): CalculationDocument {
  const copy = JSON.parse(JSON.stringify(document)) as Json;
  const all = placesOf(copy, (changes[0]?.[0] ?? 0) % 2 === 0);
  for (const [where, how] of changes) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const undo = change(copy, all[(where + attempt * 7919) % all.length] ?? [], how + attempt * 31);
      if (isDocument(copy)) break;
      undo();
    }
  }
  return copy as unknown as CalculationDocument;
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
  const values = [...bill.lines.flatMap((line) => [line.quantity, line.price, line.exactAmount, line.amount]), bill.totals.totalAmount, bill.totals.netAmount, bill.totals.taxAmount];
  const odd = values.find((value) => !SOUND.test(value));
  if (odd !== undefined) throw new Error(`a figure of the bill is "${odd}"`);
  return 'bill';
}

describe('spoiled documents', () => {
  it(`that the schema still accepts end in a sound bill or a coded refusal, never in another exception (${RUNS} documents)`, () => {
    const seen = { bill: 0, refused: 0 };
    fc.assert(
      fc.property(documents, fc.array(fc.tuple(fc.nat(100_000), fc.nat(1000)), { minLength: 1, maxLength: 4 }), (document, changes) => {
        seen[check(spoiled(document, changes))] += 1;
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(seen.bill, seen.refused)).toBeGreaterThan(RUNS * 0.05);
  }, 60_000 + RUNS * 60);
});

import * as fc from 'fast-check';
import { BILL_PROPERTIES, outcome } from './bill-properties';
import { documents } from './random-documents';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '10000');
const SEED = Number(process.env['PROPERTY_SEED'] ?? String(Date.now() % 2 ** 31));
/** Seconds of a slow machine for each thousand documents. */
const TIMEOUT = 60_000 + RUNS * 60;

const cases = fc.record({ document: documents, cuts: fc.array(fc.integer({ min: 1, max: 29 }), { minLength: 1, maxLength: 3 }) });

describe(`bills of ${RUNS} random documents (PROPERTY_RUNS for more)`, () => {
  const refused = new Map<string, number>();
  const broken = new Map<string, string>();
  let tried = 0;
  let billed = 0;

  /** One pass over the documents: each is billed once and held against every property. */
  beforeAll(() => {
    fc.assert(
      fc.property(cases, ({ document, cuts }) => {
        tried += 1;
        const bill = outcome(document);
        if (typeof bill === 'string') {
          refused.set(bill, (refused.get(bill) ?? 0) + 1);
          return;
        }
        billed += 1;
        for (const [name, property] of Object.entries(BILL_PROPERTIES)) {
          const complaint = broken.has(name) ? null : property(bill, document, cuts);
          if (complaint !== null) broken.set(name, complaint);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  }, TIMEOUT);

  it('were all tried, and most of them give a bill', () => {
    expect(tried).toBe(RUNS);
    // Documents that are refused show nothing.
    expect({ enough: billed > RUNS * 0.6, billed, refused: Object.fromEntries(refused) }).toMatchObject({ enough: true });
  });

  it.each(Object.keys(BILL_PROPERTIES))('%s', (name) => {
    const complaint = broken.get(name);
    if (complaint === undefined) return;
    // Found in the pass: the same documents once more, to show the smallest that breaks it.
    fc.assert(
      fc.property(cases, ({ document, cuts }) => {
        const bill = outcome(document);
        const again = typeof bill === 'string' ? null : (BILL_PROPERTIES[name]?.(bill, document, cuts) ?? null);
        if (again !== null) throw new Error(again);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    throw new Error(complaint);
  }, TIMEOUT);
});

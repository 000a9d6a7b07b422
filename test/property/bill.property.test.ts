import * as fc from 'fast-check';
import { Bill, CalculationDocument, checkBill, computeBill } from '../../src/core/bill';
import { CoreError } from '../../src/core/errors';
import { addDays, daysIn } from '../../src/core/calendar';
import { dec, Decimal, shareInOrder, sum, ZERO } from '../../src/core/quantity';
import { documents, tariffs } from './random-documents';
import { documentOf, statedPoint, termsOf } from '../builders/bill-documents';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '1700');
const PLAIN_DECIMAL = /^-?\d+(\.\d+)?$/;

/** The bill, or the code with which the document was refused. Anything else fails the test. */
function outcome(document: CalculationDocument): Bill | string {
  try {
    return computeBill(document);
  } catch (error) {
    if (error instanceof CoreError && /^[A-Z]+\.[A-Z_]+$/.test(error.code)) return error.code;
    throw error;
  }
}

function forBills(check: (bill: Bill, document: CalculationDocument) => void): void {
  let billed = 0;
  fc.assert(
    fc.property(documents, (document) => {
      const bill = outcome(document);
      if (typeof bill === 'string') return;
      billed += 1;
      check(bill, document);
    }),
    { numRuns: RUNS },
  );
  // A property that refuses most documents shows nothing.
  expect(billed).toBeGreaterThan(RUNS * 0.6);
}

function reversed<T>(list: readonly T[]): T[] {
  return [...list].reverse();
}

function sumOf(texts: Iterable<string>): Decimal {
  return sum([...texts].map(dec));
}

describe('bills of random documents', () => {
  it('add up: lines to groups and total, net and tax to the total', () => {
    forBills(({ lines, totals }) => {
      expect(sumOf(lines.map((line) => line.amount)).toFixed(2)).toBe(totals.totalAmount);
      expect(sumOf(Object.values(totals.byGroup)).toFixed(2)).toBe(totals.totalAmount);
      expect(sumOf([totals.netAmount, totals.taxAmount]).toFixed(2)).toBe(totals.totalAmount);
    });
  });

  it('lose no energy: what is billed at the points is what their priced lines carry', () => {
    forBills((bill) => {
      for (const point of bill.carried.pointEnergy) {
        const own = bill.lines.filter((line) => line.group === 'energy-charge' && line.usagePointNo === point.usagePointNo && line.item !== 'losses');
        expect(sumOf(own.map((line) => line.quantity)).toFixed()).toBe(sumOf(Object.values(point.billedKwh)).toFixed());
      }
      expect(sumOf(bill.carried.pointEnergy.flatMap((point) => Object.values(point.billedKwh))).toFixed()).toBe(bill.totals.activeBilledEnergyKwh);
    });
  });

  it('hold plain decimals only, and never a negative zero', () => {
    forBills(({ lines, totals, figures }) => {
      const values = [...lines.flatMap((line) => [line.quantity, line.price, line.exactAmount, line.amount]), totals.totalAmount, totals.netAmount, totals.taxAmount, ...figures.map((figure) => figure.value)];
      for (const value of values) {
        expect(value).toMatch(PLAIN_DECIMAL);
        if (dec(value).isZero()) expect(value.startsWith('-')).toBe(false);
      }
      for (const line of lines) if (line.group === 'energy-charge') expect(dec(line.quantity).isNegative()).toBe(false);
    });
  });

  it('are the same after a round trip through JSON', () => {
    forBills((bill, document) => {
      const check = checkBill(JSON.parse(JSON.stringify(document)) as CalculationDocument, JSON.parse(JSON.stringify(bill)) as Bill);
      expect(check.differences).toEqual([]);
    });
  });

  it('do not depend on the order of the inputs', () => {
    forBills((bill, document) => {
      const shuffled: CalculationDocument = {
        ...document,
        usagePoints: reversed(document.usagePoints).map((point) => (point.meters === undefined ? point : { ...point, meters: reversed(point.meters).map((meter) => ({ ...meter, registers: reversed(meter.registers) })) })),
        transformers: reversed(document.transformers ?? []),
      };
      expect(computeBill(shuffled)).toEqual(bill);
    });
  });

  it('do not change when the cycle is cut where nothing changes', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.integer({ min: 1, max: 29 }), { maxLength: 3 }), (document, cuts) => {
        const [terms] = document.terms;
        if (terms === undefined) return;
        const edges = [terms.from, ...[...new Set(cuts)].sort((a, b) => a - b).map((days) => addDays(terms.from, days)), terms.to];
        const pieces = edges.slice(0, -1).map((from, index) => ({ ...terms, from, to: edges[index + 1] ?? terms.to }));
        expect(outcome({ ...document, terms: pieces })).toEqual(outcome(document));
      }),
      { numRuns: RUNS },
    );
  });

  it('never charge less for more energy', () => {
    const charge = (bill: Bill): Decimal => sumOf(bill.lines.filter((line) => line.group === 'energy-charge' || line.group === 'block-charge').map((line) => line.amount));
    fc.assert(
      fc.property(tariffs, fc.constantFrom('plain', 'blocks-month', 'blocks-year'), fc.nat(100_000), fc.nat(50_000), fc.nat(600), (tariff, planId, hundredths, more, used) => {
        const at = (value: number): Decimal =>
          charge(computeBill(documentOf(tariff, { terms: [termsOf({ planId, chargeMethod: planId === 'plain' ? 'capacity' : 'none', approvedCapacityKva: '100' })], usagePoints: [statedPoint({ total: (value / 100).toFixed(2) })], blocks: { usedBeforeKwh: String(used), year: '2026' } })));
        expect(at(hundredths + more).greaterThanOrEqualTo(at(hundredths))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('split a cycle over price changes without losing or inventing a kWh', () => {
    fc.assert(
      fc.property(tariffs, fc.array(fc.integer({ min: 1, max: 29 }), { minLength: 1, maxLength: 3 }), fc.nat(300_000), (tariff, cuts, hundredths) => {
        const days = [...new Set(cuts)].sort((a, b) => a - b);
        const versions = [tariff, ...days.map((day, index) => ({ ...tariff, version: String(index + 2), validFrom: addDays('2026-06-01', day) }))];
        const total = (hundredths / 100).toFixed(2);
        const bill = computeBill(documentOf(versions, { terms: [termsOf({ planId: 'blocks-month' })], usagePoints: [statedPoint({ total })], policies: { energyDecimals: 2 } }));
        const parts = bill.lines.filter((line) => line.group === 'energy-charge').map((line) => dec(line.quantity));
        expect(sum(parts).equals(dec(total))).toBe(true);
        expect(parts.every((part) => !part.isNegative())).toBe(true);
        expect(bill.segments.reduce((all, segment) => all + daysIn(segment), 0)).toBe(30);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('sharing in order', () => {
  it('gives parts that add up to the whole and are never negative', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 }), fc.constantFrom(0, 2), (total, weights, decimals) => {
        const whole = dec((total / 100).toFixed(decimals));
        const parts = shareInOrder(whole, weights.map((weight) => new Decimal(weight)), decimals);
        expect(sum(parts).equals(whole)).toBe(true);
        expect(parts.every((part) => part.greaterThanOrEqualTo(ZERO))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

import * as fc from 'fast-check';
import { Bill, computeBill } from '../../src/core/bill';
import { addDays, daysIn } from '../../src/core/calendar';
import { dec, Decimal, sum } from '../../src/core/quantity';
import type { TariffPlan } from '../../src/core/tariff';
import { documentOf, plainPlan, statedPoint, tariffOf, termsOf, timeOfUsePlan } from '../builders/bill-documents';
import { tariffs } from './random-documents';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '1500');

const hundredths = (value: number): string => (value / 100).toFixed(2);

/** What the energy costs: energy charge and block increments. */
function energyCost({ lines }: Bill): Decimal {
  return sum(lines.filter(({ group }) => group === 'energy-charge' || group === 'block-charge').map(({ amount }) => dec(amount)));
}

describe('energy charges', () => {
  it('never charge less for more energy', () => {
    fc.assert(
      fc.property(tariffs, fc.constantFrom('plain', 'blocks-month', 'blocks-year'), fc.nat(100_000), fc.nat(50_000), fc.nat(6000), (tariff, planId, kwh, more, used) => {
        const at = (value: number): Decimal =>
          energyCost(computeBill(documentOf(tariff, { terms: [termsOf({ planId, chargeMethod: planId === 'plain' ? 'capacity' : 'none', approvedCapacityKva: '100' })], usagePoints: [statedPoint({ total: hundredths(value) })], blocks: { usedBeforeKwh: String(used), year: '2026' } })));
        expect(at(kwh + more).greaterThanOrEqualTo(at(kwh))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('never charge less for more energy in any period', () => {
    const energies = fc.record({ peak: fc.nat(300_000), flat: fc.nat(300_000), valley: fc.nat(300_000) });
    fc.assert(
      fc.property(tariffs, fc.constantFrom('time-of-use', 'own-blocks'), energies, energies, fc.nat(600), (tariff, planId, less, more, used) => {
        const at = (peak: number, flat: number, valley: number): Decimal =>
          energyCost(computeBill(documentOf(tariff, { terms: [termsOf({ planId, chargeMethod: planId === 'own-blocks' ? 'none' : 'capacity', approvedCapacityKva: '100' })], usagePoints: [statedPoint({ peak: hundredths(peak), flat: hundredths(flat), valley: hundredths(valley) })], blocks: { usedBeforeKwh: String(used), year: '2026' } })));
        // Own prices of blocks follow the mix of the periods: more of the same mix.
        const factor = planId === 'own-blocks' ? 1 + (more.peak % 4) : null;
        const lower = at(less.peak, less.flat, less.valley);
        const higher = factor === null ? at(less.peak + more.peak, less.flat + more.flat, less.valley + more.valley) : at(less.peak * factor, less.flat * factor, less.valley * factor);
        expect(higher.greaterThanOrEqualTo(lower)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('split a cycle over price changes without losing or inventing a kWh', () => {
    fc.assert(
      fc.property(tariffs, fc.array(fc.integer({ min: 1, max: 29 }), { minLength: 1, maxLength: 3 }), fc.nat(300_000), (tariff, cuts, kwh) => {
        const days = [...new Set(cuts)].sort((a, b) => a - b);
        const versions = [tariff, ...days.map((day, index) => ({ ...tariff, version: String(index + 2), validFrom: addDays('2026-06-01', day) }))];
        const total = hundredths(kwh);
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

/** A scale whose prices rise from block to block, in the three ways that tariffs write it. */
function blockPlan(method: 'base-plus-increment' | 'per-block-price', period: 'month' | 'year', limits: readonly [string, string], increments: readonly [string, string]): TariffPlan {
  const steps = [{ upToKwh: limits[0], up: '0' }, { upToKwh: limits[1], up: increments[0] }, { upToKwh: null, up: increments[1] }];
  const blocks = steps.map(({ upToKwh, up }) =>
    method === 'base-plus-increment' ? { upToKwh, incrementPerKwh: up } : { upToKwh, prices: [{ voltages: ['1-10kv' as const], pricePerKwh: { total: dec('0.538').plus(dec(up)).toFixed() } }] },
  );
  return plainPlan('0.538', { planId: 'blocks', category: 'residential', blocks: { period, method, crossingMonth: 'none', scales: [{ blocks }] } });
}

describe('block charges', () => {
  it('have no jump at a limit: a hundredth of a kWh more costs no more than its price, and each line rounded', () => {
    const choice = fc.record({ first: fc.integer({ min: 1, max: 400 }), width: fc.integer({ min: 1, max: 400 }), up: fc.integer({ min: 0, max: 50 }), more: fc.integer({ min: 0, max: 60 }), used: fc.nat(300) });
    fc.assert(
      fc.property(choice, fc.constantFrom('base-plus-increment', 'per-block-price'), fc.constantFrom('month', 'year'), fc.constantFrom(0, 1), (choice, method, period, which) => {
        const limits = [String(choice.first), String(choice.first + choice.width)] as const;
        const increments = [hundredths(choice.up), hundredths(choice.up + choice.more)] as const;
        const usedBeforeKwh = String(Math.min(choice.used, choice.first));
        const tariff = tariffOf([blockPlan(method, period, limits, increments)]);
        const at = (total: Decimal): Decimal =>
          energyCost(computeBill(documentOf(tariff, { terms: [termsOf({ planId: 'blocks', category: 'residential' })], usagePoints: [statedPoint({ total: total.toFixed() })], policies: { energyDecimals: 2 }, blocks: { usedBeforeKwh, year: '2026' } })));
        const limit = dec(limits[which]).minus(dec(usedBeforeKwh));
        const step = dec('0.01');
        const highest = dec('0.538').plus(dec(increments[1]));
        const rise = at(limit.plus(step)).minus(at(limit));
        // Two or three lines can each round half a fen up.
        expect(rise.lessThanOrEqualTo(highest.times(step).plus(dec('0.03')))).toBe(true);
        expect(rise.greaterThanOrEqualTo(dec('-0.03'))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('of the month that crosses a limit charge the excess once at the increment, whatever the periods', () => {
    const own = (up: number): { voltages: ('1-10kv')[]; pricePerKwh: Record<'peak' | 'flat' | 'valley', string> }[] => [{ voltages: ['1-10kv'], pricePerKwh: { peak: dec('0.617').plus(up).toFixed(), flat: dec('0.5').plus(up).toFixed(), valley: dec('0.307').plus(up).toFixed() } }];
    const scales = [{ blocks: [{ upToKwh: '3120', incrementPerKwh: '0', prices: own(0) }, { upToKwh: '4800', incrementPerKwh: '0.05', prices: own(0.06) }, { upToKwh: null, incrementPerKwh: '0.30', prices: own(0.31) }] }];
    const tariff = tariffOf([timeOfUsePlan('1', '1', '1', { planId: 'crossing', category: 'residential', prices: [], blocks: { period: 'year', method: 'per-block-price', crossingMonth: 'uniform-increment', scales } })]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3120 }), fc.nat(4000), fc.nat(4000), (used, peak, valley) => {
        const bill = computeBill(documentOf(tariff, { terms: [termsOf({ planId: 'crossing', category: 'residential' })], usagePoints: [statedPoint({ peak: String(peak), flat: '0', valley: String(valley) })], blocks: { usedBeforeKwh: String(used), year: '2026' } }));
        const after = used + peak + valley;
        const excess = Math.max(0, Math.min(after, 4800) - 3120);
        const charged = bill.lines.filter(({ group, item }) => group === 'block-charge' && item === 'block-2').map(({ quantity }) => dec(quantity));
        expect(sum(charged).equals(dec(String(after > 3120 ? excess : 0)))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

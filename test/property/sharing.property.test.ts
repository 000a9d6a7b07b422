import * as fc from 'fast-check';
import { shareBasicCharge, shareByDays } from '../../src/core/charges';
import { dec, Decimal, Rounding, shareByLargestRemainder, shareInOrder, sum, ZERO } from '../../src/core/quantity';
import type { TimeOfUsePeriod } from '../../src/core/tariff';
import { deductSubMeters, PlainChildRule, shareLossOverPeriods, shareLossOverPoints, TreePoint } from '../../src/core/usage';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '3000');

const places = fc.constantFrom(0, 2, 4);
const wholes = fc.tuple(fc.nat(10_000_000), places).map(([value, decimals]) => ({ whole: dec((value / 10_000).toFixed(decimals)), decimals }));
const weights = fc.array(fc.oneof(fc.constant(0), fc.nat(1000), fc.nat(100_000_000)), { minLength: 1, maxLength: 8 }).map((list) => list.map((each) => new Decimal(each).div(1000)));
const roundings = fc.constantFrom<Rounding>('half-up', 'up', 'down');

function expectParts(parts: readonly Decimal[], whole: Decimal): void {
  expect(sum(parts).toFixed()).toBe(whole.toFixed());
  expect(parts.filter((part) => part.isNegative()).map(String)).toEqual([]);
}

function always<T extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<T>): void {
  fc.assert(property, { numRuns: RUNS });
}

describe('parts are the whole, and none is below zero', () => {
  it('in order of days or readings', () => {
    always(fc.property(wholes, weights, roundings, ({ whole, decimals }, list, rounding) => expectParts(shareInOrder(whole, list, decimals, rounding), whole)));
  });

  it('by the largest remainder, and no part is a unit away from its exact value', () => {
    always(
      fc.property(wholes, weights, ({ whole, decimals }, list) => {
        const parts = shareByLargestRemainder(whole, list, decimals);
        expectParts(parts, whole);
        const all = sum(list);
        const unit = new Decimal(10).pow(-decimals);
        parts.forEach((part, index) => {
          const exact = all.isZero() ? whole.div(list.length) : whole.times(list[index] ?? ZERO).div(all);
          expect(part.minus(exact).abs().lessThan(unit)).toBe(true);
        });
      }),
    );
  });

  it('of a credit as of a charge', () => {
    always(fc.property(wholes, weights, ({ whole, decimals }, list) => {
      const parts = shareByLargestRemainder(whole.negated(), list, decimals);
      expect(parts.map(String)).toEqual(shareByLargestRemainder(whole, list, decimals).map((part) => (part.isZero() ? '0' : part.negated().toString())));
    }));
  });

  it('of a basic charge over categories', () => {
    always(fc.property(fc.nat(100_000_000), weights, (fen, list) => {
      const charge = new Decimal(fen).div(100);
      expectParts(shareBasicCharge(charge, list), charge);
    }));
  });

  it('of an energy over the days of versions', () => {
    const days = fc.array(fc.nat(31), { minLength: 1, maxLength: 5 }).filter((list) => list.some((each) => each > 0));
    always(fc.property(wholes, days, roundings, ({ whole, decimals }, list, rounding) => expectParts(shareByDays(whole, list, decimals, rounding), whole)));
  });

  it('of a loss over periods, whichever of them there are', () => {
    const periods = fc.uniqueArray(fc.constantFrom<TimeOfUsePeriod>('sharp', 'peak', 'flat', 'valley', 'deep-valley'), { minLength: 1 });
    always(
      fc.property(wholes, periods, weights, roundings, ({ whole, decimals }, names, list, rounding) => {
        const energies = Object.fromEntries(names.map((name, index) => [name, list[index % list.length] ?? ZERO]));
        expectParts(Object.values(shareLossOverPeriods(whole, energies, { decimals, rounding })), whole);
      }),
    );
  });

  it('of a loss over usage points, by whatever it is shared', () => {
    always(
      fc.property(wholes, weights, fc.constantFrom('by-energy', 'by-capacity', 'fixed', 'none'), ({ whole, decimals }, list, how) => {
        const points = list.map((weight, index) => ({ energy: weight, capacity: list[list.length - 1 - index] ?? ZERO, fixed: weight.times(2) }));
        expectParts(shareLossOverPoints(whole, points, how, decimals), whole);
      }),
    );
  });
});

interface Choice {
  readonly kind: TreePoint['relation'];
  readonly kwh: number;
  readonly parents: readonly number[];
  readonly periods: boolean;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.constantFrom<TreePoint['relation']>('sub-meter', 'fixed-quantity', 'fixed-ratio'),
  kwh: fc.nat(2000),
  parents: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 2 }),
  periods: fc.boolean(),
});

/** Trees of at most four levels: every point hangs on earlier ones of the level before. */
function treeOf(choices: readonly Choice[]): TreePoint[] {
  const points: TreePoint[] = [];
  choices.forEach((one, index) => {
    const level = index % 4;
    const candidates = points.filter((_, place) => place % 4 === level - 1).map((point) => point.pointId);
    const parents = level === 0 ? [] : [...new Set(one.parents.map((parent) => candidates[parent % candidates.length] ?? ''))];
    const third = new Decimal(one.kwh).div(4).toDecimalPlaces(0, Decimal.ROUND_DOWN);
    const metered = one.periods ? { peak: third, flat: new Decimal(one.kwh).minus(third.times(2)), valley: third } : { total: new Decimal(one.kwh) };
    const base = { pointId: `P${index}`, parents };
    if (level === 0 || one.kind === 'sub-meter') points.push({ ...base, relation: 'sub-meter', metered });
    else if (one.kind === 'fixed-quantity') points.push({ ...base, relation: 'fixed-quantity', fixedQuantity: new Decimal(one.kwh) });
    else points.push({ ...base, relation: 'fixed-ratio', ratioPercent: new Decimal(one.kwh % 101) });
  });
  return points;
}

describe('sub-meters', () => {
  it('move energy and make none: all points together have what the main meters had, and what real sub-meters had besides', () => {
    const rules = fc.constantFrom<PlainChildRule>({ method: 'in-order', order: ['flat', 'peak', 'valley', 'sharp', 'deep-valley'] }, { method: 'in-order', order: ['valley'] }, { method: 'in-proportion', order: [] });
    const orders = fc.shuffledSubarray<TreePoint['relation']>(['sub-meter', 'fixed-quantity', 'fixed-ratio']);
    always(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 12 }), rules, orders, (choices, plainChild, order) => {
        const points = treeOf(choices);
        const results = deductSubMeters(points, { order, plainChild, ratioDecimals: 0, ratioRounding: 'half-up' });
        const total = (energies: Readonly<Record<string, Decimal>>): Decimal => sum(Object.values(energies));
        const roots = sum(points.filter((point) => point.parents.length === 0).map((point) => total(point.metered ?? {})));
        const billed = sum(results.map((result) => result.billedTotal));
        const short = sum(results.map((result) => result.shortage));
        expect(results.flatMap((result) => Object.values(result.billed)).filter((energy) => energy.isNegative()).map(String)).toEqual([]);
        const onlyReal = points.every((point) => point.relation === 'sub-meter');
        // A real child keeps its reading, so what its parents lacked is billed besides; an agreed one gets no more than there was.
        if (onlyReal) expect(billed.toFixed()).toBe(roots.plus(short).toFixed());
        else expect(billed.greaterThanOrEqualTo(roots) && billed.lessThanOrEqualTo(roots.plus(short))).toBe(true);
      }),
    );
  });
});

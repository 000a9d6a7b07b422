import * as fc from 'fast-check';
import { dec, Decimal, sum, text } from '../../../src/core/quantity';
import { checkPointTree, DEFAULT_DEDUCTION, deductSubMeters, hasShortage, PointEnergies, PointResult, TreePoint } from '../../../src/core/usage';

const root = (pointId: string, metered: PointEnergies): TreePoint => ({ pointId, relation: 'sub-meter', parents: [], metered });
const child = (pointId: string, parents: string[], energy: string): TreePoint => ({ pointId, relation: 'sub-meter', parents, metered: { total: dec(energy) } });
const fixed = (pointId: string, parents: string[], energy: string): TreePoint => ({ pointId, relation: 'fixed-quantity', parents, fixedQuantity: dec(energy) });
const ratio = (pointId: string, parents: string[], percent: string): TreePoint => ({ pointId, relation: 'fixed-ratio', parents, ratioPercent: dec(percent) });

function billed(results: readonly PointResult[]): Record<string, string> {
  return Object.fromEntries(results.map((result) => [result.pointId, text(result.billedTotal)]));
}

function periods(result: PointResult | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(result?.billed ?? {}).map(([key, value]) => [key, text(value)]));
}

describe('deduction of sub-meters', () => {
  it('goes real sub-meters, fixed quantity, fixed ratio, whatever their order of entry', () => {
    // 10000 − 3000 − 500 = 6500; 12.5 % = 812.5 → 813
    const points = [root('main', { total: dec('10000') }), ratio('r', ['main'], '12.5'), fixed('q', ['main'], '500'), child('s', ['main'], '3000')];
    expect(billed(deductSubMeters(points))).toEqual({ main: '5687', r: '813', q: '500', s: '3000' });
  });

  it('goes in another order where the region says so', () => {
    const order = ['fixed-quantity', 'fixed-ratio', 'sub-meter'] as const;
    const points = [root('main', { total: dec('10000') }), child('s', ['main'], '3000'), ratio('r', ['main'], '12.5'), fixed('q', ['main'], '500')];
    // 9500 × 12.5 % = 1187.5 → 1188
    expect(billed(deductSubMeters(points, { ...DEFAULT_DEDUCTION, order }))).toEqual({ main: '5312', s: '3000', r: '1188', q: '500' });
  });

  it('takes one ratio after the other of what is left', () => {
    const points = [root('main', { total: dec('1000') }), ratio('a', ['main'], '50'), ratio('b', ['main'], '50')];
    expect(billed(deductSubMeters(points))).toEqual({ main: '250', a: '500', b: '250' });
  });

  it('uses up the first of two parents before the second, and books what is missing on the second', () => {
    const points = [root('a', { total: dec('100') }), root('b', { total: dec('50') }), child('c', ['a', 'b'], '180')];
    const results = deductSubMeters(points);
    expect(billed(results)).toEqual({ a: '0', b: '0', c: '180' });
    expect(results.map((result) => text(result.shortage))).toEqual(['0', '30', '0']);
    expect(hasShortage(results)).toBe(true);
  });

  it('gives a fixed quantity only what the parent had, and never leaves the parent below zero', () => {
    const results = deductSubMeters([root('a', { total: dec('70') }), fixed('q', ['a'], '100'), ratio('r', ['a'], '10')]);
    expect(billed(results)).toEqual({ a: '0', q: '70', r: '0' });
    expect(text(results[0]?.shortage ?? dec('0'))).toBe('30');
  });

  it('works a chain of four levels: a sub-meter is deducted whole and has its own children taken off', () => {
    const points = [root('a', { total: dec('1000') }), child('b', ['a'], '600'), fixed('c', ['b'], '200'), ratio('d', ['c'], '25')];
    expect(billed(deductSubMeters(points))).toEqual({ a: '400', b: '400', c: '150', d: '50' });
  });

  it('takes a ratio of a parent only after its real sub-meter of a deeper level', () => {
    // s hangs under a and under b (b itself under a): a 1000 − b 300 − s 100 = 600, then 10 % = 60
    const points = [root('a', { total: dec('1000') }), ratio('r', ['a'], '10'), child('b', ['a'], '300'), child('s', ['a', 'b'], '100')];
    expect(billed(deductSubMeters(points))).toEqual({ a: '540', r: '60', b: '300', s: '100' });
  });

  it('goes period by period where both have periods', () => {
    const results = deductSubMeters([
      root('a', { peak: dec('100'), flat: dec('100'), valley: dec('10') }),
      { pointId: 'c', relation: 'sub-meter', parents: ['a'], metered: { peak: dec('30'), flat: dec('20'), valley: dec('15') } },
    ]);
    expect(periods(results[0])).toEqual({ peak: '70', flat: '80', valley: '0' });
    expect(text(results[0]?.shortage ?? dec('0'))).toBe('5');
  });

  it('takes a time-of-use child from the total of a plain parent', () => {
    const results = deductSubMeters([root('a', { total: dec('100') }), { pointId: 'c', relation: 'sub-meter', parents: ['a'], metered: { peak: dec('30'), flat: dec('20') } }]);
    expect(billed(results)).toEqual({ a: '50', c: '50' });
  });

  it('takes a plain child from flat, then peak, valley, sharp', () => {
    const results = deductSubMeters([root('a', { sharp: dec('50'), peak: dec('300'), flat: dec('400'), valley: dec('200') }), child('c', ['a'], '760')]);
    expect(periods(results[0])).toEqual({ sharp: '50', peak: '0', flat: '0', valley: '140' });
  });

  it('takes a plain child in proportion, with the remainder in flat', () => {
    const policy = { ...DEFAULT_DEDUCTION, plainChild: { ...DEFAULT_DEDUCTION.plainChild, method: 'in-proportion' as const } };
    const results = deductSubMeters([root('a', { peak: dec('333'), flat: dec('333'), valley: dec('334') }), child('c', ['a'], '100')], policy);
    expect(periods(results[0])).toEqual({ peak: '300', flat: '299', valley: '301' });
    // flat has nothing: 1 of 3 × 1/3 each is rounded to 0, and the peak bears it
    const odd = deductSubMeters([root('a', { sharp: dec('1'), peak: dec('1'), valley: dec('1'), flat: dec('0') }), child('c', ['a'], '1')], policy);
    expect(periods(odd[0])).toEqual({ sharp: '1', peak: '0', valley: '1', flat: '0' });
    const short = deductSubMeters([root('a', { peak: dec('5'), flat: dec('5') }), child('c', ['a'], '12')], policy);
    expect(text(short[0]?.shortage ?? dec('0'))).toBe('2');
  });

  it('never loses energy: roots = what is billed, where nothing is short', () => {
    const energy = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(energy, energy, energy, fc.integer({ min: 0, max: 100 }), fc.boolean(), fc.tuple(energy, energy, energy), (s, q, second, percent, proportion, [peak, flat, valley]) => {
        const policy = { ...DEFAULT_DEDUCTION, plainChild: { ...DEFAULT_DEDUCTION.plainChild, method: proportion ? ('in-proportion' as const) : ('in-order' as const) } };
        const results = deductSubMeters(
          [
            root('a', { peak: new Decimal(peak), flat: new Decimal(flat), valley: new Decimal(valley) }),
            root('b', { total: new Decimal(second) }),
            child('s', ['a', 'b'], String(s)),
            fixed('q', ['a'], String(q)),
            ratio('r', ['b', 'a'], String(percent)),
          ],
          policy,
        );
        const all = sum(results.map((result) => result.billedTotal));
        // a real child keeps its reading: what it lacked is the only energy that comes from nowhere
        const short = Decimal.max(0, new Decimal(s).minus(peak + flat + valley + second));
        const none = results.every((result) => Object.values(result.billed).every((each) => each.greaterThanOrEqualTo(0)));
        return none && all.equals(new Decimal(peak + flat + valley + second).plus(short));
      }),
    );
  });
});

describe('the tree of usage points', () => {
  const refuses = (points: readonly TreePoint[], code: string): void => {
    expect(() => checkPointTree(points)).toThrow(expect.objectContaining({ code }));
  };

  it('has at most four levels', () => {
    const points = [root('1', {}), child('2', ['1'], '0'), child('3', ['2'], '0'), child('4', ['3'], '0')];
    expect([...checkPointTree(points).values()]).toEqual([1, 2, 3, 4]);
    refuses([...points, child('5', ['4'], '0')], 'USAGE.TREE_TOO_DEEP');
  });

  it('refuses a third parent, the same parent twice, an unknown parent and a cycle', () => {
    const roots = ['a', 'b', 'c'].map((id) => root(id, {}));
    refuses([...roots, child('x', ['a', 'b', 'c'], '0')], 'USAGE.TOO_MANY_PARENTS');
    refuses([...roots, child('x', ['a', 'a'], '0')], 'USAGE.PARENT_TWICE');
    refuses([...roots, child('x', ['z'], '0')], 'USAGE.PARENT_UNKNOWN');
    refuses([...roots, root('a', {})], 'USAGE.POINT_TWICE');
    refuses([child('x', ['y'], '0'), child('y', ['x'], '0')], 'USAGE.POINT_CYCLE');
  });

  it('refuses a ratio outside 0–100 % and a negative quantity', () => {
    refuses([root('a', {}), ratio('r', ['a'], '100.1')], 'USAGE.RATIO_OUT_OF_RANGE');
    refuses([root('a', {}), ratio('r', ['a'], '-1')], 'USAGE.RATIO_OUT_OF_RANGE');
    refuses([root('a', {}), fixed('q', ['a'], '-1')], 'USAGE.FIXED_QUANTITY_NEGATIVE');
    expect(() => deductSubMeters([root('a', { total: dec('-1') }), fixed('q', ['a'], '1')])).toThrow(expect.objectContaining({ code: 'USAGE.ENERGY_NEGATIVE' }));
  });
});

import { dec, text } from '../../../src/core/quantity';
import { DEFAULT_DEDUCTION, deductSubMeters, DeductionPolicy, PointEnergies, PointResult, TreePoint } from '../../../src/core/usage';
import { refusal } from '../../builders/refusal';

const root = (pointId: string, metered: PointEnergies): TreePoint => ({ pointId, relation: 'sub-meter', parents: [], metered });
const plain = (pointId: string, energy: string): TreePoint => root(pointId, { total: dec(energy) });
const child = (pointId: string, parents: string[], metered: PointEnergies): TreePoint => ({ pointId, relation: 'sub-meter', parents, metered });
const fixed = (pointId: string, parents: string[], energy: string): TreePoint => ({ pointId, relation: 'fixed-quantity', parents, fixedQuantity: dec(energy) });
const ratio = (pointId: string, parents: string[], percent: string): TreePoint => ({ pointId, relation: 'fixed-ratio', parents, ratioPercent: dec(percent) });

const billed = (points: readonly TreePoint[], policy?: DeductionPolicy): Record<string, string> =>
  Object.fromEntries(deductSubMeters(points, policy).map((result) => [result.pointId, text(result.billedTotal)]));
const shown = (energies: PointEnergies | undefined): Record<string, string> => Object.fromEntries(Object.entries(energies ?? {}).map(([key, value]) => [key, text(value)]));
const ofRoot = (points: readonly TreePoint[], policy?: DeductionPolicy): PointResult => {
  const [first] = deductSubMeters(points, policy);
  if (first === undefined) throw new Error('no root');
  return first;
};

describe('the order of deduction', () => {
  it('works a parent before its children, whatever their order of entry', () => {
    // c has 200 of a, d a quarter of c
    expect(billed([plain('a', '1000'), ratio('d', ['c'], '25'), fixed('c', ['a'], '200')])).toEqual({ a: '800', d: '50', c: '150' });
  });

  it('waits for the second of two parents, although the elder of both must wait with it', () => {
    // c: 20 % of 1000; d: 10 % of 800 + 200
    expect(billed([plain('a', '1000'), ratio('d', ['a', 'c'], '10'), ratio('c', ['a'], '20')])).toEqual({ a: '700', d: '100', c: '200' });
  });

  it('keeps the order of entry under one parent also where the elder waits for its other parent', () => {
    // p: 50 % of 100; then d: 10 % of 1000 + 50; then c: 50 % of 895 = 447.5
    const points = [plain('a', '1000'), plain('b', '100'), ratio('d', ['a', 'p'], '10'), ratio('c', ['a'], '50'), ratio('p', ['b'], '50')];
    expect(billed(points)).toEqual({ a: '447', b: '50', d: '105', c: '448', p: '50' });
  });

  it('takes a root as metered whatever relation it states, and shows what every point had', () => {
    const results = deductSubMeters([{ ...plain('a', '100'), relation: 'fixed-quantity' }, child('s', ['a'], { total: dec('30') }), fixed('q', ['a'], '20')]);
    expect(results.map(({ gross, billedTotal }) => [shown(gross), text(billedTotal)])).toEqual([[{ total: '100' }, '50'], [{ total: '30' }, '30'], [{ total: '20' }, '20']]);
    const nothing = ofRoot([{ pointId: 'a', relation: 'sub-meter', parents: [] }]);
    expect([shown(nothing.gross), shown(nothing.billed)]).toEqual([{ total: '0' }, { total: '0' }]);
  });

  it('rounds a ratio as the policy says, and never takes more than there is', () => {
    const policy = { ...DEFAULT_DEDUCTION, ratioDecimals: 1, ratioRounding: 'up' as const };
    // 33.3 % of 10.05 = 3.34665
    expect(billed([plain('a', '10.05'), ratio('r', ['a'], '33.3')], policy)).toEqual({ a: '6.65', r: '3.4' });
    expect(billed([plain('a', '0.75'), ratio('r', ['a'], '100')], policy)).toEqual({ a: '0', r: '0.75' });
  });
});

describe('periods of a deduction', () => {
  it('come from the deep valley last where a plain child takes', () => {
    expect(shown(ofRoot([root('a', { 'deep-valley': dec('10'), valley: dec('5') }), child('c', ['a'], { total: dec('12') })]).billed)).toEqual({ 'deep-valley': '3', valley: '0' });
  });

  it('that the parent does not have are missing there, and do not appear', () => {
    const { billed: left, shortage } = ofRoot([root('a', { peak: dec('10'), flat: dec('10') }), child('c', ['a'], { sharp: dec('5'), flat: dec('0') })]);
    expect([shown(left), text(shortage)]).toEqual([{ peak: '10', flat: '10' }, '5']);
  });

  it('bear a plain child in proportion, the remainder in flat wherever flat stands in the order', () => {
    const plainChild = { method: 'in-proportion' as const, order: ['peak', 'flat', 'valley', 'sharp', 'deep-valley'] as const };
    // 33.3 → 33, 33.4 → 33, 34 left for flat
    const { billed: left } = ofRoot([root('a', { peak: dec('333'), flat: dec('333'), valley: dec('334') }), child('c', ['a'], { total: dec('100') })], { ...DEFAULT_DEDUCTION, plainChild });
    expect(shown(left)).toEqual({ peak: '300', flat: '299', valley: '301' });
  });

  it('that are not stated count as nothing', () => {
    expect(text(ofRoot([root('a', { peak: dec('5'), flat: undefined })]).billedTotal)).toBe('5');
  });
});

describe('energy below zero', () => {
  it('is refused with point, period and energy where there is anything to deduct', () => {
    const points = [plain('a', '100'), child('s', ['a'], { peak: dec('-1.5') })];
    expect(() => deductSubMeters(points)).toThrow(refusal('USAGE.ENERGY_NEGATIVE', { pointId: 's', period: 'peak', energyKwh: '-1.5' }));
  });

  it('stays a credit at a point that has nothing to do with another', () => {
    expect(billed([plain('a', '-20'), plain('b', '5')])).toEqual({ a: '-20', b: '5' });
  });
});

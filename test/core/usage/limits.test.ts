import { dec, Decimal, text } from '../../../src/core/quantity';
import {
  checkPointTree, copperLossPercentAt, effectiveContractDemand, lineLossByFormula, lossByDays, lossFromTable, powerFactorRatePercent, powerFactorStandardOf, shareLossOverPeriods,
  shareLossOverPoints, simplifiedLoss, transformerLossByFormula, TreePoint,
} from '../../../src/core/usage';
import { refusal } from '../../builders/refusal';

const texts = (values: readonly Decimal[]): string[] => values.map((value) => text(value));

describe('a refused tree names the point and what is wrong', () => {
  const point = (pointId: string, parents: string[], more: Partial<TreePoint> = {}): TreePoint => ({ pointId, relation: 'sub-meter', parents, ...more });
  const chain = ['1', '2', '3', '4', '5'].map((id, index) => point(id, index === 0 ? [] : [String(index)]));

  it.each<[string, TreePoint[], string, Record<string, string>]>([
    ['three parents', [point('a', []), point('b', []), point('c', []), point('x', ['a', 'b', 'c'])], 'TOO_MANY_PARENTS', { pointId: 'x', parents: '3' }],
    ['one parent twice', [point('a', []), point('x', ['a', 'a'])], 'PARENT_TWICE', { pointId: 'x' }],
    ['an unknown parent', [point('x', ['z'])], 'PARENT_UNKNOWN', { pointId: 'x', parentId: 'z' }],
    ['a point twice', [point('a', []), point('a', [])], 'POINT_TWICE', { pointId: 'a' }],
    ['a cycle', [point('x', ['y']), point('y', ['x'])], 'POINT_CYCLE', { pointId: 'x' }],
    ['a fifth level', chain, 'TREE_TOO_DEEP', { pointId: '5', levels: '5' }],
    ['a ratio above 100 %', [point('r', [], { ratioPercent: dec('100.1') })], 'RATIO_OUT_OF_RANGE', { pointId: 'r', ratioPercent: '100.1' }],
    ['a negative quantity', [point('q', [], { fixedQuantity: dec('-1') })], 'FIXED_QUANTITY_NEGATIVE', { pointId: 'q', fixedQuantityKwh: '-1' }],
  ])('%s', (_what, points, code, params) => {
    expect(() => checkPointTree(points)).toThrow(refusal(`USAGE.${code}`, params));
  });

  it('and takes a ratio of exactly 100 %, two parents and four levels', () => {
    const points = [...chain.slice(0, 4), point('r', ['1', '2'], { ratioPercent: dec('100'), fixedQuantity: dec('0') })];
    expect([...checkPointTree(points)]).toEqual([['1', 1], ['2', 2], ['3', 3], ['4', 4], ['r', 3]]);
  });
});

describe('losses', () => {
  const plate = { capacity: dec('0'), noLoadLoss: dec('1'), loadLoss: dec('1'), active: dec('1'), reactive: dec('0'), supplyHours: dec('720') };
  const line = { resistance: dec('1'), length: dec('1'), voltage: dec('0'), active: dec('1'), reactive: dec('0'), hours: dec('720') };

  it('that cannot be worked are refused with the place and the figures', () => {
    expect(() => transformerLossByFormula(plate)).toThrow(refusal('USAGE.LOSS_WITHOUT_CAPACITY'));
    expect(() => transformerLossByFormula(plate, undefined, '/transformers/1')).toThrow(refusal('USAGE.LOSS_WITHOUT_CAPACITY', {}, '/transformers/1'));
    expect(() => lineLossByFormula(line)).toThrow(refusal('USAGE.LINE_LOSS_WITHOUT_VOLTAGE'));
    expect(() => copperLossPercentAt(dec('0.51239'), [{ upToLoadRate: dec('0.4'), percent: dec('2') }])).toThrow(refusal('USAGE.COPPER_LOSS_STEP_MISSING', { loadRate: '0.5124' }));
    expect(() => lossFromTable([], dec('315'), dec('1000.5'))).toThrow(refusal('USAGE.LOSS_TABLE_TOO_SHORT', { capacity: '315', energy: '1000.5' }));
  });

  it('come from the closed band of a table before the open one, in either order of the rows', () => {
    const closed = { capacity: dec('100'), upToEnergy: dec('2000'), active: dec('2'), reactive: dec('20') };
    const open = { capacity: dec('100'), upToEnergy: null, active: dec('3'), reactive: dec('30') };
    for (const rows of [[closed, open], [open, closed]]) {
      expect(texts(Object.values(lossFromTable(rows, dec('100'), dec('2000'))))).toEqual(['2', '20']);
      expect(texts(Object.values(lossFromTable(rows, dec('100'), dec('2001'))))).toEqual(['3', '30']);
    }
  });

  it('by the simplified way say the load rate that the percentage came from', () => {
    const parts = { active: dec('1000'), ironLoss: dec('50'), copperLossPercent: dec('2') };
    expect(simplifiedLoss({ ...parts, loadRate: dec('0.4') }).loadRate?.toFixed()).toBe('0.4');
    expect(simplifiedLoss(parts).loadRate).toBeNull();
  });

  it('of a month are whole from the day basis on', () => {
    expect(texts([lossByDays(dec('100'), 29), lossByDays(dec('100'), 30), lossByDays(dec('100'), 31)])).toEqual(['97', '100', '100']);
  });

  it('are shared over every period, the deep valley too', () => {
    const shares = shareLossOverPeriods(dec('11'), { 'deep-valley': dec('1'), flat: dec('1') });
    // 5.5 → 6 for the deep valley, 5 left for flat
    expect(Object.entries(shares).map(([period, share]) => `${period} ${text(share)}`)).toEqual(['deep-valley 6', 'flat 5']);
  });

  it('are shared over points to the places that the loss has, or finer', () => {
    const [a, b, c] = ['1', '1', '1'].map((energy) => ({ energy: dec(energy), capacity: dec('0') }));
    // 10.5 ÷ 2 = 5.25: a tenth is left for the first
    expect(a && b && texts(shareLossOverPoints(dec('10.5'), [a, b], 'by-energy'))).toEqual(['5.3', '5.2']);
    expect(a && b && c && texts(shareLossOverPoints(dec('10'), [a, b, c], 'by-energy', 2))).toEqual(['3.34', '3.33', '3.33']);
  });
});

describe('demand and power factor', () => {
  it('a contract demand above the cap is refused with both', () => {
    const limits = { floorPercent: dec('40'), capPercent: dec('90') };
    expect(() => effectiveContractDemand(dec('5670.5'), dec('6300'), limits)).toThrow(refusal('USAGE.CONTRACT_DEMAND_ABOVE_CAP', { contract: '5670.5', cap: '5670' }));
  });

  it('a factor with more decimals counts as the hundredth that it has reached', () => {
    // 0.89 under 0.90: 0.5 %
    expect(text(powerFactorRatePercent(dec('0.8999'), '0.90'))).toBe('0.5');
    expect(() => powerFactorRatePercent(dec('1.01'), '0.90')).toThrow(refusal('USAGE.POWER_FACTOR_OUT_OF_RANGE', { powerFactor: '1.01' }));
  });

  it('on-load regulation puts power customers of any capacity under 0.90, size puts irrigation there and no other class', () => {
    const customer = { capacity: dec('50'), highVoltage: true, onLoadRegulation: true };
    expect((['industrial', 'non-industrial', 'irrigation'] as const).map((customerClass) => powerFactorStandardOf({ ...customer, customerClass }))).toEqual(['0.90', '0.90', '0.90']);
    expect(powerFactorStandardOf({ ...customer, customerClass: 'agricultural' })).toBe('none');
    expect(powerFactorStandardOf({ customerClass: 'non-industrial', capacity: dec('4000'), highVoltage: true, onLoadRegulation: false })).toBe('0.85');
  });
});

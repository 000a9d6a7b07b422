import { auditFigures, Bill, checkBill, computeBill, explainBill, explainFigure, explanationText, meteredEnergies } from '../../../src/core/bill';
import { documentOf, hashOf, plainPlan, statedPoint, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';

const FUND = { name: 'fund', title: { zh: '基金', en: 'Fund' }, pricePerKwh: '0.003', placement: 'inside' as const, kind: 'fund' as const };
const first = tariffOf([plainPlan('0.333')], { validTo: '2026-06-11', surcharges: [FUND] });
const second = tariffOf([plainPlan('0.8')], { version: '2', validFrom: '2026-06-11', surcharges: [FUND] });
const document = documentOf([first, second], { history: { dailyEnergyKwh: { '0001': '1' } }, sharedAmounts: [{ name: 'lift', title: { zh: '电梯', en: 'Lift' }, amount: '10' }] });
const bill = computeBill(document);

describe('an explanation from the first to the last word', () => {
  it('shows tariffs, workings, lines with what was rounded, totals and findings', () => {
    // 33 × 0.333 = 10.989; 67 × 0.8 = 53.6; 74.59 ÷ 1.13 = 66.0088…; usual 30, 100 is +233.3 %
    expect(explanationText(explainBill(bill, 'en')).split('\n')).toEqual([
      'Electricity bill',
      'Account 1000000001 · Billing month 2026-06 · Period 2026-06-01 – 2026-07-01',
      `Tariff 2026-06-01 – 2026-06-11: book 1 · plain · ${hashOf(first).slice(0, 12)}`,
      `Tariff 2026-06-11 – 2026-07-01: book 2 · plain · ${hashOf(second).slice(0, 12)}`,
      '',
      '  usage point 0001 segment 1 · split by days: energy 100, days 10, from 2026-06-01, to 2026-06-11 = 33 kWh',
      '  usage point 0001 segment 2 · split by days: energy 100, days 20, from 2026-06-11, to 2026-07-01 = 67 kWh',
      '  usage point 0001 · billed energy: metered 100 = 100 kWh',
      '',
      'Energy charge  64.59',
      '    1  Energy [usage point 0001, segment 1]: 33 kWh × 0.333 = 10.99 (before rounding 10.989)',
      '    2  Energy [usage point 0001, segment 2]: 67 kWh × 0.8 = 53.60',
      'Shared amounts  10.00',
      '    3  Lift: 10.00',
      '',
      'Total 74.59 (net 66.01 + tax 13 % 8.58)',
      'contained in the price: Fund 100 kWh × 0.003 = 0.30',
      'Average price 0.7459 (100 kWh)',
      '',
      'notice: METERING.USAGE_JUMP · 0001 (energy 100, usual 30, changePercent 233.3)',
      '',
    ]);
  });

  it('is as short as the bill: no average without energy, no findings where there are none', () => {
    const idle = computeBill(documentOf(tariffOf([timeOfUsePlan('1', '0.6', '0.3')]), { usagePoints: [statedPoint({ peak: '0' })] }));
    const explained = explainBill(idle, 'en');
    expect([explained.head[1]?.split(' · ').slice(0, 3), explained.groups, explained.totals]).toEqual([['Tariff 2026-06-01 – 2026-07-01: book 1', 'time-of-use', 'all'], [], ['Total 0.00 (net 0.00 + tax 13 % 0.00)']]);
    expect(explained.findings).toEqual(['notice: METERING.ZERO_USE · 0001']);
    expect(explanationText({ ...explained, findings: [] }).split('\n').slice(-3)).toEqual(['', 'Total 0.00 (net 0.00 + tax 13 % 0.00)', '']);
  });

  it('says a figure with its unit and its operands, where it has any', () => {
    const say = (id: string, rule: string, value: string, unit: 'kW' | 'ratio' | 'yuan' | 'kWh', inputs: Record<string, string>): string => explainFigure({ id, rule, value, unit, inputs }, 'en');
    expect(say('demand:account', 'maximum-demand', '60', 'kW', { contractDemandKw: '', months: '1' })).toBe('charged demand account · maximum demand: months 1 = 60 kW');
    expect(say('point:0001:maximum-demand', 'register-consumption', '60', 'kW', {})).toBe('usage point 0001 maximum demand · reading difference × multiplier = 60 kW');
    expect(say('power-factor:0.90', 'power-factor', '0.9', 'ratio', { raw: '0.9015', standard: '0.90' })).toBe('0.90 · power factor: unrounded 0.9015, standard 0.90 = 0.9');
    expect(say('power-factor-base:0.90', 'power-factor-charge', '5', 'yuan', { 'energy-charge': '5.00' })).toBe('0.90 · base × adjustment rate: Energy charge 5.00 = 5 yuan');
    expect(say('point:0001:meter:M1:peak', 'register-consumption', '4', 'kWh', { start: '1', end: '3', multiplier: '2' })).toBe('usage point 0001 meter M1 peak · reading difference × multiplier: (3 − 1) × 2 = 4 kWh');
    expect(say('moon:phase', 'tides', '1', 'kWh', { pull: '2' })).toBe('moon phase · tides: pull 2 = 1 kWh');
  });

  it('gives each line the workings that it names', () => {
    expect(explainBill(bill, 'en').groups.map(({ group, amount, lines }) => [group, amount, lines.map(({ lineNo, amount: own, workings }) => [lineNo, own, workings])])).toEqual([
      ['energy-charge', '64.59', [1, 2].map((lineNo, index) => [lineNo, ['10.99', '53.60'][index], ['usage point 0001 · billed energy: metered 100 = 100 kWh']])],
      ['shared-amount', '10.00', [[3, '10.00', []]]],
    ]);
  });
});

describe('the audit of printed figures', () => {
  it('finds lines by group, item and period, and takes nothing for right where there is no line', () => {
    const audited = auditFigures(bill, [
      { group: 'energy-charge', printed: '64.59' },
      { group: 'energy-charge', item: 'other', printed: '0' },
      { group: 'energy-charge', item: 'other', printed: '1' },
      { group: 'energy-charge', pricePeriod: 'peak', printed: '0.00' },
      { group: 'shared-amount', item: 'lift', printed: '9.99' },
      { group: 'total', printed: '74.59' },
      { group: 'total', item: 'lift', printed: '74.60' },
    ]);
    expect(audited.map(({ right, correct, lineNos }) => [right, correct, lineNos])).toEqual([
      ['64.59', true, [1, 2]], [null, true, []], [null, false, []], [null, true, []], ['10.00', false, [3]], ['74.59', true, [1, 2, 3]], ['74.59', false, [3]],
    ]);
  });
});

describe('a bill that is held against its recomputation', () => {
  const differences = (given: object): readonly [boolean, string[]] => {
    const check = checkBill(document, { ...bill, ...given } as Bill);
    return [check.equal, check.differences.map(({ path }) => path)];
  };

  it('is equal, or differs at places that a pointer can name', () => {
    expect(differences({})).toEqual([true, []]);
    expect([differences({ totals: null }), differences({ lines: { ...bill.lines } }), differences({ 'a/b~c': 1 })]).toEqual([[false, ['/totals']], [false, ['/lines']], [false, ['/a~1b~0c']]]);
    expect(checkBill(document, { ...bill, totals: { ...bill.totals, totalAmount: '74.60' } }).differences).toEqual([{ path: '/totals/totalAmount', given: '74.60', recomputed: '74.59' }]);
  });

  it('shows at most two hundred places', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`extra${index}`, index]));
    expect(differences(many)[1]).toHaveLength(200);
  });
});

describe('metered energies of a document', () => {
  it('are what the bill says, adjustments before losses included and nothing deducted', () => {
    const adjustments = [{ adjustmentId: 'A', stage: 'before-losses' as const, standing: false, reason: 'r', activeKwh: { total: '5' } }, { adjustmentId: 'B', stage: 'after-losses' as const, standing: false, reason: 'r', activeKwh: { total: '50' } }];
    const tree = documentOf(tariffOf([plainPlan('1')]), { usagePoints: [statedPoint({ total: '100' }, { adjustments }), statedPoint({ total: '30' }, { usagePointNo: '0002', parents: ['0001'] })] });
    expect([...meteredEnergies(tree, new Map())]).toEqual([['0001', { total: '105' }], ['0002', { total: '30' }]]);
    expect(computeBill(tree).carried.pointEnergy.map(({ meteredKwh, billedKwh }) => [meteredKwh, billedKwh])).toEqual([[{ total: '105' }, { total: '125' }], [{ total: '30' }, { total: '30' }]]);
    expect(() => meteredEnergies({ ...tree, period: { from: '2026-07-01', to: '2026-06-01' } }, new Map())).toThrow('DOCUMENT.PERIOD_EMPTY');
  });
});

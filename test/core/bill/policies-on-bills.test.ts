import { computeBill, DocumentTransformer, DocumentUsagePoint, TransformerLoss } from '../../../src/core/bill';
import { TariffSurcharge } from '../../../src/core/tariff';
import { amounts, documentOf, figure, JUNE, plainPlan, refusal, statedPoint, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';

const plain = tariffOf([plainPlan('0.5')]);
const basicPrices = [{ voltages: ['1-10kv' as const], capacityPricePerKvaMonth: '15', demandPricePerKwMonth: '40' }];
const twoPart = tariffOf([plainPlan('0.5', { parts: 'two-part', basicPrices })]);
const running: DocumentTransformer['states'] = [{ ...JUNE, state: 'running' }];

function transformer(loss?: TransformerLoss, states = running): DocumentTransformer {
  return { transformerNo: 'T1', ownership: 'own', capacityKva: '1000', states, ...(loss === undefined ? {} : { loss }) };
}

describe('deductions by policy', () => {
  const usagePoints = [
    statedPoint({ total: '1000' }),
    statedPoint({ total: '300' }, { usagePointNo: '0002', parents: ['0001'] }),
    { ...statedPoint({ total: '0' }), usagePointNo: '0004', kind: 'fixed-ratio' as const, fixedRatioPercent: '10', parents: ['0001'] },
  ];
  const billed = (policies = {}) => computeBill(documentOf(plain, { usagePoints, policies })).lines.map((line) => line.quantity);

  it('take the ratio before the real sub-meter where the region does', () => {
    // 10 % of 700 = 70, main 630; ratio first: 10 % of 1000 = 100, main 600
    expect([billed(), billed({ deductionOrder: ['fixed-quantity', 'fixed-ratio', 'sub-meter'] })]).toEqual([['630', '300', '70'], ['600', '300', '100']]);
  });

  it('use up the first of two parents and book what is missing on the second', () => {
    const points = [statedPoint({ total: '100' }), statedPoint({ total: '50' }, { usagePointNo: '0002' }), statedPoint({ total: '170' }, { usagePointNo: '0003', parents: ['0001', '0002'] })];
    const bill = computeBill(documentOf(plain, { usagePoints: points }));
    // 170 − 100 − 50 = 20 short
    expect([bill.lines.map((line) => line.quantity), bill.findings.map((one) => [one.subject, one.params['shortageKwh']])]).toEqual([['170'], [['0002', '20']]]);
  });

  it('take a plain sub-meter off flat first, in another order, or in proportion', () => {
    const tariff = tariffOf([timeOfUsePlan('1', '0.6', '0.3'), plainPlan('0.5')]);
    const points = [statedPoint({ peak: '30', flat: '20', valley: '50' }), statedPoint({ total: '25' }, { usagePointNo: '0002', parents: ['0001'], planId: 'plain' })];
    const left = (policies = {}) => computeBill(documentOf(tariff, { usagePoints: points, policies })).lines.map((line) => line.quantity);
    expect(left()).toEqual(['25', '50', '25']);
    expect(left({ plainChildDeductionOrder: ['valley'] })).toEqual(['30', '20', '25', '25']);
    // 7.5 → 8 of peak, 12.5 → 13 of valley, 4 of flat
    expect(left({ plainChildDeduction: 'in-proportion' })).toEqual(['22', '16', '37', '25']);
  });
});

describe('losses by their other methods', () => {
  const low = [{ ...statedPoint({ total: '10000' }, { meteringMode: 'high-low' as const, transformerNo: 'T1' }), statedEnergy: { activeKwh: { total: '10000' }, reactiveForwardKvarh: '5000', reactiveReverseKvarh: '-1000' } }];
  const billed = (loss: TransformerLoss, more = {}) => {
    const bill = computeBill(documentOf(plain, { usagePoints: low, transformers: [transformer(loss)], ...more }));
    return [bill.carried.pointEnergy[0]?.billedKwh.total, bill.carried.pointEnergy[0]?.billedReactiveKvarh];
  };

  it('come from a table by capacity and energy band, or as a percentage', () => {
    const rows = [{ capacityKva: '1000', upToKwh: '9999', monthlyActiveLossKwh: '200' }, { capacityKva: '1000', upToKwh: '20000', monthlyActiveLossKwh: '250', monthlyReactiveLossKvarh: '900' }, { capacityKva: '1250', monthlyActiveLossKwh: '400' }];
    expect(billed({ method: 'table', rows })).toEqual(['10250', '6900']);
    // 2.5 % of 10000; 10 % of |5000| + |−1000|
    expect(billed({ method: 'percentage', activePercent: '2.5', reactivePercent: '10' })).toEqual(['10250', '6600']);
  });

  it('have an active and a reactive part by formula, with the correction for shifts', () => {
    // t = 720 h; (10000² + 6000²)/(1000² × 720) = 0.188889; K = 2: 0.377778
    // 1.5 × 720 + 10 × 0.377778 = 1083.78; Q0 = 10, Qk = 45: 7200 + 17 = 7217
    expect(billed({ method: 'formula', noLoadLossKw: '1.5', loadLossKw: '10', noLoadCurrentPercent: '1', impedanceVoltagePercent: '4.5', shiftCorrection: '2' })).toEqual(['11084', '13217']);
  });

  it('of a line follow its resistance and length, or are fixed', () => {
    const line = (lineLoss: NonNullable<Parameters<typeof statedPoint>[1]>['lineLoss']) => computeBill(documentOf(plain, { usagePoints: [statedPoint({ total: '100000' }, lineLoss === undefined ? {} : { lineLoss })] })).lines[0]?.quantity;
    // 0.27 × 5 × 100000²/(1000 × 10² × 720) = 187.5
    expect(line({ method: 'formula', lineResistanceOhmPerKm: '0.27', lineLengthKm: '5', lineVoltageKv: '10' })).toBe('100188');
    expect(line({ method: 'fixed', monthlyActiveLossKwh: '40' })).toBe('100040');
  });
});

describe('basic charges by policy', () => {
  it('count the month of a stop by its days, not at all, half or whole', () => {
    const states: DocumentTransformer['states'] = [{ from: JUNE.from, to: '2026-06-11', state: 'running' }];
    const charge = (capacityRunDays: 'actual-days' | 'none' | 'half-month' | 'whole-month') =>
      amounts(computeBill(documentOf(twoPart, { account: { chargeMethod: 'capacity' }, transformers: [transformer(undefined, states)], policies: { capacityRunDays } })), 'capacity-charge')['T1'];
    // 1000 × 15 × 10/30, 0, 15/30, 30/30
    expect([charge('actual-days'), charge('none'), charge('half-month'), charge('whole-month')]).toEqual(['5000.00', undefined, '7500.00', '15000.00']);
  });

  it('follow the older practice of contract demand: what was measured, and the excess times its multiple', () => {
    const charge = (maximumDemandKw: string) =>
      amounts(computeBill(documentOf(twoPart, { account: { chargeMethod: 'contract-demand', contractDemandKw: '500' }, usagePoints: [statedPoint({ total: '1' }, { statedEnergy: { activeKwh: { total: '1' }, maximumDemandKw } })], policies: { contractDemandRule: 'measured-up-to-contract', excessMultiple: '3' } })), 'demand-charge');
    // 450 × 40; 500 × 40 and 10 × 120
    expect([charge('450'), charge('510')]).toEqual([{ account: '18000.00' }, { account: '20000.00', 'account:excess': '1200.00' }]);
  });
});

describe('circuits billed apart', () => {
  it('have a bill each: energy and demand of the other circuit stay off it', () => {
    const demand = (usagePointNo: string, supplyCircuitNo: string, kwh: string, maximumDemandKw: string) => statedPoint({ total: kwh }, { usagePointNo, supplyCircuitNo, statedEnergy: { activeKwh: { total: kwh }, maximumDemandKw } });
    const whole = documentOf(twoPart, { account: { chargeMethod: 'contract-demand' }, supplyCircuits: [{ supplyCircuitNo: 'A', contractDemandKw: '100' }, { supplyCircuitNo: 'B', contractDemandKw: '50' }], usagePoints: [demand('0001', 'A', '1000', '90'), demand('0002', 'B', '400', '55')] });
    const total = (billedCircuitNo?: string) => computeBill(billedCircuitNo === undefined ? whole : { ...whole, billedCircuitNo }).totals.totalAmount;
    // A: 500 + 100 × 40 = 4500; B: 200 + 50 × 40 + 2.5 × 80 = 2400; both: 6900
    expect([total('A'), total('B'), total()]).toEqual(['4500.00', '2400.00', '6900.00']);
  });

  it('bear the capacity of their own circuit, never that of the whole account', () => {
    const fed = (usagePointNo: string, supplyCircuitNo: string): DocumentUsagePoint => statedPoint({ total: '100' }, { usagePointNo, supplyCircuitNo });
    const whole = documentOf(twoPart, {
      account: { chargeMethod: 'capacity', approvedCapacityKva: '500' },
      supplyCircuits: [{ supplyCircuitNo: 'A', approvedCapacityKva: '300' }, { supplyCircuitNo: 'B' }],
      usagePoints: [fed('0001', 'A'), fed('0002', 'B')],
    });
    // 300 kVA × 15; circuit B says nothing of its capacity
    expect(amounts(computeBill({ ...whole, billedCircuitNo: 'A' }), 'capacity-charge')).toEqual({ 'approved-capacity': '4500.00' });
    expect(refusal({ ...whole, billedCircuitNo: 'B' })).toBe('BILL.CAPACITY_MISSING');
  });

  it('take a sub-meter off the main meter, whichever circuit it is billed with', () => {
    const main = statedPoint({ total: '1000' }, { usagePointNo: '0001', supplyCircuitNo: 'A' });
    const below = statedPoint({ total: '300' }, { usagePointNo: '0002', supplyCircuitNo: 'B', parents: ['0001'] });
    const whole = documentOf(tariffOf([plainPlan('0.5')]), { supplyCircuits: [{ supplyCircuitNo: 'A' }, { supplyCircuitNo: 'B' }], usagePoints: [main, below] });
    const lines = (billedCircuitNo: string) => computeBill({ ...whole, billedCircuitNo }).lines.map(({ usagePointNo, quantity }) => [usagePointNo, quantity]);
    expect([lines('A'), lines('B')]).toEqual([[['0001', '700']], [['0002', '300']]]);
  });
});

describe('power factor and levies by policy', () => {
  const levy = (name: string, more: Partial<TariffSurcharge> = {}): TariffSurcharge => ({ name, title: { zh: name, en: name }, pricePerKwh: '0.01', placement: 'on-top', kind: 'fund', ...more });
  const usagePoints = [statedPoint({ total: '10000' }, { statedEnergy: { activeKwh: { total: '10000' }, reactiveForwardKvarh: '7500' } })];
  const charge = (policies = {}, more = {}) => {
    const bill = computeBill(documentOf(tariffOf([plainPlan('0.5')], { surcharges: [levy('renewable')] }), { account: { powerFactorStandard: '0.90' }, usagePoints, policies, ...more }));
    return [figure(bill, 'power-factor-base:0.90'), amounts(bill, 'power-factor-adjustment')['standard-0.90']];
  };

  it('go by the table of 1983, or by the linear scheme', () => {
    // 10000/√(10000² + 7500²) = 0.80: table 5 %, linear 10 × 1 %
    expect([charge(), charge({ powerFactorScheme: 'linear' })]).toEqual([['5000', '250.00'], ['5000', '500.00']]);
  });

  it('take the named lines into the base: funds too, or shared amounts not', () => {
    const sharedAmounts = [{ name: 'deviation', title: { zh: '偏差', en: 'Deviation' }, amount: '-123.455' }];
    // 5000 + 100 of funds; 5000 − 123.46 half away from zero; 5000 alone
    expect(charge({ powerFactorBase: ['energy-charge', 'fund'] })).toEqual(['5100', '255.00']);
    expect(charge({}, { sharedAmounts })).toEqual(['4876.54', '243.83']);
    expect(charge({ powerFactorBase: ['energy-charge'] }, { sharedAmounts })).toEqual(['5000', '250.00']);
  });

  it('take a levy of one category, or of the sum of some', () => {
    const points = [statedPoint({ total: '1000' }, { category: 'large-industrial' }), statedPoint({ total: '300' }, { usagePointNo: '0002', category: 'non-residential' }), statedPoint({ total: '50' }, { usagePointNo: '0003', category: 'residential' })];
    const surcharges = [levy('one', { energyBase: { of: 'categories', categories: ['non-residential'] } }), levy('sum', { energyBase: { of: 'categories', categories: ['non-residential', 'large-industrial'] } })];
    expect(amounts(computeBill(documentOf(tariffOf([plainPlan('0.5')], { surcharges }), { usagePoints: points })), 'fund')).toEqual({ one: '3.00', sum: '13.00' });
  });

  it('make no adjustment without any energy', () => {
    const idle = [statedPoint({ total: '0' }, { statedEnergy: { activeKwh: { total: '0' }, reactiveForwardKvarh: '0' } })];
    expect(computeBill(documentOf(plain, { account: { powerFactorStandard: '0.90' }, usagePoints: idle })).lines).toEqual([]);
  });
});

describe('components of a price', () => {
  it('are rounded one by one and period by period before they are added', () => {
    const L = (en: string) => ({ zh: en, en });
    const prices = [{ voltages: ['1-10kv' as const], prices: { energy: { peak: '0.38447', flat: '0.2', valley: '0.1' }, losses: { peak: '0.0158', flat: '0.0158', valley: '0.0158' } } }];
    const tariff = tariffOf([timeOfUsePlan('1', '1', '1', { prices })], { components: [{ component: 'energy', title: L('Energy') }, { component: 'losses', title: L('Losses') }] });
    const bill = computeBill(documentOf(tariff, { usagePoints: [statedPoint({ peak: '7', flat: '3', valley: '9' })] }));
    // 2.69129, 0.6, 0.9; 0.1106, 0.0474, 0.1422: 2.69 + 0.60 + 0.90 + 0.11 + 0.05 + 0.14 = 4.49
    expect(amounts(bill, 'energy-charge')).toEqual({ 'energy:peak': '2.69', 'energy:flat': '0.60', 'energy:valley': '0.90', 'losses:peak': '0.11', 'losses:flat': '0.05', 'losses:valley': '0.14' });
    expect(bill.totals.totalAmount).toBe('4.49');
  });
});

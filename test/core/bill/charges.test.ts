import { computeBill, DocumentTransformer } from '../../../src/core/bill';
import { TariffSurcharge } from '../../../src/core/tariff';
import { amounts, dial, documentOf, figure, JUNE, meter, plainPlan, point, refusal, statedPoint, tariffOf } from '../../builders/bill-documents';

const basicPrices = [{ voltages: ['1-10kv' as const], capacityPricePerKvaMonth: '15', demandPricePerKwMonth: '40' }];
const twoPart = tariffOf([plainPlan('0.5', { parts: 'two-part', basicPrices })]);

function own(transformerNo: string, capacityKva: string, suspendedFrom?: string, suspendedTo = JUNE.to): DocumentTransformer {
  const states = suspendedFrom === undefined
    ? [{ ...JUNE, state: 'running' as const }]
    : [{ from: JUNE.from, to: suspendedFrom, state: 'running' as const }, { from: suspendedFrom, to: suspendedTo, state: 'suspended' as const }, ...(suspendedTo < JUNE.to ? [{ from: suspendedTo, to: JUNE.to, state: 'running' as const }] : [])];
  return { transformerNo, ownership: 'own', capacityKva, states };
}

function demandPoint(kw: string, no = '0001', supplyCircuitNo?: string) {
  const registers = [dial('total', '0', '1000'), { register: 'maximum-demand' as const, readings: [{ on: JUNE.to, reading: kw }] }];
  return point({ usagePointNo: no, meters: [meter(registers, { meterNo: no })], ...(supplyCircuitNo === undefined ? {} : { supplyCircuitNo }) });
}

describe('capacity charge on a bill', () => {
  it('charges a suspended transformer at half its price under the rule of 1996', () => {
    // 1000 × 15 × (10 + 20 × 0.5)/30 = 10000; 630 × 15 = 9450
    const bill = computeBill(documentOf(twoPart, { account: { chargeMethod: 'capacity' }, policies: { shareWhileSuspended: '0.5' }, transformers: [own('T1', '1000', '2026-06-11'), own('T2', '630')] }));
    expect(amounts(bill, 'capacity-charge')).toEqual({ T1: '10000.00', T2: '9450.00' });
  });

  it('frees a suspended transformer since 2016, and charges a suspension of less than 15 days in full', () => {
    const charge = (from: string, to?: string) => amounts(computeBill(documentOf(twoPart, { account: { chargeMethod: 'capacity' }, transformers: [own('T1', '1000', from, to)] })), 'capacity-charge');
    expect(charge('2026-06-11')).toEqual({ T1: '5000.00' });
    expect(charge('2026-06-11', '2026-06-25')).toEqual({ T1: '15000.00' });
    expect(charge('2026-06-11', '2026-06-26')).toEqual({ T1: '7500.00' });
  });

  it('charges the approved capacity where the account has no transformer of its own, and refuses where neither is known', () => {
    expect(amounts(computeBill(documentOf(twoPart, { account: { chargeMethod: 'capacity', approvedCapacityKva: '100' } })), 'capacity-charge')).toEqual({ 'approved-capacity': '1500.00' });
    expect(refusal(documentOf(twoPart, { account: { chargeMethod: 'capacity' } }))).toBe('BILL.CAPACITY_MISSING');
  });

  it('cuts the cycle where the contract changes, and the parts add up to the month', () => {
    const terms = (from: string, to: string, voltage: '1-10kv' | 'below-1kv', priceBook = 'book') => ({ from, to, priceBook, planId: 'plain', category: 'general-industrial-commercial' as const, voltage, chargeMethod: 'capacity' as const, approvedCapacityKva: from === JUNE.from ? '100' : '160', powerFactorStandard: 'none' as const });
    const bill = computeBill(documentOf(twoPart, { terms: [terms('2026-06-01', '2026-06-11', '1-10kv'), terms('2026-06-11', '2026-07-01', '1-10kv')], usagePoints: [statedPoint({ total: '300' })] }));
    expect(bill.segments.map(({ from, to }) => [from, to])).toEqual([['2026-06-01', '2026-06-11'], ['2026-06-11', '2026-07-01']]);
    // 100 × 15 × 10/30 = 500; 160 × 15 × 20/30 = 1600
    expect(amounts(bill, 'capacity-charge')).toEqual({ 'approved-capacity:1': '500.00', 'approved-capacity:2': '1600.00' });
    expect(amounts(bill, 'energy-charge')).toEqual({ 'energy:1': '50.00', 'energy:2': '100.00' });
  });
});

describe('demand charge on a bill', () => {
  const account = { chargeMethod: 'contract-demand' as const, contractDemandKw: '1000', approvedCapacityKva: '2000' };

  it('charges the contract up to 105 % of it, and double what lies above', () => {
    const charge = (kw: string) => amounts(computeBill(documentOf(twoPart, { account, usagePoints: [demandPoint(kw)] })), 'demand-charge');
    expect(charge('1050')).toEqual({ account: '40000.00' });
    // 1100 − 1050 = 50 kW × 80
    expect(charge('1100')).toEqual({ account: '40000.00', 'account:excess': '4000.00' });
  });

  it('raises a contract below 40 % of the approved capacity, and refuses one above the region’s cap', () => {
    const low = computeBill(documentOf(twoPart, { account: { ...account, contractDemandKw: '500' }, usagePoints: [demandPoint('400')] }));
    expect(amounts(low, 'demand-charge')).toEqual({ account: '32000.00' });
    expect(refusal(documentOf(twoPart, { account: { ...account, contractDemandKw: '1900' }, policies: { contractCapPercent: '90' }, usagePoints: [demandPoint('400')] }))).toBe('USAGE.CONTRACT_DEMAND_ABOVE_CAP');
  });

  it('charges each supply circuit on its own and adds them', () => {
    const supplyCircuits = [{ supplyCircuitNo: 'A', contractDemandKw: '600' }, { supplyCircuitNo: 'B', contractDemandKw: '400' }];
    const usagePoints = [demandPoint('700', '0001', 'A'), demandPoint('300', '0002', 'B')];
    const each = computeBill(documentOf(twoPart, { account: { chargeMethod: 'contract-demand' }, supplyCircuits, usagePoints }));
    expect(amounts(each, 'demand-charge')).toEqual({ A: '24000.00', 'A:excess': '5600.00', B: '16000.00' });
    const joint = computeBill(documentOf(twoPart, { account: { chargeMethod: 'contract-demand' }, supplyCircuits, usagePoints, policies: { circuitDemand: 'joint' } }));
    expect(amounts(joint, 'demand-charge')).toEqual({ account: '40000.00' });
  });

  it('takes 10 % off the actual demand from 260 kWh per kVA, since June 2023', () => {
    const actual = (capacity: string, policies = {}) =>
      amounts(computeBill(documentOf(twoPart, { account: { chargeMethod: 'actual-demand', approvedCapacityKva: capacity }, usagePoints: [demandPoint('3')], policies })), 'demand-charge');
    // 1000 kWh: 3.84 kVA × 260 = 998.4, 3.85 kVA × 260 = 1001
    expect([actual('3.84'), actual('3.85'), actual('3.84', { loadRateDiscountFrom: null })]).toEqual([{ account: '108.00' }, { account: '120.00' }, { account: '120.00' }]);
  });

  it('refuses to guess a demand that was not read or a contract that is not known', () => {
    expect(refusal(documentOf(twoPart, { account: { chargeMethod: 'actual-demand' } }))).toBe('BILL.DEMAND_MISSING');
    expect(refusal(documentOf(twoPart, { account: { chargeMethod: 'contract-demand' }, usagePoints: [demandPoint('3')] }))).toBe('BILL.CONTRACT_DEMAND_MISSING');
  });

  it('blocks a two-part account without a charge method, and a single-part one with it', () => {
    expect(computeBill(documentOf(twoPart)).findings).toMatchObject([{ code: 'BILL.CHARGE_METHOD_MISSING', severity: 'blocking' }]);
    expect(computeBill(documentOf(tariffOf([plainPlan('1')]), { account: { chargeMethod: 'capacity', approvedCapacityKva: '1' } })).findings).toMatchObject([{ code: 'BILL.BASIC_CHARGE_ON_SINGLE_PART' }]);
  });
});

describe('power factor and surcharges on a bill', () => {
  const reactive = (kvarh: string) => [{ ...statedPoint({ total: '50000' }), statedEnergy: { activeKwh: { total: '50000' }, reactiveForwardKvarh: kvarh } }];
  const plain = tariffOf([plainPlan('0.6')]);

  it('adds 15 % at 0.65 and takes 0.75 % off at 0.95 and better', () => {
    const charge = (kvarh: string) => amounts(computeBill(documentOf(plain, { account: { powerFactorStandard: '0.90' }, usagePoints: reactive(kvarh) })), 'power-factor-adjustment');
    expect([charge('59000'), charge('16434')]).toEqual([{ 'standard-0.90': '4500.00' }, { 'standard-0.90': '-225.00' }]);
  });

  it('leaves exempt customers alone and refuses where reactive energy was not read', () => {
    const account = { powerFactorStandard: '0.90' as const };
    expect(refusal(documentOf(plain, { account }))).toBe('BILL.REACTIVE_MISSING');
    expect(computeBill(documentOf(plain, { account: { ...account, powerFactorExemption: 'school' } })).lines).toHaveLength(1);
  });

  it('leaves levies contained in the price out of the base', () => {
    // 45635.20 × (0.8504 − 0.0298) = 37448.25; × 3.5 % = 1310.69
    const contained: TariffSurcharge = { name: 'levies', title: { zh: '代征', en: 'Levies' }, pricePerKwh: '0.0298', placement: 'inside', kind: 'surcharge' };
    const tariff = tariffOf([plainPlan('0.8504')], { surcharges: [contained] });
    const usagePoints = [statedPoint({ total: '45635.20' }, { statedEnergy: { activeKwh: { total: '45635.20' }, reactiveForwardKvarh: '36248.60' } })];
    const bill = computeBill(documentOf(tariff, { account: { powerFactorStandard: '0.85' }, usagePoints }));
    expect([figure(bill, 'power-factor:0.85'), figure(bill, 'power-factor-base:0.85'), bill.totals.totalAmount]).toEqual(['0.78', '37448.25', '40118.86']);
    expect(bill.totals.insideFunds).toMatchObject([{ name: 'levies', energyKwh: '45635.2', amount: '1359.93' }]);
  });

  it('counts lighting in series in factor and base, and lighting in parallel in neither', () => {
    const light = (lightingConnection: 'series' | 'parallel') => statedPoint({ total: '10000' }, { usagePointNo: '0002', lightingConnection });
    const base = (connection: 'series' | 'parallel') => {
      const bill = computeBill(documentOf(plain, { account: { powerFactorStandard: '0.90' }, usagePoints: [...reactive('59000'), light(connection)] }));
      return [figure(bill, 'power-factor:0.90'), figure(bill, 'power-factor-base:0.90')];
    };
    expect([base('series'), base('parallel')]).toEqual([['0.71', '36000'], ['0.65', '30000']]);
  });

  it('takes a levy of the energy that the running transformers decide', () => {
    const levy: TariffSurcharge = {
      name: 'urbanUtility',
      title: { zh: '城市公用事业附加', en: 'Urban utility levy' },
      pricePerKwh: '0.01',
      placement: 'on-top',
      kind: 'surcharge',
      energyBase: { of: 'running-capacity', rules: [{ fromKva: '0', categories: ['non-residential'] }, { fromKva: '315', categories: ['non-residential', 'large-industrial'] }] },
    };
    const tariff = tariffOf([plainPlan('0.6')], { surcharges: [levy] });
    const usagePoints = [statedPoint({ total: '1000' }, { category: 'large-industrial' }), statedPoint({ total: '100' }, { usagePointNo: '0002', category: 'non-residential' })];
    const levied = (...transformers: DocumentTransformer[]) => amounts(computeBill(documentOf(tariff, { usagePoints, transformers })), 'surcharge');
    expect([levied(own('T1', '30')), levied(own('T1', '30'), own('T2', '400'))]).toEqual([{ urbanUtility: '1.00' }, { urbanUtility: '11.00' }]);
  });

  it('splits the total into net and tax at the rate of the day', () => {
    const tariff = tariffOf([plainPlan('1.13')], { taxRatePercent: '17', laterTaxRates: [{ from: '2019-04-01', ratePercent: '13' }] });
    expect(computeBill(documentOf(tariff)).totals).toMatchObject({ totalAmount: '113.00', netAmount: '100.00', taxAmount: '13.00', taxRatePercent: '13' });
  });
});

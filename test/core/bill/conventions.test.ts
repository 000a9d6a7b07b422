import { computeBill, DocumentTransformer, DocumentUsagePoint } from '../../../src/core/bill';
import { allowedParts, TariffPlan } from '../../../src/core/tariff';
import { dec } from '../../../src/core/quantity';
import { amounts, dial, documentOf, figure, JUNE, meter, plainPlan, point, statedPoint, tariffOf, termsOf, timeOfUsePlan } from '../../builders/bill-documents';

const basicPrices = [{ voltages: ['1-10kv' as const], capacityPricePerKvaMonth: '15', demandPricePerKwMonth: '40' }];
const twoPart = tariffOf([plainPlan('0.5', { parts: 'two-part', basicPrices }), plainPlan('1', { planId: 'offices', parts: 'two-part', basicPrices })]);

function own(transformerNo: string, capacityKva: string, states: DocumentTransformer['states'] = [{ ...JUNE, state: 'running' }]): DocumentTransformer {
  return { transformerNo, ownership: 'own', capacityKva, states };
}

function demandPoint(usagePointNo: string, kw: string, kwh: string, more: Partial<DocumentUsagePoint> = {}): DocumentUsagePoint {
  const registers = [dial('total', '0', kwh), { register: 'maximum-demand' as const, readings: [{ on: JUNE.to, reading: kw }] }];
  return point({ usagePointNo, meters: [meter(registers, { meterNo: usagePointNo })], ...more });
}

describe('the discount for a high load rate', () => {
  const account = { chargeMethod: 'contract-demand' as const, contractDemandKw: '500', approvedCapacityKva: '630' };
  const charge = (kwh: string, more = {}) => amounts(computeBill(documentOf(twoPart, { account, usagePoints: [demandPoint('0001', '530', kwh)], ...more })), 'demand-charge');

  it('lowers the price of a contract demand and of its excess too, from exactly 260 kWh per kVA', () => {
    // 630 × 260 = 163800; 500 × 36 = 18000; excess 530 − 525 = 5 × 72 = 360
    expect(charge('163800')).toEqual({ account: '18000.00', 'account:excess': '360.00' });
    // one kWh less: 500 × 40, 5 × 80
    expect(charge('163799')).toEqual({ account: '20000.00', 'account:excess': '400.00' });
  });

  it('goes by the billing month: June 2023 knows it, May does not', () => {
    const tariff = documentOf(twoPart, { account, usagePoints: [demandPoint('0001', '500', '163800')] });
    const inMonth = (billingMonth: string) => amounts(computeBill({ ...tariff, billingMonth }), 'demand-charge')['account'];
    expect([inMonth('2023-05'), inMonth('2023-06')]).toEqual(['20000.00', '18000.00']);
  });

  it('takes the sum of the running transformers where no approved capacity is known', () => {
    // 400 + 230 = 630 kVA run, 1000 kVA are sealed all month
    const transformers = [own('T1', '400'), own('T2', '230'), own('T3', '1000', [{ ...JUNE, state: 'suspended' }])];
    const bill = computeBill(documentOf(twoPart, { account: { chargeMethod: 'actual-demand' }, transformers, usagePoints: [demandPoint('0001', '500', '163800')] }));
    expect(amounts(bill, 'demand-charge')).toEqual({ account: '18000.00' });
  });

  it('counts the threshold for each month of a longer cycle', () => {
    const period = { from: '2026-05-01', to: '2026-07-01' };
    const usagePoints = (kwh: string) => [statedPoint({ total: kwh }, { statedEnergy: { activeKwh: { total: kwh }, maximumDemandKw: '100' } })];
    const of = (kwh: string) => figure(computeBill(documentOf(twoPart, { period, terms: [termsOf({ ...period, chargeMethod: 'actual-demand', approvedCapacityKva: '630' })], usagePoints: usagePoints(kwh) })), 'load-rate:1');
    // 2 × 163800 = 327600
    expect([of('327599'), of('327600')]).toEqual([undefined, '90']);
  });
});

describe('several demand meters', () => {
  const measured = (usagePoints: readonly DocumentUsagePoint[], more = {}) =>
    amounts(computeBill(documentOf(twoPart, { account: { chargeMethod: 'actual-demand' }, usagePoints, policies: { loadRateDiscountFrom: null }, ...more })), 'demand-charge');

  it('of one circuit count with the highest demand of one meter', () => {
    expect(measured([demandPoint('0001', '300', '10'), demandPoint('0002', '200', '10')])).toEqual({ account: '12000.00' });
  });

  it('behind different transformers are parallel supplies and are added', () => {
    const transformers = [own('T1', '400'), own('T2', '400')];
    const points = [demandPoint('0001', '300', '10', { transformerNo: 'T1' }), demandPoint('0002', '200', '10', { transformerNo: 'T2' }), demandPoint('0003', '150', '10', { transformerNo: 'T2' })];
    // 300 + max(200, 150) = 500
    expect(measured(points, { transformers })).toEqual({ account: '20000.00' });
  });

  it('are added, or never added, where the region says so; circuits are added in any case', () => {
    const points = [demandPoint('0001', '300', '10'), demandPoint('0002', '200', '10')];
    expect(measured(points, { policies: { demandWithinCircuit: 'sum', loadRateDiscountFrom: null } })).toEqual({ account: '20000.00' });
    const supplyCircuits = [{ supplyCircuitNo: 'A' }, { supplyCircuitNo: 'B' }];
    const onCircuits = [demandPoint('0001', '300', '10', { supplyCircuitNo: 'A' }), demandPoint('0002', '200', '10', { supplyCircuitNo: 'A' }), demandPoint('0003', '100', '10', { supplyCircuitNo: 'B' })];
    expect(measured(onCircuits, { supplyCircuits })).toEqual({ A: '12000.00', B: '4000.00' });
  });
});

describe('sharing of the basic charge over categories', () => {
  const usagePoints = [statedPoint({ total: '1000' }), statedPoint({ total: '500' }, { usagePointNo: '0002', category: 'non-residential', planId: 'offices' })];
  const shared = (basicChargeShare: 'none' | 'by-energy' | 'by-energy-charge') =>
    computeBill(documentOf(twoPart, { account: { chargeMethod: 'capacity', approvedCapacityKva: '100', category: 'large-industrial' }, usagePoints, policies: { basicChargeShare } }));

  it('goes by energy: a line for each category, the parts add up', () => {
    // 1500.00 × 1000/1500 and × 500/1500
    expect(amounts(shared('by-energy'), 'capacity-charge')).toEqual({ 'approved-capacity:large-industrial': '1000.00', 'approved-capacity:non-residential': '500.00' });
  });

  it('goes by the amount of the energy charge', () => {
    // energy charges 1000 × 0.5 = 500 and 500 × 1 = 500: half each
    expect(amounts(shared('by-energy-charge'), 'capacity-charge')).toEqual({ 'approved-capacity:large-industrial': '750.00', 'approved-capacity:non-residential': '750.00' });
    expect(shared('by-energy-charge').totals.totalAmount).toBe(shared('none').totals.totalAmount);
  });

  it('keeps the power-factor base as it was, and loses no fen on thirds', () => {
    const thirds = [statedPoint({ total: '1' }, { statedEnergy: { activeKwh: { total: '1' }, reactiveForwardKvarh: '1' } }), statedPoint({ total: '1' }, { usagePointNo: '0002', category: 'non-residential' }), statedPoint({ total: '1' }, { usagePointNo: '0003', category: 'street-lighting' })];
    const bill = (basicChargeShare: 'none' | 'by-energy') => computeBill(documentOf(tariffOf([plainPlan('0.5', { parts: 'two-part', basicPrices: [{ voltages: ['1-10kv'], capacityPricePerKvaMonth: '1' }] })]), { account: { chargeMethod: 'capacity', approvedCapacityKva: '100', powerFactorStandard: '0.90' }, usagePoints: thirds, policies: { basicChargeShare } }));
    // 100.00 → 33.34 + 33.33 + 33.33
    expect(Object.values(amounts(bill('by-energy'), 'capacity-charge'))).toEqual(['33.34', '33.33', '33.33']);
    expect(figure(bill('by-energy'), 'power-factor-base:0.90')).toBe(figure(bill('none'), 'power-factor-base:0.90'));
  });
});

describe('rules by date', () => {
  const charge = (states: DocumentTransformer['states'], more: object = {}) =>
    amounts(computeBill(documentOf(twoPart, { account: { chargeMethod: 'capacity' }, transformers: [own('T1', '1000', states)], ...more })), 'capacity-charge')['T1'] ?? '0.00';
  const sealed = (from: string, to: string, cut: string): DocumentTransformer['states'] => [{ from, to: cut, state: 'running' }, { from: cut, to, state: 'suspended' }];

  it('a suspended transformer pays half before 2016 and nothing since', () => {
    const month = (from: string, to: string, cut: string) => {
      const period = { from, to };
      return charge(sealed(from, to, cut), { period, billingMonth: from.slice(0, 7), terms: [termsOf({ ...period, chargeMethod: 'capacity' })] });
    };
    // 1000 × 15 × (10 + 20 × 0.5)/30; 1000 × 15 × 10/30
    expect([month('2015-06-01', '2015-07-01', '2015-06-11'), month('2016-06-01', '2016-07-01', '2016-06-11')]).toEqual(['10000.00', '5000.00']);
  });

  it('days count by thirtieths before June 2024 and by the calendar since, where the region goes by date', () => {
    const may = (year: string) => {
      const period = { from: `${year}-05-01`, to: `${year}-06-01` };
      return charge(sealed(period.from, period.to, `${year}-05-17`), { period, billingMonth: `${year}-05`, terms: [termsOf({ ...period, chargeMethod: 'capacity' })], policies: { capacityDayRule: 'by-date' } });
    };
    // 15000 × 16/30 = 8000; 15000 × 16/31 = 7741.935…
    expect([may('2024'), may('2025')]).toEqual(['8000.00', '7741.94']);
  });

  it('says which parts a capacity may have', () => {
    const parts = (kva: string, day: string) => allowedParts(dec(kva), day).join('+');
    expect([parts('314.99', '2023-05-31'), parts('315', '2023-05-31')]).toEqual(['single-part', 'two-part']);
    expect([parts('100', '2023-06-01'), parts('100.01', '2023-06-01'), parts('314.99', '2023-06-01'), parts('315', '2023-06-01')]).toEqual(['single-part', 'single-part+two-part', 'single-part+two-part', 'two-part']);
    expect(allowedParts(dec('1'), '2026-01-01', 'free')).toEqual(['single-part', 'two-part']);
  });

  it('tells of parts that do not fit the capacity, and of time-of-use prices that are compulsory from 100 kVA', () => {
    const codes = (approvedCapacityKva: string, timeOfUse: boolean) => {
      const tariff = tariffOf([timeOfUse ? timeOfUsePlan('1', '0.6', '0.3') : plainPlan('0.5')]);
      const usagePoints = [statedPoint(timeOfUse ? { peak: '1', flat: '1', valley: '1' } : { total: '1' })];
      return computeBill(documentOf(tariff, { account: { approvedCapacityKva }, usagePoints })).findings.map((finding) => finding.code);
    };
    expect([codes('99', false), codes('100', false), codes('200', true), codes('315', true)]).toEqual([[], ['BILL.TIME_OF_USE_COMPULSORY'], [], ['BILL.PLAN_DOES_NOT_FIT_CAPACITY']]);
  });

  it.each([['2018-04-30', '117.00', '17', '100.00'], ['2018-05-01', '116.00', '16', '100.00'], ['2019-04-01', '113.00', '13', '100.00']])('on %s the tax contained in %s is %s %%', (lastDay, gross, rate, net) => {
    const tariff = tariffOf([plainPlan((Number(gross) / 100).toFixed(2))], { taxRatePercent: '17', laterTaxRates: [{ from: '2018-05-01', ratePercent: '16' }, { from: '2019-04-01', ratePercent: '13' }] });
    const period = { from: `${lastDay.slice(0, 7)}-01`, to: lastDay.endsWith('-30') ? '2018-05-01' : `${lastDay.slice(0, 7)}-02` };
    const { totals } = computeBill(documentOf(tariff, { period, billingMonth: lastDay.slice(0, 7), terms: [termsOf(period)] }));
    expect([totals.totalAmount, totals.netAmount, totals.taxRatePercent]).toEqual([gross, net, rate]);
    expect(dec(totals.netAmount).plus(totals.taxAmount).equals(gross)).toBe(true);
  });
});

describe('suspensions', () => {
  const charge = (suspendedUntil?: string) => {
    const sealed = { from: '2026-06-21', to: JUNE.to, state: 'suspended' as const };
    const states = [{ from: JUNE.from, to: '2026-06-21', state: 'running' as const }, suspendedUntil === undefined ? sealed : { ...sealed, suspendedUntil }];
    return amounts(computeBill(documentOf(twoPart, { account: { chargeMethod: 'capacity' }, transformers: [own('T1', '1000', states)] })), 'capacity-charge')['T1'];
  };

  it('that are still open count as long enough; with a known end the days decide', () => {
    // 1000 × 15 × 20/30 = 10000; ended after 14 days: charged in full; after 15 days: free
    expect([charge(), charge('2026-07-05'), charge('2026-07-06'), charge('2026-07-01')]).toEqual(['10000.00', '15000.00', '10000.00', '15000.00']);
  });
});

describe('prices by factors', () => {
  const plan: TariffPlan = { ...timeOfUsePlan('1', '1', '1'), prices: [{ voltages: ['1-10kv'], prices: { energy: { total: '0.4567' } } }], factors: { byPeriod: { peak: '1.58', flat: '1', valley: '0.37' } } };
  const price = (policies = {}) => computeBill(documentOf(tariffOf([plan]), { usagePoints: [statedPoint({ peak: '1', flat: '1', valley: '1' })], policies })).lines.map((line) => line.price);

  it('have four decimals at each step unless the region leaves them unrounded', () => {
    // 0.4567 × 1.58 = 0.721586; × 0.37 = 0.168979
    expect(price()).toEqual(['0.7216', '0.4567', '0.169']);
    expect(price({ periodPriceDecimals: null })).toEqual(['0.721586', '0.4567', '0.168979']);
  });
});

describe('the month that crosses a limit, in a cycle that is cut', () => {
  const prices = (peak: string, flat: string, valley: string) => [{ voltages: ['1-10kv' as const], pricePerKwh: { peak, flat, valley } }];
  const steps = [{ upToKwh: '3120', incrementPerKwh: '0', prices: prices('0.6', '0.5', '0.3') }, { upToKwh: '4800', incrementPerKwh: '0.05', prices: prices('0.65', '0.55', '0.33') }, { upToKwh: null, incrementPerKwh: '0.30', prices: prices('0.9', '0.8', '0.6') }];
  const blocks = { period: 'year' as const, method: 'per-block-price' as const, crossingMonth: 'uniform-increment' as const, scales: [{ blocks: steps }] };
  const plan = timeOfUsePlan('1', '1', '1', { category: 'residential', prices: [], blocks });
  const version = (from: string, validTo: string | null) => tariffOf([plan], { validFrom: from, validTo, version: from });
  const bill = (used: string) =>
    computeBill(documentOf([version('2000-01-01', '2026-06-16'), version('2026-06-16', null)], { account: { planId: 'time-of-use', category: 'residential' }, usagePoints: [statedPoint({ peak: '200', flat: '0', valley: '100' })], blocks: { usedBeforeKwh: used, year: '2026' } }));

  it('is decided on the whole bill: both halves at block 1, the increment on what lies above the limit', () => {
    // 3000 + 300 = 3300 crosses 3120. First half: 100 peak, 50 valley up to 3150, 30 above; second half 150 above
    expect(amounts(bill('3000'), 'energy-charge')).toEqual({ 'block-1:peak:1': '60.00', 'block-1:valley:1': '15.00', 'block-1:peak:2': '60.00', 'block-1:valley:2': '15.00' });
    expect(amounts(bill('3000'), 'block-charge')).toEqual({ 'block-2:1': '1.50', 'block-2:2': '7.50' });
    // 2900: the first half alone (to 3050) does not cross, the bill (to 3200) does: 80 above
    expect(amounts(bill('2900'), 'block-charge')).toEqual({ 'block-2:2': '4.00' });
    // 3121: the month after
    expect(amounts(bill('3121'), 'energy-charge')).toEqual({ 'block-2:peak:1': '65.00', 'block-2:valley:1': '16.50', 'block-2:peak:2': '65.00', 'block-2:valley:2': '16.50' });
  });
});

describe('energy by agreement', () => {
  const tariff = tariffOf([plainPlan('0.5')]);
  const agreed = (from: string, to: string, more: Partial<DocumentUsagePoint> = {}) => {
    const { statedEnergy: _none, ...base } = statedPoint({ total: '0' });
    const usagePoints = [{ ...base, kind: 'fixed-quantity' as const, fixedQuantityKwh: '100', ...more }];
    return computeBill(documentOf(tariff, { period: { from, to }, terms: [termsOf({ from, to })], billingMonth: from.slice(0, 7), usagePoints })).lines[0]?.quantity;
  };

  it('is a month’s quantity: × months of a longer cycle, × days ÷ 30 for part of one', () => {
    expect([agreed('2026-06-01', '2026-07-01'), agreed('2026-05-01', '2026-07-01'), agreed('2026-06-20', '2026-07-01'), agreed('2026-06-03', '2026-07-04')]).toEqual(['100', '200', '37', '100']);
  });

  it('can be adjusted by hand', () => {
    const adjustments = [{ adjustmentId: 'A', stage: 'before-losses' as const, standing: true, reason: 'lamps added', activeKwh: { total: '20' } }];
    expect(agreed('2026-06-01', '2026-07-01', { adjustments })).toBe('120');
  });
});

describe('agreed losses', () => {
  const tariff = tariffOf([plainPlan('0.5')]);
  const low = (usagePointNo: string, total: string, more: Partial<DocumentUsagePoint> = {}) => statedPoint({ total }, { usagePointNo, meteringMode: 'high-low', transformerNo: 'T1', ...more });

  it('are shared in agreed parts, or by the capacity behind each point', () => {
    const transformers = [{ ...own('T1', '400'), loss: { method: 'given' as const, activeLossKwh: '100' } }];
    const usagePoints = [low('0001', '1000', { lossShare: '75' }), low('0002', '1000', { lossShare: '25' })];
    const shared = (lossShareOverPoints: 'fixed' | 'by-capacity' | 'by-energy') => computeBill(documentOf(tariff, { transformers, usagePoints, policies: { lossShareOverPoints } })).lines.map((line) => line.quantity);
    expect([shared('fixed'), shared('by-capacity'), shared('by-energy')]).toEqual([['1075', '1025'], ['1075', '1025'], ['1050', '1050']]);
  });

  it('take 2 % of copper loss, 3 % above a load rate of 40 %, where nothing else is agreed', () => {
    const loss = { method: 'simplified' as const, noLoadLossKw: '0.5' };
    const billed = (total: string) => computeBill(documentOf(tariff, { transformers: [{ ...own('T1', '100'), loss }], usagePoints: [low('0001', total)] })).lines[0]?.quantity;
    // 100 kVA × 720 h × 40 % = 28800: iron 360 + 576; one kWh more: 360 + 864.03
    expect([billed('28800'), billed('28801')]).toEqual(['29736', '30025']);
  });

  it('count day by day in a cycle longer than a month', () => {
    const period = { from: '2026-05-01', to: '2026-06-15' };
    const transformers = [{ ...own('T1', '100', [{ ...period, state: 'running' }]), loss: { method: 'fixed' as const, monthlyActiveLossKwh: '300' } }];
    const bill = computeBill(documentOf(tariff, { period, terms: [termsOf(period)], transformers, usagePoints: [low('0001', '1000')] }));
    // 300 × 45/30 = 450
    expect(bill.lines[0]?.quantity).toBe('1450');
  });
});

describe('the free energy of a low-income household', () => {
  it('is taken period after period until it is used up', () => {
    const plan = timeOfUsePlan('0.6', '0.5', '0.3', { category: 'residential', blocks: { period: 'month', method: 'base-plus-increment', crossingMonth: 'none', lowIncomeFreeKwhPerMonth: '15', scales: [{ blocks: [{ upToKwh: null, incrementPerKwh: '0' }] }] } });
    const bill = computeBill(documentOf(tariffOf([plan]), { usagePoints: [statedPoint({ peak: '5', flat: '100', valley: '40' })], blocks: { usedBeforeKwh: '0', lowIncome: true } }));
    // 5 × 0.6 + 10 × 0.5
    expect(amounts(bill, 'block-charge')).toEqual({ 'free-allowance:peak': '-3.00', 'free-allowance:flat': '-5.00' });
  });
});

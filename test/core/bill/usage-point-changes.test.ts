import { type CalculationDocument, computeBill, type DocumentTransformer, type DocumentUsagePoint } from '../../../src/core/bill';
import { amounts, dial, documentOf, figure, JUNE, meter, plainPlan, point, refusal, statedPoint, tariffOf, termsOf, timeOfUsePlan } from '../../builders/bill-documents';

const tariff = tariffOf([plainPlan('0.5'), plainPlan('0.9', { planId: 'other' }), timeOfUsePlan('1.0', '0.6', '0.3')]);
const lines = (document: CalculationDocument): (string | number | undefined)[][] =>
  computeBill(document).lines.map(({ usagePointNo, segment, pricePeriod, quantity, amount }) => [usagePointNo, segment, pricePeriod, quantity, amount]);

describe('a usage point whose price changes inside the cycle', () => {
  const changed = (more: Partial<DocumentUsagePoint>): DocumentUsagePoint => statedPoint({ total: '100' }, { changes: [{ from: '2026-06-11', planId: 'other' }], ...more });

  it('is billed by the days of each price where no reading tells more', () => {
    // 100 × 10/30 = 33 at 0.5, the rest 67 at 0.9
    expect(lines(documentOf(tariff, { usagePoints: [changed({})] }))).toEqual([['0001', 1, 'total', '33', '16.50'], ['0001', 2, 'total', '67', '60.30']]);
  });

  it('is billed by the reading of that day where there is one', () => {
    const register = { register: 'total' as const, readings: [{ on: '2026-06-01', reading: '0' }, { on: '2026-06-11', reading: '80' }, { on: '2026-07-01', reading: '100' }] };
    const usagePoints = [point({ meters: [meter([register])], changes: [{ from: '2026-06-11', planId: 'other' }] })];
    expect(lines(documentOf(tariff, { usagePoints }))).toEqual([['0001', 1, 'total', '80', '40.00'], ['0001', 2, 'total', '20', '18.00']]);
  });

  it('leaves the price of the other points as it is', () => {
    const usagePoints = [changed({}), statedPoint({ total: '90' }, { usagePointNo: '0002' })];
    expect(lines(documentOf(tariff, { usagePoints })).filter(([no]) => no === '0002')).toEqual([['0002', 1, 'total', '30', '15.00'], ['0002', 2, 'total', '60', '30.00']]);
  });

  it('goes back to the price of the account where the change names none', () => {
    const usagePoints = [statedPoint({ total: '100' }, { planId: 'other', changes: [{ from: '2026-06-11' }] })];
    expect(lines(documentOf(tariff, { usagePoints })).map((line) => line[4])).toEqual(['29.70', '33.50']);
  });

  it('is not cut where the change says what holds anyway', () => {
    const usagePoints = [statedPoint({ total: '100' }, { changes: [{ from: '2026-06-11', planId: 'plain' }] }), statedPoint({ total: '1' }, { usagePointNo: '0002', changes: [{ from: '2026-06-21' }] })];
    const days = computeBill(documentOf(tariff, { usagePoints })).segments.map(({ from, to }) => [from, to]);
    expect(days).toEqual([['2026-06-01', '2026-06-11'], ['2026-06-11', '2026-07-01']]);
  });

  it('bears the levies of its category on the days of each', () => {
    const levied = tariffOf([plainPlan('0.5')], {
      surcharges: [{ name: 'urban', title: { zh: 'u', en: 'u' }, pricePerKwh: '0.01', placement: 'on-top', kind: 'surcharge', energyBase: { of: 'categories', categories: ['non-residential'] } }],
    });
    const usagePoints = [statedPoint({ total: '300' }, { category: 'residential', changes: [{ from: '2026-06-16', category: 'non-residential' }] })];
    // 300 × 15/30 = 150 kWh × 0.01
    expect(amounts(computeBill(documentOf(levied, { usagePoints })), 'surcharge')).toEqual({ 'urban:2': '1.50' });
  });
});

describe('an agreed quantity that changes inside the cycle', () => {
  it('counts with the days of each agreement', () => {
    // (300 × 15 + 600 × 15) ÷ 30 = 450: 150 before, 300 after
    const usagePoints = [point({ kind: 'fixed-quantity', fixedQuantityKwh: '300', changes: [{ from: '2026-06-16', fixedQuantityKwh: '600', planId: 'other' }] })];
    expect(lines(documentOf(tariff, { usagePoints }))).toEqual([['0001', 1, 'total', '150', '75.00'], ['0001', 2, 'total', '300', '270.00']]);
  });

  it('is taken off the main meter as a mean share over the days', () => {
    // 10 % on 15 days, 20 % on 15 days: 15 % of 1000
    const share = point({ usagePointNo: '0002', kind: 'fixed-ratio', fixedRatioPercent: '10', parents: ['0001'], planId: 'other', changes: [{ from: '2026-06-16', fixedRatioPercent: '20', planId: 'other' }] });
    const bill = computeBill(documentOf(tariff, { usagePoints: [statedPoint({ total: '1000' }), share] }));
    expect(bill.lines.map(({ usagePointNo, quantity }) => [usagePointNo, quantity])).toEqual([['0001', '425'], ['0002', '50'], ['0001', '425'], ['0002', '100']]);
  });

  it('of another account cuts nothing here', () => {
    const share = point({ usagePointNo: '0002', role: 'deduction', kind: 'fixed-quantity', fixedQuantityKwh: '300', parents: ['0001'], changes: [{ from: '2026-06-16', fixedQuantityKwh: '600' }] });
    expect(lines(documentOf(tariff, { usagePoints: [statedPoint({ total: '1000' }), share] }))).toEqual([['0001', undefined, 'total', '550', '275.00']]);
  });
});

describe('a usage point that is metered in another way from a day on', () => {
  const before = { usagePointNo: '0001', from: JUNE.from, to: '2026-06-16' };
  const after = { usagePointNo: '0001', from: '2026-06-16', to: JUNE.to };
  const plain = point({ usagePointNo: '0001@2026-06-01', partOf: before, meters: [meter([dial('total', '0', '90', { on: [before.from, before.to] })], { meterNo: 'OLD' })] });
  const periods = [dial('total', '0', '60', { on: [after.from, after.to] }), dial('peak', '0', '30', { on: [after.from, after.to] }), dial('valley', '0', '10', { on: [after.from, after.to] })];
  const byPeriods = point({ usagePointNo: '0001@2026-06-16', partOf: after, timeOfUse: true, meters: [meter(periods, { meterNo: 'NEW' })] });

  it('is billed plainly on the days before and by periods on those after', () => {
    // 90 × 0.5; peak 30 × 1.0, flat 60 − 30 − 10 = 20 × 0.6, valley 10 × 0.3
    const terms = [termsOf({ to: '2026-06-16' }), termsOf({ from: '2026-06-16', planId: 'time-of-use' })];
    const expected = [
      ['0001@2026-06-01', 1, 'total', '90', '45.00'],
      ['0001@2026-06-16', 2, 'peak', '30', '30.00'],
      ['0001@2026-06-16', 2, 'flat', '20', '12.00'],
      ['0001@2026-06-16', 2, 'valley', '10', '3.00'],
    ];
    expect(lines(documentOf(tariff, { terms, usagePoints: [plain, byPeriods] }))).toEqual(expected);
    expect(lines(documentOf(tariff, { terms, usagePoints: [byPeriods, plain] }))).toEqual(expected);
  });

  it('gives a part the days of its own only, also where the price changes on another day', () => {
    // Part one in one segment: 90 kWh. Part two, 60 kWh over 15 days of which 5 at the old price: 20 and 40.
    const terms = [termsOf({ to: '2026-06-21' }), termsOf({ from: '2026-06-21', planId: 'other' })];
    const second = point({ usagePointNo: '0001@2026-06-16', partOf: after, meters: [meter([dial('total', '0', '60', { on: [after.from, after.to] })], { meterNo: 'NEW' })] });
    expect(lines(documentOf(tariff, { terms, usagePoints: [plain, second] })).map(([no, segment, , quantity]) => [no, segment, quantity])).toEqual([
      ['0001@2026-06-01', 1, '90'],
      ['0001@2026-06-16', 1, '20'],
      ['0001@2026-06-16', 2, '40'],
    ]);
  });

  it('bears the loss of each transformer for the days behind it', () => {
    // Agreed 300 kWh a month behind T1 and 600 behind T2: 15 days of each, 150 and 300
    const transformers = [['T1', '300'], ['T2', '600']].map(([transformerNo = '', monthlyActiveLossKwh = '']): DocumentTransformer => ({
      transformerNo, ownership: 'own', capacityKva: '100', loss: { method: 'fixed', monthlyActiveLossKwh }, states: [{ ...JUNE, state: 'running' }],
    })); // prettier-ignore
    const behind = (transformerNo: string, part: DocumentUsagePoint): DocumentUsagePoint => ({ ...part, transformerNo, timeOfUse: false, meteringMode: 'high-low' });
    const bill = computeBill(documentOf(tariff, { transformers, usagePoints: [behind('T1', plain), behind('T2', byPeriods)] }));
    expect([figure(bill, 'transformer:T1:active-loss'), figure(bill, 'transformer:T2:active-loss')]).toEqual(['150', '300']);
    expect(bill.lines.map(({ quantity }) => quantity)).toEqual(['240', '360']);
  });

  it('has the highest demand of its parts', () => {
    const twoPart = tariffOf([plainPlan('0.5', { parts: 'two-part', basicPrices: [{ voltages: ['1-10kv'], capacityPricePerKvaMonth: '28', demandPricePerKwMonth: '40' }] })]);
    const demand = (reading: string, on: string) => ({ register: 'maximum-demand' as const, readings: [{ on, reading }] });
    const one: DocumentUsagePoint = { ...plain, meters: [meter([dial('total', '0', '90', { on: [before.from, before.to] }), demand('70', before.to)], { meterNo: 'OLD' })] };
    const two = point({ usagePointNo: '0001@2026-06-16', partOf: after, meters: [meter([dial('total', '0', '60', { on: [after.from, after.to] }), demand('50', after.to)], { meterNo: 'NEW' })] });
    const bill = computeBill(documentOf(twoPart, { account: { chargeMethod: 'actual-demand' }, policies: { demandWithinCircuit: 'sum' }, usagePoints: [one, two] }));
    expect(amounts(bill, 'demand-charge')).toEqual({ account: '2800.00' });
  });
});

describe('changes that cannot be', () => {
  const change = (more: Partial<DocumentUsagePoint>): CalculationDocument => documentOf(tariff, { usagePoints: [statedPoint({ total: '100' }, more)] });
  const part = (from: string, to: string, no = from): DocumentUsagePoint => statedPoint({ total: '1' }, { usagePointNo: `0001@${no}`, partOf: { usagePointNo: '0001', from, to } });

  it.each([
    ['on the first day', change({ changes: [{ from: '2026-06-01' }] }), 'DOCUMENT.CHANGE_DAYS'],
    ['after the period', change({ changes: [{ from: '2026-07-01' }] }), 'DOCUMENT.CHANGE_DAYS'],
    ['out of order', change({ changes: [{ from: '2026-06-11' }, { from: '2026-06-11' }] }), 'DOCUMENT.CHANGE_DAYS'],
    ['on a day that does not exist', change({ changes: [{ from: '2026-06-31' }] }), 'DOCUMENT.DATE'],
    ['to no agreed quantity', change({ kind: 'fixed-quantity', statedEnergy: undefined as never, fixedQuantityKwh: '1', changes: [{ from: '2026-06-11' }] }), 'DOCUMENT.ENERGY_SOURCE'],
    ['in parts that share a day', documentOf(tariff, { usagePoints: [part('2026-06-01', '2026-06-17'), part('2026-06-16', '2026-07-01')] }), 'DOCUMENT.CHANGE_DAYS'],
    ['in a part beyond the period', documentOf(tariff, { usagePoints: [part('2026-06-16', '2026-07-02')] }), 'DOCUMENT.CHANGE_DAYS'],
    ['in a part below a main meter', documentOf(tariff, { usagePoints: [statedPoint({ total: '9' }), { ...part('2026-06-01', '2026-06-16'), parents: ['0001'] }] }), 'DOCUMENT.PART_OF_POINT'],
    ['in a part that is a main meter', documentOf(tariff, { usagePoints: [part('2026-06-01', '2026-06-16'), statedPoint({ total: '1' }, { usagePointNo: '0002', parents: ['0001@2026-06-01'] })] }), 'DOCUMENT.PART_OF_POINT'],
  ])('%s are refused by name', (_, document, code) => {
    expect(refusal(document)).toBe(code);
  });
});

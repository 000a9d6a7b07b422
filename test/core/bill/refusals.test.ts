import { CalculationDocument, computeBill, DocumentUsagePoint } from '../../../src/core/bill';
import { TariffDocument } from '../../../src/core/tariff';
import { dial, documentOf, hashOf, JUNE, meter, plainPlan, point, statedPoint, tariffOf, termsOf, timeOfUsePlan } from '../../builders/bill-documents';
import { refusal } from '../../builders/refusal';

const plain = tariffOf([plainPlan('0.5')]);
const timeOfUse = tariffOf([timeOfUsePlan('1', '0.6', '0.3')]);
const twoPart = tariffOf([plainPlan('0.5', { parts: 'two-part', basicPrices: [{ voltages: ['1-10kv'], capacityPricePerKvaMonth: '20', demandPricePerKwMonth: '30' }] })]);
const pricesWithout = (basic: object): TariffDocument => tariffOf([plainPlan('0.5', { parts: 'two-part', basicPrices: [{ voltages: ['1-10kv'], ...basic }] })]);
const stated = (more: Partial<DocumentUsagePoint> = {}): DocumentUsagePoint => statedPoint({ total: '100' }, more);
const transformer = (transformerNo: string, more: object = {}): NonNullable<CalculationDocument['transformers']>[number] => ({ transformerNo, ownership: 'own', capacityKva: '100', states: [{ ...JUNE, state: 'running' }], ...more });
const readings = (...pairs: [string, string][]): { on: string; reading: string }[] => pairs.map(([on, reading]) => ({ on, reading }));
const total = (...pairs: [string, string][]): { register: 'total'; readings: { on: string; reading: string }[] } => ({ register: 'total', readings: readings(...pairs) });
const metered = (register: ReturnType<typeof dial>, more: Partial<DocumentUsagePoint> = {}): DocumentUsagePoint => point({ meters: [meter([register])], ...more });
const terms = (...spans: [string, string][]): { terms: ReturnType<typeof termsOf>[] } => ({ terms: spans.map(([from, to]) => termsOf({ from, to })) });
const at = (path: string, change: object, code: string, params: Record<string, string>): [CalculationDocument, string, string, Record<string, string>] => [documentOf(plain, change), code, path, params];

type Case = [string, CalculationDocument, string, string, Record<string, string>];

describe('a document that contradicts itself is refused with place and figures', () => {
  it.each<Case>([
    ['a first day that is none', ...at('/period/from', { period: { from: '2026-06-31', to: '2026-07-01' } }, 'DOCUMENT.DATE', { date: '2026-06-31' })],
    ['an end that is no day', ...at('/period/to', { period: { from: '2026-06-01', to: '2026-06-31' } }, 'DOCUMENT.DATE', { date: '2026-06-31' })],
    ['no day at all', ...at('/period', { period: { from: '2026-06-01', to: '2026-06-01' } }, 'DOCUMENT.PERIOD_EMPTY', { from: '2026-06-01', to: '2026-06-01' })],
    // 2025-05-26 to 2026-07-01: 219 days to the year's end and 181 after it, one of them not counted
    ['401 days', ...at('/period', { period: { from: '2025-05-26', to: '2026-07-01' } }, 'DOCUMENT.PERIOD_TOO_LONG', { days: '401', allowed: '400' })],
    ['terms on no day', ...at('/terms/1', terms(['2026-06-01', '2026-06-16'], ['2026-06-16', '2026-06-31']), 'DOCUMENT.DATE', { from: '2026-06-16', to: '2026-06-31' })],
    ['terms from no day', ...at('/terms/0', terms(['2026-06-00', '2026-07-01']), 'DOCUMENT.DATE', { from: '2026-06-00', to: '2026-07-01' })],
    ['terms before the period', ...at('/terms/0', terms(['2026-05-31', '2026-07-01']), 'DOCUMENT.TERMS_OUTSIDE_PERIOD', { from: '2026-05-31', to: '2026-07-01' })],
    ['terms after the period', ...at('/terms/0', terms(['2026-06-01', '2026-07-02']), 'DOCUMENT.TERMS_OUTSIDE_PERIOD', { from: '2026-06-01', to: '2026-07-02' })],
    ['terms of no day', ...at('/terms/1', terms(['2026-06-01', '2026-07-01'], ['2026-06-16', '2026-06-16']), 'DOCUMENT.TERMS_OUTSIDE_PERIOD', { from: '2026-06-16', to: '2026-06-16' })],
    ['a day between the terms', ...at('/terms/0', terms(['2026-06-17', '2026-07-01'], ['2026-06-01', '2026-06-16']), 'DOCUMENT.TERMS_GAP', { expected: '2026-06-16', from: '2026-06-17' })],
    ['terms that overlap', ...at('/terms/1', terms(['2026-06-01', '2026-06-16'], ['2026-06-15', '2026-07-01']), 'DOCUMENT.TERMS_OVERLAP', { expected: '2026-06-16', from: '2026-06-15' })],
    ['terms that end early', ...at('/terms', terms(['2026-06-01', '2026-06-30']), 'DOCUMENT.TERMS_GAP', { expected: '2026-07-01', from: '2026-06-30' })],
    ['a point twice', ...at('/usagePoints/1/usagePointNo', { usagePoints: [stated(), stated()] }, 'DOCUMENT.DUPLICATE', { name: '0001' })],
    ['a transformer twice', ...at('/transformers/1/transformerNo', { transformers: [transformer('T1'), transformer('T1')] }, 'DOCUMENT.DUPLICATE', { name: 'T1' })],
    ['a circuit twice', ...at('/supplyCircuits/1/supplyCircuitNo', { supplyCircuits: [{ supplyCircuitNo: 'C1' }, { supplyCircuitNo: 'C1' }] }, 'DOCUMENT.DUPLICATE', { name: 'C1' })],
    ['a dial twice', ...at('/usagePoints/0/meters/0/registers/1/register', { usagePoints: [point({ meters: [meter([dial('total', '0', '1'), dial('total', '0', '1')])] })] }, 'DOCUMENT.DUPLICATE', { name: 'total' })],
    ['one reading of a dial', ...at('/usagePoints/0/meters/0/registers/0/readings', { usagePoints: [metered(total(['2026-06-01', '1']))] }, 'METERING.READING_MISSING', { usagePointNo: '0001', meterNo: 'M1', register: 'total' })],
    ['a reading on no day', ...at('/usagePoints/0/meters/0/registers/0/readings', { usagePoints: [metered(total(['2026-06-01', '1'], ['2026-06-31', '2']))] }, 'DOCUMENT.DATE', { date: '2026-06-31' })],
    ['readings out of order', ...at('/usagePoints/0/meters/0/registers/0/readings', { usagePoints: [metered(total(['2026-07-01', '1'], ['2026-06-01', '2']))] }, 'DOCUMENT.READING_ORDER', { on: '2026-06-01', previous: '2026-07-01' })],
    ['a metered point without energy', ...at('/usagePoints/0', { usagePoints: [point()] }, 'DOCUMENT.ENERGY_SOURCE', { allowed: 'meters or statedEnergy, one of them' })],
    ['a metered point with empty hands', ...at('/usagePoints/0', { usagePoints: [point({ meters: [] })] }, 'DOCUMENT.ENERGY_SOURCE', { allowed: 'meters or statedEnergy, one of them' })],
    ['a metered point with two sources', ...at('/usagePoints/0', { usagePoints: [stated({ meters: [meter([dial('total', '0', '1')])] })] }, 'DOCUMENT.ENERGY_SOURCE', { allowed: 'meters or statedEnergy, one of them' })],
    ['an agreed point without a quantity', ...at('/usagePoints/0', { usagePoints: [point({ kind: 'fixed-quantity' })] }, 'DOCUMENT.ENERGY_SOURCE', { allowed: 'fixedQuantityKwh' })],
    ['a share without a percentage', ...at('/usagePoints/1', { usagePoints: [stated(), point({ usagePointNo: '0002', kind: 'fixed-ratio', parents: ['0001'] })] }, 'DOCUMENT.ENERGY_SOURCE', { allowed: 'fixedRatioPercent and parents' })],
    ['a share of nothing', ...at('/usagePoints/0', { usagePoints: [point({ kind: 'fixed-ratio', fixedRatioPercent: '10', parents: [] })] }, 'DOCUMENT.ENERGY_SOURCE', { allowed: 'fixedRatioPercent and parents' })],
    ['a frozen point without its energy', ...at('/usagePoints/0', { usagePoints: [point({ kind: 'frozen', role: 'deduction' })] }, 'DOCUMENT.ENERGY_SOURCE', { allowed: 'frozen' })],
    ['a parent that is not there', ...at('/usagePoints/0/parents', { usagePoints: [stated({ parents: ['0009'] })] }, 'DOCUMENT.UNKNOWN_REFERENCE', { name: '0009' })],
    ['a transformer that is not there', ...at('/usagePoints/0/transformerNo', { usagePoints: [stated({ transformerNo: 'T9' })] }, 'DOCUMENT.UNKNOWN_REFERENCE', { name: 'T9' })],
    ['a circuit that is not there', ...at('/usagePoints/0/supplyCircuitNo', { usagePoints: [stated({ supplyCircuitNo: 'C9' })] }, 'DOCUMENT.UNKNOWN_REFERENCE', { name: 'C9' })],
    ['a transformer on a circuit that is not there', ...at('/transformers/1/supplyCircuitNo', { transformers: [transformer('T1'), transformer('T2', { supplyCircuitNo: 'C9' })] }, 'DOCUMENT.UNKNOWN_REFERENCE', { name: 'C9' })],
    ['a bill for a circuit that is not there', ...at('/billedCircuitNo', { billedCircuitNo: 'C9' }, 'DOCUMENT.UNKNOWN_REFERENCE', { name: 'C9' })],
    ['states of no day', ...at('/transformers/0/states', { transformers: [transformer('T1', { states: [{ from: '2026-06-10', to: '2026-06-10', state: 'running' }] })] }, 'DOCUMENT.TRANSFORMER_STATES', { from: '2026-06-10', to: '2026-06-10' })],
    ['states from no day', ...at('/transformers/0/states', { transformers: [transformer('T1', { states: [{ from: '2026-05-32', to: '2026-06-10', state: 'running' }] })] }, 'DOCUMENT.TRANSFORMER_STATES', { from: '2026-05-32', to: '2026-06-10' })],
    ['states to no day', ...at('/transformers/0/states', { transformers: [transformer('T1', { states: [{ from: '2026-06-01', to: '2026-06-31', state: 'running' }] })] }, 'DOCUMENT.TRANSFORMER_STATES', { from: '2026-06-01', to: '2026-06-31' })],
    [
      'states that overlap, whatever their order',
      ...at('/transformers/0/states', { transformers: [transformer('T1', { states: [{ from: '2026-06-15', to: '2026-07-01', state: 'suspended' }, { from: '2026-06-01', to: '2026-06-16', state: 'running' }] })] }, 'DOCUMENT.TRANSFORMER_STATES', { from: '2026-06-15', to: '2026-07-01' }),
    ],
    ['a tariff that is nowhere', ...at('/tariffs/0', { tariffs: [{ hash: 'f'.repeat(64) }] }, 'TARIFF.NOT_FOUND', { hash: 'f'.repeat(64) })],
    ['a price book of which no version is in force', documentOf({ ...plain, validTo: '2026-06-30' }), 'TARIFF.NOT_IN_FORCE', '/tariffs', { priceBook: 'book', day: '2026-06-30' }],
    ['a price book that begins later', documentOf({ ...plain, validFrom: '2026-06-02' }), 'TARIFF.NOT_IN_FORCE', '/tariffs', { priceBook: 'book', day: '2026-06-01' }],
    ['another price book', documentOf(plain, { account: { priceBook: 'other' } }), 'TARIFF.NOT_IN_FORCE', '/tariffs', { priceBook: 'other', day: '2026-06-01' }],
  ])('%s', (_what, document, code, path, params) => {
    expect(() => computeBill(document)).toThrow(refusal(code, params, path));
  });

  it('but goes to the last day of four hundred, and takes what only looks odd', () => {
    const long = { from: '2025-05-27', to: '2026-07-01' };
    expect(computeBill(documentOf(plain, { period: long, terms: [termsOf(long)] })).totals.totalAmount).toBe('50.00');
    // two readings on one day, one reading of a demand dial, states that touch, a meter list that is empty beside stated energy
    const register = total(['2026-06-01', '0'], ['2026-06-01', '0'], ['2026-07-01', '10']);
    expect(computeBill(documentOf(plain, { usagePoints: [point({ meters: [meter([register, { register: 'maximum-demand', readings: readings(['2026-07-01', '3']) }])] })] })).totals.totalAmount).toBe('5.00');
    const states = [{ from: '2026-06-01', to: '2026-06-16', state: 'running' }, { from: '2026-06-16', to: '2026-07-01', state: 'suspended' }];
    expect(computeBill(documentOf(plain, { transformers: [transformer('T1', { states })], usagePoints: [stated({ meters: [] })] })).totals.totalAmount).toBe('50.00');
    expect(computeBill(documentOf([], { tariffs: [{ hash: hashOf(plain) }] }), new Map([[hashOf(plain), plain]])).totals.totalAmount).toBe('50.00');
  });
});

describe('a bill that cannot be computed is refused with place and figures', () => {
  const adjustment = { adjustmentId: 'A', stage: 'before-losses' as const, standing: false, reason: 'test' };
  const contract = { chargeMethod: 'contract-demand' as const };

  it.each<Case>([
    ['more energy than can be kept', ...at('/usagePoints/1', { usagePoints: [stated(), statedPoint({ total: '100000000000000.4' }, { usagePointNo: '0002' })] }, 'BILL.ENERGY_OUT_OF_RANGE', { usagePointNo: '0002', energyKwh: '100000000000000' })],
    ['more reactive energy than can be kept', ...at('/usagePoints/0', { usagePoints: [point({ statedEnergy: { activeKwh: { total: '1' }, reactiveForwardKvarh: '100000000000000' } })] }, 'BILL.ENERGY_OUT_OF_RANGE', { usagePointNo: '0001', energyKwh: '1' })],
    ['more money than can be kept', documentOf(tariffOf([plainPlan('999999')]), { usagePoints: [statedPoint({ total: '99999999999' })] }), 'BILL.AMOUNT_OUT_OF_RANGE', '', { total: '99999899999000001' }],
    ['a plain meter under a time-of-use plan', documentOf(timeOfUse), 'BILL.PLAIN_METER_ON_TIME_OF_USE_PLAN', '/usagePoints/0', { usagePointNo: '0001', planId: 'time-of-use' }],
    ['a time-of-use meter under a plain plan', ...at('/usagePoints/0', { usagePoints: [statedPoint({ peak: '1' })] }, 'BILL.TIME_OF_USE_METER_ON_PLAIN_PLAN', { usagePointNo: '0001', planId: 'plain' })],
    ['an adjustment in a period that the point does not have', ...at('/usagePoints/0/adjustments/1', { usagePoints: [stated({ adjustments: [{ ...adjustment, activeKwh: { total: '1' } }, { ...adjustment, activeKwh: { peak: '1' } }] })] }, 'USAGE.ADJUSTMENT_PERIOD', { usagePointNo: '0001', period: 'peak' })],
    ['an adjustment of the total where periods are read', documentOf(timeOfUse, { usagePoints: [statedPoint({ peak: '5' }, { adjustments: [{ ...adjustment, activeKwh: { total: '1' } }] })] }), 'USAGE.ADJUSTMENT_PERIOD', '/usagePoints/0/adjustments/0', { usagePointNo: '0001', period: 'total' }],
    ['an adjustment below zero', ...at('/usagePoints/0/adjustments/0', { usagePoints: [stated({ adjustments: [{ ...adjustment, activeKwh: { total: '-100.1' } }] })] }, 'USAGE.ADJUSTMENT_EXCEEDS_ENERGY', { usagePointNo: '0001', period: 'total', adjustment: '-100.1' })],
    ['energy in a period without a price', documentOf(timeOfUse, { usagePoints: [statedPoint({ peak: '5', sharp: '1.5' })] }), 'TARIFF.PRICE_MISSING', '/usagePoints/0', { planId: 'time-of-use', period: 'sharp', energyKwh: '1.5', season: 'all' }],
    ['capacity without any', documentOf(twoPart, { account: { chargeMethod: 'capacity' } }), 'BILL.CAPACITY_MISSING', '/terms', { allowed: 'own transformers or approvedCapacityKva' }],
    ['no price of capacity', documentOf(pricesWithout({ demandPricePerKwMonth: '30' }), { account: { chargeMethod: 'capacity', approvedCapacityKva: '100' } }), 'TARIFF.PRICE_MISSING', '/tariffs', { priceBook: 'book', version: '1', planId: 'plain', voltage: '1-10kv', item: 'capacity price' }],
    ['no price of demand', documentOf(pricesWithout({ capacityPricePerKvaMonth: '20' }), { account: { chargeMethod: 'actual-demand' } }), 'TARIFF.PRICE_MISSING', '/tariffs', { priceBook: 'book', version: '1', planId: 'plain', voltage: '1-10kv', item: 'demand price' }],
    ['no demand', documentOf(twoPart, { account: { chargeMethod: 'actual-demand' } }), 'BILL.DEMAND_MISSING', '/usagePoints', { circuit: '' }],
    ['no demand on a circuit', documentOf(twoPart, { supplyCircuits: [{ supplyCircuitNo: 'C1' }], account: { chargeMethod: 'actual-demand' } }), 'BILL.DEMAND_MISSING', '/usagePoints', { circuit: 'C1' }],
    ['no contract', documentOf(twoPart, { usagePoints: [point({ statedEnergy: { activeKwh: { total: '1' }, maximumDemandKw: '5' } })], account: contract }), 'BILL.CONTRACT_DEMAND_MISSING', '/terms', { circuit: 'account' }],
    [
      'a contract above the cap',
      documentOf(twoPart, { policies: { contractCapPercent: '90' }, usagePoints: [point({ statedEnergy: { activeKwh: { total: '1' }, maximumDemandKw: '5' } })], account: { ...contract, contractDemandKw: '91', approvedCapacityKva: '100' } }),
      'USAGE.CONTRACT_DEMAND_ABOVE_CAP', '/terms', { contract: '91', cap: '90' },
    ],
    ['no reactive energy for the power factor', documentOf(plain, { account: { powerFactorStandard: '0.90' } }), 'BILL.REACTIVE_MISSING', '/usagePoints', { powerFactorStandard: '0.90' }],
    ['a turn that the history does not bear out', documentOf(plain, { history: { dailyEnergyKwh: { '0001': '10' } }, usagePoints: [metered(dial('total', '99000', '0', { dialDigits: 5 }))] }), 'METERING.ROLLOVER_IMPLAUSIBLE', '/usagePoints/0/meters/0', { usagePointNo: '0001', register: 'total', meterNo: 'M1', energy: '1000', limit: '900' }],
    ['a turn of more than half the dial', ...at('/usagePoints/0/meters/0', { usagePoints: [metered(dial('total', '5', '4', { dialDigits: 1 }))] }, 'METERING.ROLLOVER_IMPLAUSIBLE', { usagePointNo: '0001', register: 'total', meterNo: 'M1', energy: '9', limit: '5' })],
    ['a turn where none is believed', ...at('/usagePoints/0/meters/0', { policies: { rolloverMaximumPerCycle: 0 }, usagePoints: [metered(dial('total', '9', '1', { dialDigits: 1 }))] }, 'METERING.ROLLOVER_IMPLAUSIBLE', { usagePointNo: '0001', register: 'total', meterNo: 'M1', energy: '2', limit: '5' })],
    [
      'two turns between three readings',
      ...at('/usagePoints/0/meters/0/registers/0', { usagePoints: [metered({ ...total(['2026-06-01', '8'], ['2026-06-10', '1'], ['2026-07-01', '0']), dialDigits: 1 })] }, 'METERING.ROLLOVER_TOO_OFTEN', { register: 'total', meterNo: 'M1' }),
    ],
  ])('%s', (_what, document, code, path, params) => {
    expect(() => computeBill(document)).toThrow(refusal(code, params, path));
  });

  it('energy of exactly ninety times ten to the twelfth is still kept, and a turn up to its limit is believed', () => {
    expect(computeBill(documentOf(plain, { usagePoints: [statedPoint({ total: '99999999999999' })] })).totals.totalAmount).toBe('49999999999999.50');
    const turned = (start: string, history: object): string => computeBill(documentOf(plain, { ...history, usagePoints: [metered(dial('total', start, '0', { dialDigits: 5 }))] })).lines[0]?.quantity ?? '';
    expect([turned('99100', { history: { dailyEnergyKwh: { '0001': '10' } } }), turned('50000', {})]).toEqual(['900', '50000']);
  });
});

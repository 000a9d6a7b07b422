import { CalculationDocument, computeBill, DocumentUsagePoint } from '../../../src/core/bill';
import { documentOf, JUNE, plainPlan, statedPoint, tariffOf, termsOf } from '../../builders/bill-documents';
import { shownFigures, shownFindings, shownLines } from '../../builders/shown-bill';

const basicPrices = [{ voltages: ['1-10kv' as const], capacityPricePerKvaMonth: '20', demandPricePerKwMonth: '30' }];
const twoPart = tariffOf([plainPlan('0.5', { category: 'large-industrial', parts: 'two-part', basicPrices })]);
const measured = (usagePointNo: string, maximumDemandKw: string | undefined, more: Partial<DocumentUsagePoint> = {}, kwh = '0'): DocumentUsagePoint =>
  statedPoint({ total: kwh }, { usagePointNo, statedEnergy: { activeKwh: { total: kwh }, ...(maximumDemandKw === undefined ? {} : { maximumDemandKw }) }, ...more });
const basic = (more: Parameters<typeof documentOf>[1]): string[] => shownLines(computeBill(documentOf(twoPart, more))).filter((line) => line.includes('-charge ') && !line.includes('energy-charge')).map((line) => line.split(' |')[0]?.replace(/^\d+ /, '') ?? '');
const states = (...pieces: [string, string, 'running' | 'suspended'][]) => pieces.map(([from, to, state]) => ({ from, to, state }));
const own = (transformerNo: string, capacityKva: string, pieces = states(['2026-06-01', '2026-07-01', 'running']), more: object = {}): NonNullable<CalculationDocument['transformers']>[number] => ({ transformerNo, ownership: 'own', capacityKva, states: pieces, ...more });
const TWO_CIRCUITS = [{ supplyCircuitNo: 'C2', contractDemandKw: '40', approvedCapacityKva: '150' }, { supplyCircuitNo: 'C1', contractDemandKw: '60', approvedCapacityKva: '100' }];
const POINTS = [measured('0001', '50', { supplyCircuitNo: 'C1' }), measured('0002', '70', { supplyCircuitNo: 'C2' })];

describe('demand of an account', () => {
  it('is that of its metered points, sub-meters and check meters apart, highest of one side and added over transformers', () => {
    const usagePoints = [measured('0001', '50', { transformerNo: 'T1' }), measured('0002', '45', { transformerNo: 'T1' }), measured('0003', '20', { transformerNo: 'T2' }), measured('0004', '90', { parents: ['0001'] }), measured('0005', '80', { role: 'check' }), measured('0006', undefined)];
    const transformers = [own('T1', '100'), own('T2', '50')];
    const demand = (demandWithinCircuit: 'parallel-transformers' | 'highest' | 'sum'): string[] => basic({ usagePoints, transformers, account: { chargeMethod: 'actual-demand' }, policies: { demandWithinCircuit } });
    expect(demand('parallel-transformers')).toEqual(['demand-charge account: 70 kW-month × 30 = 2100 → 2100.00']);
    expect(demand('highest')).toEqual(['demand-charge account: 50 kW-month × 30 = 1500 → 1500.00']);
    expect(demand('sum')).toEqual(['demand-charge account: 115 kW-month × 30 = 3450 → 3450.00']);
  });

  it('of two circuits is charged each on its own, or all against the joint contract', () => {
    const charge = (circuitDemand: 'each' | 'joint', account: object = {}, more: object = {}): string[] => basic({ usagePoints: POINTS, supplyCircuits: TWO_CIRCUITS, account: { chargeMethod: 'contract-demand', ...account }, policies: { circuitDemand }, ...more });
    // C1: 60 (40 % of 100 is less), C2: 60 for 40 % of 150, excess 70 − 63 = 7 at double
    expect(charge('each')).toEqual([
      'demand-charge C1: 60 kW-month × 30 = 1800 → 1800.00',
      'demand-charge C2: 60 kW-month × 30 = 1800 → 1800.00',
      'demand-charge C2:excess: 7 kW-month × 60 = 420 → 420.00',
    ]);
    // 60 + 40 = 100 contracted, 120 measured, 15 above 105
    expect(charge('joint')).toEqual(['demand-charge account: 100 kW-month × 30 = 3000 → 3000.00', 'demand-charge account:excess: 15 kW-month × 60 = 900 → 900.00']);
    expect(charge('joint', { contractDemandKw: '110', approvedCapacityKva: '300' })).toEqual(['demand-charge account: 120 kW-month × 30 = 3600 → 3600.00']);
    expect(charge('joint', {}, { billedCircuitNo: 'C2' })).toEqual(['demand-charge C2: 60 kW-month × 30 = 1800 → 1800.00', 'demand-charge C2:excess: 7 kW-month × 60 = 420 → 420.00']);
  });

  it('of the only circuit goes by the account’s contract where the circuit states none', () => {
    const account = { chargeMethod: 'contract-demand' as const, contractDemandKw: '45', approvedCapacityKva: '120' };
    const [, second] = TWO_CIRCUITS;
    expect(basic({ usagePoints: POINTS.slice(0, 1), supplyCircuits: [{ supplyCircuitNo: 'C1' }], account })).toEqual(['demand-charge C1: 48 kW-month × 30 = 1440 → 1440.00']);
    expect(basic({ usagePoints: POINTS.slice(0, 1), supplyCircuits: second === undefined ? [] : [second], account })).toEqual(['demand-charge C1: 60 kW-month × 30 = 1800 → 1800.00']);
  });

  it('is charged for part of a month by days, for the transformer that ran longest, and for a cycle of months once', () => {
    const transformers = [own('T1', '100', states(['2026-06-01', '2026-06-11', 'running'], ['2026-06-11', '2026-07-01', 'suspended'])), own('T2', '50', states(['2026-06-01', '2026-06-16', 'running'], ['2026-06-16', '2026-07-01', 'suspended']))];
    const account = { chargeMethod: 'actual-demand' as const };
    expect(basic({ usagePoints: [measured('0001', '60')], transformers, account })).toEqual(['demand-charge account: 30 kW-month × 30 = 900 → 900.00']);
    const part = { from: '2026-06-11', to: '2026-06-29' };
    // 18 ÷ 30 of 60 kW
    expect(basic({ usagePoints: [measured('0001', '60')], period: part, terms: [termsOf({ ...part, ...account })] })).toEqual(['demand-charge account: 36 kW-month × 30 = 1080 → 1080.00']);
    expect(basic({ usagePoints: [measured('0001', '0')], account })).toEqual([]);
  });

  it('is cheaper at a high load rate, by the energy of all points per kVA and month', () => {
    const at = (kwh: string, more: object = {}): [string[], string[]] => {
      const bill = computeBill(documentOf(twoPart, { usagePoints: [measured('0001', '60', {}, kwh), measured('0002', undefined, { role: 'check' }, '900')], account: { chargeMethod: 'actual-demand', approvedCapacityKva: '100' }, ...more }));
      return [bill.lines.filter((line) => line.group === 'demand-charge').map((line) => `${line.price} ${line.amount}`), shownFigures(bill).filter((each) => each.startsWith('load-rate'))];
    };
    expect(at('25999.9')).toEqual([['30 1800.00'], []]);
    expect(at('26000')).toEqual([['27 1620.00'], ['load-rate:1 = 90 percent | load-rate-discount | energyKwh 26000, capacityKva 100, threshold 260']]);
    expect(at('26000', { billingMonth: '2023-05' })[1]).toEqual([]);
    expect(at('26000', { billingMonth: '2023-06' })[1]).toHaveLength(1);
    expect(at('26000', { policies: { loadRateDiscountFrom: null } })[1]).toEqual([]);
    const two = { from: '2026-05-01', to: '2026-07-01' };
    const cycle = { period: two, terms: [termsOf({ ...two, chargeMethod: 'actual-demand', approvedCapacityKva: '100' })] };
    expect([at('51999', cycle)[1], at('52000', cycle)[1]]).toEqual([[], ['load-rate:1 = 90 percent | load-rate-discount | energyKwh 52000, capacityKva 100, threshold 260, months 2']]);
  });
});

describe('capacity of an account', () => {
  const account = { chargeMethod: 'capacity' as const };

  it('is its own transformers by number, or what is approved; public ones and those of other circuits are not', () => {
    const transformers = [own('T2', '50', undefined, { supplyCircuitNo: 'C2' }), own('T1', '100', undefined, { supplyCircuitNo: 'C1' }), own('T0', '900', undefined, { ownership: 'public' })];
    const more = { transformers, supplyCircuits: TWO_CIRCUITS, usagePoints: POINTS };
    expect(basic({ ...more, account })).toEqual(['capacity-charge T1: 100 kVA-month × 20 = 2000 → 2000.00', 'capacity-charge T2: 50 kVA-month × 20 = 1000 → 1000.00']);
    expect(basic({ ...more, account, billedCircuitNo: 'C2' })).toEqual(['capacity-charge T2: 50 kVA-month × 20 = 1000 → 1000.00']);
    expect(basic({ account: { ...account, approvedCapacityKva: '80' } })).toEqual(['capacity-charge approved-capacity: 80 kVA-month × 20 = 1600 → 1600.00']);
    expect(basic({ usagePoints: POINTS, supplyCircuits: TWO_CIRCUITS, billedCircuitNo: 'C1', account: { ...account, approvedCapacityKva: '250' } })).toEqual(['capacity-charge approved-capacity: 100 kVA-month × 20 = 2000 → 2000.00']);
  });

  it('over two months counts sixty days, and days by day where the cycle is no whole month', () => {
    const two = { from: '2026-05-01', to: '2026-07-01' };
    const cycle = (pieces: ReturnType<typeof states>, policies = {}): string[] => basic({ period: two, terms: [termsOf({ ...two, ...account })], transformers: [own('T1', '100', pieces)], policies });
    expect(cycle(states(['2026-05-01', '2026-07-01', 'running']))).toEqual(['capacity-charge T1: 200 kVA-month × 20 = 4000 → 4000.00']);
    // 31 days run, 30 suspended: 31/30 and half of 29/30
    expect(cycle(states(['2026-05-01', '2026-06-01', 'running'], ['2026-06-01', '2026-07-01', 'suspended']), { shareWhileSuspended: '0.5' })).toEqual(['capacity-charge T1: 151.6667 kVA-month × 20 = 3033.333333333333 → 3033.33']);
    // connected on 2 May: 30 run, 30 suspended, one not there: 30/30 and half of 30/30
    expect(cycle(states(['2026-05-02', '2026-06-01', 'running'], ['2026-06-01', '2026-07-01', 'suspended']), { shareWhileSuspended: '0.5' })).toEqual(['capacity-charge T1: 150 kVA-month × 20 = 3000 → 3000.00']);
    const part = { from: '2026-06-11', to: '2026-06-29' };
    // 12 run, 6 suspended of thirty
    expect(basic({ period: part, terms: [termsOf({ ...part, ...account })], transformers: [own('T1', '100', states(['2026-06-11', '2026-06-23', 'running'], ['2026-06-23', '2026-06-29', 'suspended']))], policies: { shareWhileSuspended: '0.5' } })).toEqual(['capacity-charge T1: 50 kVA-month × 20 = 1000 → 1000.00']);
  });

  it('charges a suspension in full that is too short, also where the cycle is cut', () => {
    const pieces = [{ from: '2026-06-01', to: '2026-06-21', state: 'running' as const }, { from: '2026-06-21', to: '2026-07-01', state: 'suspended' as const, suspendedUntil: '2026-07-05' }];
    const terms = [termsOf({ ...account, to: '2026-06-16' }), termsOf({ ...account, from: '2026-06-16', powerFactorStandard: '0.90', powerFactorExemption: 'school' })];
    expect(basic({ account, transformers: [own('T1', '100', pieces)] })).toEqual(['capacity-charge T1: 100 kVA-month × 20 = 2000 → 2000.00']);
    expect(basic({ terms, transformers: [own('T1', '100', pieces)] })).toEqual(['capacity-charge T1 segment 1: 50 kVA-month × 20 = 1000 → 1000.00', 'capacity-charge T1 segment 2: 50 kVA-month × 20 = 1000 → 1000.00']);
    expect(basic({ account, transformers: [own('T1', '100', states(['2026-06-01', '2026-07-01', 'suspended']))] })).toEqual([]);
  });
});

describe('a basic charge over categories', () => {
  const lines = (policies: object, more: object = {}): ReturnType<typeof computeBill> =>
    computeBill(
      documentOf(twoPart, {
        usagePoints: [measured('0001', undefined, {}, '300'), measured('0002', undefined, { category: 'agriculture' }, '100'), measured('0003', undefined, { category: 'residential' }, '0'), measured('0004', undefined, { role: 'check', category: 'irrigation' }, '500')],
        account: { chargeMethod: 'capacity', approvedCapacityKva: '100', category: 'large-industrial' },
        policies,
        ...more,
      }),
    );

  it('has a line and a working for each of them, by energy or by energy charge', () => {
    const shared = lines({ basicChargeShare: 'by-energy' });
    // agriculture 100 of 400 kWh: 25 kVA-months; none for the household that used nothing
    expect(shownLines(shared).slice(2)).toEqual([
      '3 capacity-charge approved-capacity:agriculture: 25 kVA-month × 20 = 500 → 500.00 | capacity-charge | capacity:approved-capacity, basic-charge-share:agriculture',
      '4 capacity-charge approved-capacity:large-industrial: 75 kVA-month × 20 = 1500 → 1500.00 | capacity-charge | capacity:approved-capacity, basic-charge-share:large-industrial',
    ]);
    const figures = (unit: string, how: string, ...values: string[]): string[] => ['agriculture', 'large-industrial', 'residential'].map((category, index) => `basic-charge-share:${category} = ${values[index] ?? ''} ${unit} | basic-charge-share | how ${how}`);
    expect(shownFigures(shared).slice(-3)).toEqual(figures('kWh', 'by-energy', '100', '300', '0'));
    expect(shownFigures(lines({ basicChargeShare: 'by-energy-charge' })).slice(-3)).toEqual(figures('yuan', 'by-energy-charge', '50', '150', '0'));
  });

  it('goes by each segment’s own energy charge where the cycle is cut', () => {
    const versions = [tariffOf([plainPlan('0.5', { parts: 'two-part', basicPrices })], { validTo: '2026-06-11' }), tariffOf([plainPlan('0.8', { parts: 'two-part', basicPrices }), plainPlan('1.6', { planId: 'dear' })], { version: '2', validFrom: '2026-06-11' })];
    const shared = computeBill(
      documentOf(versions, {
        usagePoints: [measured('0001', undefined, {}, '300'), measured('0002', undefined, { category: 'agriculture' }, '150')],
        account: { chargeMethod: 'capacity', approvedCapacityKva: '90', category: 'large-industrial' },
        policies: { basicChargeShare: 'by-energy-charge', powerFactorBase: ['energy-charge'] },
      }),
    );
    // a third of 90 kVA × 20 in the first ten days: 600, of which agriculture 25 of 75; then 1200, of which 80 of 240
    expect(shownLines(shared).slice(4)).toEqual([
      '5 capacity-charge approved-capacity:agriculture segment 1: 10 kVA-month × 20 = 200 → 200.00 | capacity-charge | capacity:approved-capacity, basic-charge-share:agriculture:1',
      '6 capacity-charge approved-capacity:large-industrial segment 1: 20 kVA-month × 20 = 400 → 400.00 | capacity-charge | capacity:approved-capacity, basic-charge-share:large-industrial:1',
      '7 capacity-charge approved-capacity:agriculture segment 2: 20 kVA-month × 20 = 400 → 400.00 | capacity-charge | capacity:approved-capacity, basic-charge-share:agriculture:2',
      '8 capacity-charge approved-capacity:large-industrial segment 2: 40 kVA-month × 20 = 800 → 800.00 | capacity-charge | capacity:approved-capacity, basic-charge-share:large-industrial:2',
    ]);
    expect(shownFigures(shared).slice(-4)).toEqual(['agriculture:1 = 25', 'large-industrial:1 = 50', 'agriculture:2 = 80', 'large-industrial:2 = 160'].map((each) => `basic-charge-share:${each} yuan | basic-charge-share | how by-energy-charge`));
  });

  it('is left alone for one category', () => {
    const one = lines({ basicChargeShare: 'by-energy' }, { usagePoints: [measured('0001', undefined, {}, '300'), measured('0004', undefined, { role: 'check', category: 'irrigation' }, '500')] });
    expect(shownLines(one).slice(1)).toEqual(['2 capacity-charge approved-capacity: 100 kVA-month × 20 = 2000 → 2000.00 | capacity-charge | capacity:approved-capacity']);
    expect(shownFigures(one).filter((each) => each.startsWith('basic'))).toEqual([]);
  });
});

describe('findings that a person sees', () => {
  it('tell what does not fit the account', () => {
    const found = (more: Parameters<typeof documentOf>[1], tariff = twoPart): string[] => shownFindings(computeBill(documentOf(tariff, more)));
    expect(found({})).toEqual(['blocking BILL.CHARGE_METHOD_MISSING plain | allowed capacity, contract-demand, actual-demand']);
    const single = tariffOf([plainPlan('0.5')]);
    expect(found({ account: { chargeMethod: 'capacity', approvedCapacityKva: '50' } }, single)).toEqual(['blocking BILL.BASIC_CHARGE_ON_SINGLE_PART plain | chargeMethod capacity']);
    // 400 kVA of industry belong under two parts, and from 100 on under time of use
    for (const category of ['general-industrial-commercial', 'large-industrial', 'non-residential'] as const) {
      expect(found({ account: { category, approvedCapacityKva: '400' } }, single)).toEqual([
        'notice BILL.PLAN_DOES_NOT_FIT_CAPACITY plain | planId plain, capacityKva 400, allowed two-part',
        'notice BILL.TIME_OF_USE_COMPULSORY plain | planId plain, capacityKva 400',
      ]);
    }
    expect(found({ account: { category: 'agriculture', approvedCapacityKva: '400' } }, single)).toEqual([]);
    expect(found({ account: { approvedCapacityKva: '50', chargeMethod: 'capacity' } })).toEqual(['notice BILL.PLAN_DOES_NOT_FIT_CAPACITY plain | planId plain, capacityKva 50, allowed single-part']);
    expect([found({ account: { approvedCapacityKva: '99.9' } }, single), found({ account: { approvedCapacityKva: '100' } }, single), found({ account: { approvedCapacityKva: '100' }, policies: { timeOfUseCompulsoryFromKw: null } }, single)].map((each) => each.length)).toEqual([0, 1, 0]);
    expect(found({ account: { approvedCapacityKva: '200' }, policies: { planChoice: '315-kva' } }, twoPart).slice(1)).toEqual(['notice BILL.PLAN_DOES_NOT_FIT_CAPACITY plain | planId plain, capacityKva 200, allowed single-part', 'notice BILL.TIME_OF_USE_COMPULSORY plain | planId plain, capacityKva 200']);
  });

  it('tell a demand above the transformers that ran, and a use that is unlike the history', () => {
    const single = tariffOf([plainPlan('0.5', { category: 'agriculture' })]);
    const transformers = [own('T1', '100'), own('T2', '500', states(['2026-06-01', '2026-07-01', 'suspended']))];
    const found = (demand: string | undefined, policies: object = {}, more: object = {}): string[] => shownFindings(computeBill(documentOf(single, { account: { category: 'agriculture' }, transformers, usagePoints: [measured('0001', demand, { transformerNo: 'T1' }, '600'), measured('0002', undefined, { transformerNo: 'T1' }, '1')], policies, ...more })));
    expect([found('120'), found('120.5'), found(undefined), found('120.5', { demandOfCapacityPercent: null }), found('120.5', {}, { transformers: [own('T1', '900', undefined, { ownership: 'public' })] })]).toEqual([
      [], ['notice METERING.DEMAND_ABOVE_CAPACITY 0001 | demand 120.5, limit 120'], [], [], [],
    ]);
    const history = { dailyEnergyKwh: { '0001': '2' } };
    // usual 60: 600 is +900 %; 0002 has no history
    expect(found(undefined, {}, { history })).toEqual(['notice METERING.USAGE_JUMP 0001 | energy 600, usual 60, changePercent 900']);
    expect(found(undefined, { usageJumpPercent: null }, { history })).toEqual([]);
    expect(found(undefined, {}, { usagePoints: [statedPoint({ total: '0' }), statedPoint({ total: '0' }, { usagePointNo: '0002', role: 'check' })] })).toEqual(['notice METERING.ZERO_USE 0001 |']);
    expect(found(undefined, {}, { transformers: [own('T2', '9'), own('T1', '100', states(['2026-06-01', '2026-06-02', 'running'], ['2026-06-02', '2026-07-01', 'suspended']))] })).toEqual([]);
    expect(found(undefined, {}, { transformers: [own('T2', '9'), own('T1', '100', states(['2026-06-01', '2026-07-01', 'suspended']))] })).toEqual(['blocking METERING.USE_WHILE_SUSPENDED 0001 | energy 600', 'blocking METERING.USE_WHILE_SUSPENDED 0002 | energy 1']);
    // not yet there is not suspended
    expect(found(undefined, {}, { transformers: [own('T1', '100', states([JUNE.to, '2026-08-01', 'running']))] })).toEqual([]);
  });
});

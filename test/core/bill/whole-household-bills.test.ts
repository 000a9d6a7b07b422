import { Bill, BlockState, CalculationDocument, computeBill } from '../../../src/core/bill';
import { ResidentialBlocks, TariffPlan } from '../../../src/core/tariff';
import { documentOf, plainPlan, statedPoint, tariffOf, termsOf, timeOfUsePlan } from '../../builders/bill-documents';
import { refusal } from '../../builders/refusal';
import { shownFigures, shownLines } from '../../builders/shown-bill';

const increments = [{ upToKwh: '2000', incrementPerKwh: '0' }, { upToKwh: '3000', incrementPerKwh: '0.05' }, { upToKwh: null, incrementPerKwh: '0.30' }];
const blocks = (more: Partial<ResidentialBlocks> = {}): ResidentialBlocks => ({ period: 'year', method: 'base-plus-increment', scales: [{ blocks: increments }], crossingMonth: 'none', ...more });
const ownPrices = (...prices: [string | null, string, string][]): ResidentialBlocks =>
  blocks({ method: 'per-block-price', scales: [{ blocks: prices.map(([upToKwh, peak, valley]) => ({ upToKwh, incrementPerKwh: upToKwh === null ? '0.10' : '0', prices: [{ voltages: ['1-10kv'], pricePerKwh: { peak, flat: peak, valley } }] })) }] });
const bill = (plan: TariffPlan, more: Partial<CalculationDocument>): Bill => computeBill(documentOf(tariffOf([plan]), more));
const used = (usedBeforeKwh: string, more: Partial<BlockState> = {}): { blocks: BlockState } => ({ blocks: { usedBeforeKwh, year: '2026', ...more } });
const total = (kwh: string): Partial<CalculationDocument> => ({ usagePoints: [statedPoint({ total: kwh })] });

describe('a household bill says of every line what it is', () => {
  it('at increments, with free energy, over two limits', () => {
    const plan = plainPlan('0.5', { blocks: blocks({ lowIncomeFreeKwhPerMonth: '15' }) });
    const found = bill(plan, { ...used('1900', { lowIncome: true }), ...total('1300') });
    // 100 in block 1, 1000 in block 2, 200 in block 3; 15 × 0.5 back
    expect(shownLines(found)).toEqual([
      '1 energy-charge energy 0001 total: 1300 kWh × 0.5 = 650 → 650.00 | energy-charge | point:0001:billed:total',
      '2 block-charge block-2 0001 total: 1000 kWh × 0.05 = 50 → 50.00 | residential-block-increment | point:0001:billed:total, blocks:used-before',
      '3 block-charge block-3 0001 total: 200 kWh × 0.3 = 60 → 60.00 | residential-block-increment | point:0001:billed:total, blocks:used-before',
      '4 block-charge free-allowance 0001 total: 15 kWh × -0.5 = -7.5 → -7.50 | free-allowance | point:0001:billed:total',
    ]);
    expect(shownFigures(found)).toEqual(['point:0001:billed:total = 1300 kWh | billed-energy | metered 1300', 'blocks:used-before = 1900 kWh | residential-blocks | limits 2000 / 3000 / ∞']);
    expect(found.carried).toMatchObject({ blockUsedKwh: '3200', blockYear: '2026', blockBalances: { remainingKwh: ['0', '0', null], extendedThrough: '2026-06' } });
    expect(found.lines.map(({ label }) => label.en)).toEqual(['Energy', 'Block 2 increment', 'Block 3 increment', 'Free allowance of a low-income household']);
  });

  it('at prices of each block and period, shared to the last kWh', () => {
    const plan = timeOfUsePlan('1', '1', '1', { blocks: ownPrices(['100', '0.6', '0.3'], [null, '0.9', '0.4']) });
    const found = bill(plan, { ...used('0'), usagePoints: [statedPoint({ peak: '90.5', flat: '0', valley: '60' })] });
    // block 1: 100 of 150.5 as 90.5 : 60 → 60.13… and 39.86… → 60.1 and 39.9; the rest: 30.4 and 20.1
    expect(shownLines(found)).toEqual([
      '1 energy-charge block-1 0001 peak: 60.1 kWh × 0.6 = 36.06 → 36.06 | residential-block-own-price | point:0001:billed:peak, blocks:used-before',
      '2 energy-charge block-1 0001 valley: 39.9 kWh × 0.3 = 11.97 → 11.97 | residential-block-own-price | point:0001:billed:valley, blocks:used-before',
      '3 energy-charge block-2 0001 peak: 30.4 kWh × 0.9 = 27.36 → 27.36 | residential-block-own-price | point:0001:billed:peak, blocks:used-before',
      '4 energy-charge block-2 0001 valley: 20.1 kWh × 0.4 = 8.04 → 8.04 | residential-block-own-price | point:0001:billed:valley, blocks:used-before',
    ]);
    expect(found.lines[0]?.label).toEqual({ zh: '第一档电费(峰)', en: 'Block 1 energy (peak)' });
  });

  it('in the month that crosses a limit, and in the one after it', () => {
    const plan = timeOfUsePlan('1', '1', '1', { blocks: { ...ownPrices(['3000', '0.6', '0.3'], [null, '0.7', '0.35']), crossingMonth: 'uniform-increment' } });
    const month = (before: string): string[] => shownLines(bill(plan, { ...used(before), usagePoints: [statedPoint({ peak: '200', valley: '100' })] }));
    const workings = (period: string): string => `time-of-use-block | point:0001:billed:${period}, blocks:used-before`;
    expect(month('2900')).toEqual([
      `1 energy-charge block-1 0001 peak: 200 kWh × 0.6 = 120 → 120.00 | ${workings('peak')}`,
      `2 energy-charge block-1 0001 valley: 100 kWh × 0.3 = 30 → 30.00 | ${workings('valley')}`,
      `3 block-charge block-2 0001 total: 200 kWh × 0.1 = 20 → 20.00 | ${workings('total')}`,
    ]);
    expect(month('3200')).toEqual([
      `1 energy-charge block-2 0001 peak: 200 kWh × 0.7 = 140 → 140.00 | ${workings('peak')}`,
      `2 energy-charge block-2 0001 valley: 100 kWh × 0.35 = 35 → 35.00 | ${workings('valley')}`,
    ]);
  });

  it('over points and segments: one running total, the increments at the end, the free energy once', () => {
    const plan = plainPlan('0.5', { category: 'residential', blocks: blocks({ period: 'month', scales: [{ blocks: [{ upToKwh: '100', incrementPerKwh: '0' }, { upToKwh: null, incrementPerKwh: '0.2' }] }], lowIncomeFreeKwhPerMonth: '10' }) });
    const versions = [tariffOf([plan], { validTo: '2026-06-16' }), tariffOf([plan], { version: '2', validFrom: '2026-06-16' })];
    const usagePoints = [statedPoint({ total: '80' }), statedPoint({ total: '60' }, { usagePointNo: '0002' }), statedPoint({ total: '1000' }, { usagePointNo: '0003', role: 'check' })];
    const found = computeBill(documentOf(versions, { usagePoints, blocks: { usedBeforeKwh: '0', lowIncome: true } }));
    // 40, 30, then 40 of which 30 in block 1, then 30
    expect(shownLines(found).map((line) => line.split(' |')[0])).toEqual([
      '1 energy-charge energy 0001 total segment 1: 40 kWh × 0.5 = 20 → 20.00',
      '2 energy-charge energy 0002 total segment 1: 30 kWh × 0.5 = 15 → 15.00',
      '3 energy-charge energy 0001 total segment 2: 40 kWh × 0.5 = 20 → 20.00',
      '4 energy-charge energy 0002 total segment 2: 30 kWh × 0.5 = 15 → 15.00',
      '5 block-charge block-2 0001 total segment 2: 10 kWh × 0.2 = 2 → 2.00',
      '6 block-charge free-allowance 0001 total segment 2: 10 kWh × -0.5 = -5 → -5.00',
      '7 block-charge block-2 0002 total segment 2: 30 kWh × 0.2 = 6 → 6.00',
    ]);
    expect(shownFigures(found).filter((each) => each.startsWith('blocks'))).toEqual(['blocks:used-before = 0 kWh | residential-blocks | limits 100 / ∞']);
    expect(found.carried).toMatchObject({ blockUsedKwh: '140', blockBalances: { remainingKwh: ['0', null] } });
  });
});

describe('the allowance of a larger household', () => {
  const plan = plainPlan('0.5', { blocks: blocks() });
  const extended = (state: Partial<BlockState>, before = '0', kwh = '0', month = '2026-06'): string => {
    const found = bill(plan, { ...used(before, state), ...total(kwh), billingMonth: month });
    return `${(found.carried.blockBalances?.remainingKwh ?? []).join(' / ')} of ${shownFigures(found).filter((each) => each.startsWith('blocks')).map((each) => each.split('limits ')[1]).join()}`;
  };

  it('counts from the month of application to the year’s end, and all the year in later years', () => {
    // 7 months of 100 from June on; all twelve of an earlier year
    expect(extended({ extensions: [{ fromMonth: '2026-06', kwhPerMonth: '100' }] })).toBe('2700 / 1000 /  of 2700 / 3700 / ∞');
    expect(extended({ extensions: [{ fromMonth: '2025-12', kwhPerMonth: '100' }] })).toBe('3200 / 1000 /  of 3200 / 4200 / ∞');
    expect(extended({ extensions: [{ fromMonth: '2026-01', kwhPerMonth: '100' }, { fromMonth: '2026-12', kwhPerMonth: '50' }] }, '0', '0', '2026-12')).toBe('3250 / 1000 /  of 3250 / 4250 / ∞');
  });

  it('is not there before its first month, nor from its last on', () => {
    expect(extended({ extensions: [{ fromMonth: '2026-07', kwhPerMonth: '100' }] })).toBe('2000 / 1000 /  of 2000 / 3000 / ∞');
    expect(extended({ extensions: [{ fromMonth: '2026-01', toMonth: '2026-06', kwhPerMonth: '100' }] })).toBe('2000 / 1000 /  of 2000 / 3000 / ∞');
    expect(extended({ extensions: [{ fromMonth: '2026-01', toMonth: '2026-07', kwhPerMonth: '100' }] })).toBe('3200 / 1000 /  of 3200 / 4200 / ∞');
  });

  it('is drawn down by what was used, or goes on from the balances of the last bill', () => {
    expect(extended({ extensions: [{ fromMonth: '2026-01', kwhPerMonth: '100' }] }, '3300', '50')).toBe('0 / 850 /  of 3200 / 4200 / ∞');
    // granted in March and carried as 2500 left; another from June on adds 7 × 10
    const balances = { remainingKwh: ['2500', '1000', null], extendedThrough: '2026-05' };
    expect(extended({ extensions: [{ fromMonth: '2026-03', kwhPerMonth: '100' }, { fromMonth: '2026-06', kwhPerMonth: '10' }], balances }, '500', '70')).toBe('2500 / 1000 /  of 3070 / 4070 / ∞');
    // balances of last year are gone
    expect(extended({ year: '2025', extensions: [{ fromMonth: '2025-03', kwhPerMonth: '100' }], balances }, '500', '0')).toBe('3200 / 1000 /  of 3200 / 4200 / ∞');
  });

  it('goes by persons above the tariff’s number, by the month where the blocks do', () => {
    const rule = { householdExtension: { abovePersons: 4, kwhPerPersonMonth: '10' } };
    const monthly = plainPlan('0.5', { blocks: blocks({ ...rule, period: 'month', scales: [{ blocks: [{ upToKwh: '100', incrementPerKwh: '0' }, { upToKwh: null, incrementPerKwh: '0.2' }] }] }) });
    const limits = (householdSize: number | undefined, period?: { from: string; to: string }): string =>
      shownFigures(bill(monthly, { blocks: { usedBeforeKwh: '0', householdSize }, ...total('1'), ...(period === undefined ? {} : { period, terms: [termsOf(period)] }) })).find((each) => each.startsWith('blocks')) ?? '';
    expect([limits(undefined), limits(4), limits(5), limits(6)].map((each) => each.split('limits ')[1])).toEqual(['100 / ∞', '100 / ∞', '110 / ∞', '120 / ∞']);
    expect(limits(5, { from: '2026-04-01', to: '2026-07-01' }).split('limits ')[1]).toBe('330 / ∞');
  });
});

describe('blocks that cannot be priced', () => {
  it('name the block and period that its publisher left open', () => {
    const steps = [{ upToKwh: '10', prices: [{ voltages: ['1-10kv' as const], pricePerKwh: { total: '0.5' } }] }, { upToKwh: null }];
    const plan = plainPlan('0.5', { blocks: blocks({ method: 'per-block-price', scales: [{ blocks: steps }] }) });
    expect(() => bill(plan, total('11'))).toThrow(refusal('TARIFF.INCOMPLETE', { priceBook: 'book', version: '1', planId: 'plain', block: '2', period: 'total', reason: 'no published price', reasonZh: '未公布电价' }, '/tariffs'));
    expect(bill(plan, total('10')).totals.totalAmount).toBe('5.00');
  });
});

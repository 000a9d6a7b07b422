import { Bill, CalculationDocument, computeBill } from '../../../src/core/bill';
import { ResidentialBlocks, TariffPlan } from '../../../src/core/tariff';
import { amounts, documentOf, plainPlan, refusal, statedPoint, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';

const increments = [{ upToKwh: '2000', incrementPerKwh: '0' }, { upToKwh: '3000', incrementPerKwh: '0.05' }, { upToKwh: null, incrementPerKwh: '0.30' }];

function blocks(more: Partial<ResidentialBlocks> = {}): ResidentialBlocks {
  return { period: 'year', method: 'base-plus-increment', scales: [{ blocks: increments }], crossingMonth: 'none', ...more };
}

function bill(plan: TariffPlan, total: string, more: Partial<CalculationDocument> = {}): Bill {
  return computeBill(documentOf(tariffOf([plan]), { usagePoints: [statedPoint({ total })], ...more }));
}

const yearly = plainPlan('0.5', { category: 'residential', blocks: blocks() });

describe('residential blocks on a bill', () => {
  it('counts a limit to the lower block and passes two limits in one bill', () => {
    const at = (used: string, total: string) => amounts(bill(yearly, total, { blocks: { usedBeforeKwh: used, year: '2026' } }), 'block-charge');
    expect(at('1900', '100')).toEqual({});
    expect(at('1900', '101')).toEqual({ 'block-2': '0.05' });
    expect(at('1900', '1300')).toEqual({ 'block-2': '50.00', 'block-3': '60.00' });
  });

  it('starts again in January', () => {
    const state = { usedBeforeKwh: '5000', year: '2025' };
    expect(amounts(bill(yearly, '100', { blocks: state }), 'block-charge')).toEqual({});
    expect(bill(yearly, '100', { blocks: state }).carried).toMatchObject({ blockUsedKwh: '100', blockYear: '2026' });
  });

  it('takes the blocks of a month times two for a cycle of two months', () => {
    const monthly = plainPlan('0.5', { blocks: blocks({ period: 'month', scales: [{ blocks: [{ upToKwh: '180', incrementPerKwh: '0' }, { upToKwh: null, incrementPerKwh: '0.1' }] }] }) });
    const period = { from: '2026-05-01', to: '2026-07-01' };
    const terms = documentOf(tariffOf([monthly])).terms.map((one) => ({ ...one, ...period }));
    expect(amounts(bill(monthly, '370', { period, terms }), 'block-charge')).toEqual({ 'block-2': '1.00' });
  });

  it('uses the limits of the billing month where summer has its own', () => {
    const scale = (months: number[], upToKwh: string) => ({ months, blocks: [{ upToKwh, incrementPerKwh: '0' }, { upToKwh: null, incrementPerKwh: '0.1' }] });
    const seasonal = plainPlan('0.5', { blocks: blocks({ period: 'month', scales: [scale([5, 6, 7, 8, 9, 10], '260'), scale([1, 2, 3, 4, 11, 12], '200')] }) });
    expect(amounts(bill(seasonal, '300'), 'block-charge')).toEqual({ 'block-2': '4.00' });
    expect(amounts(bill(seasonal, '300', { billingMonth: '2026-04' }), 'block-charge')).toEqual({ 'block-2': '10.00' });
  });

  it('widens block 1 for a large household', () => {
    const plan = plainPlan('0.5', { blocks: blocks({ householdExtension: { abovePersons: 4, kwhPerPersonMonth: '10' } }) });
    // 2000 + 2 × 10 × 12 = 2240
    const left = bill(plan, '100', { blocks: { usedBeforeKwh: '2200', year: '2026', householdSize: 6 } });
    expect([amounts(left, 'block-charge'), left.carried.blockBalances?.remainingKwh]).toEqual([{ 'block-2': '3.00' }, ['0', '940', null]]);
  });

  it('gives a low-income household its free energy at the price of block 1', () => {
    const plan = plainPlan('0.5283', { blocks: blocks({ lowIncomeFreeKwhPerMonth: '15' }) });
    const state = { usedBeforeKwh: '0', year: '2026', lowIncome: true };
    expect(amounts(bill(plan, '100', { blocks: state }), 'block-charge')).toEqual({ 'free-allowance': '-7.92' });
    expect(bill(plan, '9', { blocks: state }).totals.totalAmount).toBe('0.00');
  });

  it('prices each block at its own prices, shared over peak and valley without losing a kWh', () => {
    const price = (peak: string, valley: string) => [{ voltages: ['1-10kv' as const], pricePerKwh: { peak, flat: '0.5', valley } }];
    const own = [{ upToKwh: '2000', prices: price('0.6', '0.3') }, { upToKwh: null, prices: price('0.7', '0.4') }];
    const plan = timeOfUsePlan('1', '1', '1', { prices: [], blocks: blocks({ method: 'per-block-price', scales: [{ blocks: own }] }) });
    const made = computeBill(documentOf(tariffOf([plan]), { usagePoints: [statedPoint({ peak: '67', valley: '34' })], blocks: { usedBeforeKwh: '1950', year: '2026' } }));
    // 50 in block 1: peak 50 × 67/101 = 33.2, valley 16.8 → 33 and 17
    expect(made.lines.map((line) => [line.item, line.pricePeriod, line.quantity])).toEqual([['block-1', 'peak', '33'], ['block-1', 'valley', '17'], ['block-2', 'peak', '34'], ['block-2', 'valley', '17']]);
  });

  it('makes an exception only of the household that reaches a block without a published price', () => {
    const own = [{ upToKwh: '2000', prices: [{ voltages: ['1-10kv' as const], pricePerKwh: { total: '0.5' } }] }, { upToKwh: null }];
    const plan = plainPlan('1', { prices: [], blocks: blocks({ method: 'per-block-price', scales: [{ blocks: own }] }) });
    const document = (used: string) => documentOf(tariffOf([plan]), { blocks: { usedBeforeKwh: used, year: '2026' } });
    expect([refusal(document('1900')), refusal(document('1901'))]).toEqual(['not refused', 'TARIFF.INCOMPLETE']);
  });

  it('of a time-of-use household go by what is left, where an allowance was granted after a limit was passed', () => {
    const price = (peak: string, flat: string, valley: string) => [{ voltages: ['1-10kv' as const], pricePerKwh: { peak, flat, valley } }];
    const steps = [
      { upToKwh: '2000', incrementPerKwh: '0', prices: price('0.6', '0.5', '0.3') },
      { upToKwh: '3000', incrementPerKwh: '0.05', prices: price('0.7', '0.6', '0.4') },
      { upToKwh: null, incrementPerKwh: '0.30', prices: price('0.9', '0.8', '0.6') },
    ];
    const plan = timeOfUsePlan('1', '1', '1', { category: 'residential', prices: [], blocks: blocks({ method: 'per-block-price', crossingMonth: 'uniform-increment', scales: [{ blocks: steps }] }) });
    const of = (peak: string, valley: string, usedBeforeKwh: string, balances: { remainingKwh: (string | null)[]; extendedThrough: string }, billingMonth = '2026-06') =>
      computeBill(documentOf(tariffOf([plan]), { billingMonth, usagePoints: [statedPoint({ peak, flat: '0', valley })], blocks: { usedBeforeKwh, year: '2026', extensions: [{ fromMonth: '2026-06', kwhPerMonth: '100' }], balances } }));
    // 2300 kWh used, block 1 passed in May. From June on 7 × 100 kWh more: block 1 has 700, all of June lies in it.
    const june = of('250', '150', '2300', { remainingKwh: ['0', '700', null], extendedThrough: '2026-05' });
    expect(amounts(june, 'energy-charge')).toEqual({ 'block-1:peak': '150.00', 'block-1:valley': '45.00' });
    expect([amounts(june, 'block-charge'), june.carried.blockUsedKwh, june.carried.blockBalances?.remainingKwh]).toEqual([{}, '2700', ['300', '700', null]]);
    // July passes what is left by 200 kWh: block 1 prices for all, 200 × 0.05 besides.
    const july = of('300', '200', '2700', { remainingKwh: ['300', '700', null], extendedThrough: '2026-06' }, '2026-07');
    expect(amounts(july, 'energy-charge')).toEqual({ 'block-1:peak': '180.00', 'block-1:valley': '60.00' });
    expect([amounts(july, 'block-charge'), july.carried.blockBalances?.remainingKwh]).toEqual([{ 'block-2': '10.00' }, ['0', '500', null]]);
    // August lies in block 2 with its own prices.
    const august = of('100', '100', '3200', { remainingKwh: ['0', '500', null], extendedThrough: '2026-07' }, '2026-08');
    expect(amounts(august, 'energy-charge')).toEqual({ 'block-2:peak': '70.00', 'block-2:valley': '40.00' });
  });
});

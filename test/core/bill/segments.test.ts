import { computeBill, DocumentUsagePoint } from '../../../src/core/bill';
import { TariffDocument } from '../../../src/core/tariff';
import { amounts, dial, documentOf, meter, plainPlan, point, refusal, statedPoint, tariffOf, termsOf } from '../../builders/bill-documents';

const before = tariffOf([plainPlan('0.5')], { validTo: '2026-06-11' });
const after = tariffOf([plainPlan('0.8')], { version: '2', validFrom: '2026-06-11' });

describe('a price change inside the cycle', () => {
  it('splits the energy by days, the remainder to the last version', () => {
    // 100 × 10/30 = 33, rest 67
    const bill = computeBill(documentOf([before, after]));
    expect(bill.lines.map((line) => [line.segment, line.quantity, line.amount])).toEqual([[1, '33', '16.50'], [2, '67', '53.60']]);
    expect(computeBill(documentOf([after, before])).lines.map((line) => line.amount)).toEqual(['16.50', '53.60']);
  });

  it('uses the reading of that day where there is one', () => {
    const register = { register: 'total' as const, readings: [{ on: '2026-06-01', reading: '0' }, { on: '2026-06-11', reading: '80' }, { on: '2026-07-01', reading: '100' }] };
    const bill = computeBill(documentOf([before, after], { usagePoints: [point({ meters: [meter([register])] })] }));
    expect(bill.lines.map((line) => line.quantity)).toEqual(['80', '20']);
  });

  it('takes the version of the first or of the last day where the region says so', () => {
    const total = (tariffChange: 'at-start' | 'at-end') => computeBill(documentOf([before, after], { policies: { tariffChange } })).totals.totalAmount;
    expect([total('at-start'), total('at-end')]).toEqual(['50.00', '80.00']);
  });

  it('takes the later of two open-ended versions, and refuses a day without any', () => {
    const open: TariffDocument = { ...before, validTo: null };
    expect(computeBill(documentOf([open, after])).lines.map((line) => line.quantity)).toEqual(['33', '67']);
    expect(refusal(documentOf(before))).toBe('TARIFF.NOT_IN_FORCE');
  });
});

describe('segments of a cycle', () => {
  const plain = tariffOf([plainPlan('0.5'), plainPlan('0.9', { planId: 'other' })]);

  it('takes neighbours under equal rules as one', () => {
    const terms = [termsOf({ to: '2026-06-08' }), termsOf({ from: '2026-06-08', to: '2026-06-20' }), termsOf({ from: '2026-06-20' })];
    expect(computeBill(documentOf(plain, { terms }))).toEqual(computeBill(documentOf(plain)));
    expect(computeBill(documentOf(plain, { terms: [...terms].reverse() }))).toEqual(computeBill(documentOf(plain)));
  });

  it('bills each category’s days at its own price after a change of category', () => {
    const terms = [termsOf({ to: '2026-06-16' }), termsOf({ from: '2026-06-16', planId: 'other' })];
    expect(amounts(computeBill(documentOf(plain, { terms })), 'energy-charge')).toEqual({ 'energy:1': '25.00', 'energy:2': '45.00' });
  });

  it('gives the energy of an exchanged meter to the days on which it stood', () => {
    const usagePoints: DocumentUsagePoint[] = [
      point({
        meters: [
          meter([dial('total', '0', '90', { on: ['2026-06-01', '2026-06-16'] })], { meterNo: 'OLD' }),
          meter([dial('total', '0', '10', { on: ['2026-06-16', '2026-07-01'] })], { meterNo: 'NEW' }),
        ],
      }),
    ];
    const terms = [termsOf({ to: '2026-06-16' }), termsOf({ from: '2026-06-16', planId: 'other' })];
    expect(computeBill(documentOf(plain, { terms, usagePoints })).lines.map((line) => line.quantity)).toEqual(['90', '10']);
  });

  it('refuses terms with a gap, an overlap or days outside the period', () => {
    const cut = (first: string, second: string) => refusal(documentOf(plain, { terms: [termsOf({ to: first }), termsOf({ from: second })] }));
    expect([cut('2026-06-10', '2026-06-12'), cut('2026-06-12', '2026-06-10')]).toEqual(['DOCUMENT.TERMS_GAP', 'DOCUMENT.TERMS_OVERLAP']);
    expect(refusal(documentOf(plain, { terms: [termsOf({ from: '2026-05-01' })] }))).toBe('DOCUMENT.TERMS_OUTSIDE_PERIOD');
    expect(refusal(documentOf(plain, { terms: [termsOf({ to: '2026-06-20' })] }))).toBe('DOCUMENT.TERMS_GAP');
  });

  it('splits by the days of each season where a season begins inside the cycle', () => {
    const windows = [{ period: 'flat' as const, from: '00:00', to: '24:00' }];
    const calendars = [{ calendarId: 'seasons', complete: true, seasons: [{ season: 'wet', months: [6, 7, 8, 9, 10], windows }, { season: 'dry', months: [1, 2, 3, 4, 5, 11, 12], windows }] }];
    const plan = plainPlan('0.6550', { calendarId: 'seasons', factors: { bySeason: { wet: '0.9', dry: '1.1' } } });
    const period = { from: '2026-05-16', to: '2026-06-15' };
    const document = documentOf(tariffOf([plan], { calendars }), { period, terms: [termsOf(period)], billingMonth: '2026-06' });
    // 16 days dry, 14 wet: 100 × 16/30 = 53 at 0.7205, 47 at 0.5895
    expect(computeBill(document).lines.map((line) => [line.season, line.quantity, line.price])).toEqual([['dry', '53', '0.7205'], ['wet', '47', '0.5895']]);
    expect(computeBill({ ...document, policies: { seasonChange: 'billing-month' } }).lines.map((line) => [line.season, line.quantity])).toEqual([['wet', '100']]);
  });
});

describe('what a document must say', () => {
  const plain = tariffOf([plainPlan('0.5')]);

  it.each([
    ['an empty period', { period: { from: '2026-06-01', to: '2026-06-01' } }, 'DOCUMENT.PERIOD_EMPTY'],
    ['a day that the calendar does not have', { period: { from: '2026-06-31', to: '2026-07-01' } }, 'DOCUMENT.DATE'],
    ['more than 400 days', { period: { from: '2024-06-01', to: '2026-07-01' } }, 'DOCUMENT.PERIOD_TOO_LONG'],
    ['a point without any energy', { usagePoints: [point()] }, 'DOCUMENT.ENERGY_SOURCE'],
    ['an unknown transformer', { usagePoints: [statedPoint({ total: '1' }, { transformerNo: 'T9' })] }, 'DOCUMENT.UNKNOWN_REFERENCE'],
    ['an unknown plan', { usagePoints: [statedPoint({ total: '1' }, { planId: 'none' })] }, 'TARIFF.PLAN_UNKNOWN'],
    ['a voltage without a price', { usagePoints: [statedPoint({ total: '1' }, { voltage: '220kv' as const })] }, 'TARIFF.PRICE_MISSING'],
    ['an unknown policy', { policies: { surprise: 1 } as object }, 'POLICY.UNKNOWN'],
    ['a policy out of its range', { policies: { energyDecimals: 9 } }, 'POLICY.INVALID'],
    ['a tariff that is nowhere', { tariffs: [{ hash: 'f'.repeat(64) }] }, 'TARIFF.NOT_FOUND'],
    ['more energy than can be kept', { usagePoints: [statedPoint({ total: '999999999999999' })] }, 'BILL.ENERGY_OUT_OF_RANGE'],
  ])('refuses %s with a code', (_what, more, code) => {
    expect(refusal(documentOf(plain, more))).toBe(code);
  });

  it('names the part that the publisher left open where an account needs it', () => {
    const incomplete = [{ planId: 'plain', voltages: ['1-10kv' as const], reason: { zh: '未公布', en: 'not published' } }];
    expect(refusal(documentOf(tariffOf([plainPlan('1')], { incomplete })))).toBe('TARIFF.INCOMPLETE');
    expect(refusal(documentOf(tariffOf([plainPlan('1')], { incomplete }), { account: { voltage: 'below-1kv' } }))).toBe('not refused');
  });

});

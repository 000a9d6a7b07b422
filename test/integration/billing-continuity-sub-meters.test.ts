import type { CalculationDocument } from '../../src/core/bill';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** Main meters and sub-meters in different accounts, May 2026. Plain households pay 0.50 yuan a kWh. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-07-02T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
  const prices = [{ voltages: ['below-1kv'], prices: { energy: { peak: '0.9000', flat: '0.6000', valley: '0.3000' } } }] as const;
  const plan = { planId: 'by-periods', title: { zh: '分时', en: 'By periods' }, category: 'residential', parts: 'single-part', timeOfUse: true, calendarId: 'day', prices } as const;
  await publishTariff(app, tariffDocument({ priceBook: 'periodland', plans: [plan], validTo: '2027-01-01' }));
});
afterAll(() => app.close());

const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };
async function metered(no: string, parents: readonly string[] = []): Promise<string> {
  const { accountNo } = await openAccount(app, terms, '2026-05-01');
  await createPoint(app, accountNo, `P-${no}`, { validFrom: '2026-05-01', ...(parents.length === 0 ? {} : { parents }) });
  await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: '2026-05-01', first: '100' });
  return accountNo;
}

interface Preview {
  readonly items?: { totalAmount: string; document: CalculationDocument }[];
  readonly errors?: { field: string; code: string; message: string }[];
}
const preview = async (accountNo: string, period = '2026-05'): Promise<Preview> =>
  (await app.http.post(`/v1/accounts/${accountNo}/bill-previews`).set(await app.as('clerk')).set('Accept-Language', 'en').send({ period })).body as Preview;
const reasons = ({ errors = [] }: Preview): string[] => errors.map(({ code, field }) => `${code} ${field}`.trim());
const amount = ({ items = [] }: Preview): string | undefined => items[0]?.totalAmount;
const point = ({ items = [] }: Preview, no: string) => items[0]?.document.usagePoints.find(({ usagePointNo }) => usagePointNo === no);

interface BillRow {
  readonly accountNo: string;
  readonly totalAmount: string;
}
const bills = async (runId: string): Promise<Record<string, string>> => {
  const { body } = await app.http.get(`/v1/bills?runId=${runId}`).set(await app.as('operator'));
  return Object.fromEntries((body as { items: BillRow[] }).items.map(({ accountNo, totalAmount }) => [accountNo, totalAmount]));
};

/**
 *   two main meters: 60 and 200 kWh; the sub-meter below both of them 100 kWh
 *   the first is used up: 60 − 60 = 0 kWh                     0.00
 *   the rest goes to the second: 200 − 40 = 160 kWh           80.00
 *   the sub-meter keeps its own 100 kWh                       50.00        0 + 160 + 100 = 260 = 60 + 200
 */
test('a sub-meter below two main meters: three accounts, one run, every kilowatt-hour billed once', async () => {
  const first = await metered('FIRST');
  const second = await metered('SECOND');
  const child = await metered('BELOW', ['P-FIRST', 'P-SECOND']);
  await enter(app, 'M-FIRST', '2026-06-01', '160');
  await enter(app, 'M-SECOND', '2026-06-01', '300');
  await enter(app, 'M-BELOW', '2026-06-01', '200');
  const seen = await preview(second);
  expect(point(seen, 'P-BELOW')).toEqual({
    usagePointNo: 'P-BELOW', kind: 'frozen', role: 'deduction', parents: ['P-FIRST', 'P-SECOND'], timeOfUse: false, meteringMode: 'low-low',
    frozen: { accountNo: child, usagePointNo: 'P-BELOW', activeKwh: { total: '100' } },
  });
  expect(point(seen, 'P-FIRST')).toMatchObject({ kind: 'frozen', role: 'deduction', frozen: { accountNo: first, activeKwh: { total: '60' } } });
  const { runId, counts } = await computeRun(app, '2026-05', [second, child, first]);
  expect(counts).toMatchObject({ billed: 3, exceptions: 0 });
  expect(await bills(runId)).toEqual({ [first]: '0.00', [second]: '80.00', [child]: '50.00' });
});

/**
 *   main meter by periods: peak 90, valley 60, total 200 → flat 50 kWh; plain sub-meter of another account 70 kWh
 *   off flat first: 50 − 50 = 0, then 20 off peak: 90 − 20 = 70; valley stays 60
 *   70 × 0.90 + 0 × 0.60 + 60 × 0.30 = 63.00 + 18.00 = 81.00
 */
test('a main meter by periods gives a plain sub-meter of another account its flat energy first, then peak', async () => {
  const { accountNo } = await openAccount(app, { ...terms, priceBook: 'periodland', planId: 'by-periods' }, '2026-05-01');
  await createPoint(app, accountNo, 'P-TOU', { validFrom: '2026-05-01', timeOfUse: true });
  const dials = ['total', 'peak', 'valley'].map((register) => ({ register, dialDigits: 6, decimals: 2 }));
  await installMeter(app, 'P-TOU', 'M-TOU', { installedOn: '2026-05-01', first: '100', dials });
  for (const [register, reading] of [['total', '300'], ['peak', '190'], ['valley', '160']] as const) await enter(app, 'M-TOU', '2026-06-01', reading, register);
  await metered('PLAIN', ['P-TOU']);
  await enter(app, 'M-PLAIN', '2026-06-01', '170');
  expect(amount(await preview(accountNo))).toBe('81.00');
});

test('a sub-meter’s doubtful or missing reading keeps the main meter’s account back, and says whose it is', async () => {
  const main = await metered('HEAD');
  const child = await metered('DOUBT', ['P-HEAD']);
  await enter(app, 'M-HEAD', '2026-06-01', '900');
  const missing = await preview(main);
  expect(reasons(missing)).toEqual(['BILLING.CHILD_READING_MISSING P-DOUBT/M-DOUBT/total']);
  expect(missing.errors?.[0]?.message).toContain(`accountNo ${child}`);
  // Below the first reading: a turn of the dial would be nearly a million kWh.
  const { body } = await enter(app, 'M-DOUBT', '2026-06-01', '40');
  const doubtful = await preview(main);
  expect(reasons(doubtful)).toEqual(reasons(await preview(child)));
  expect(reasons(doubtful)).toHaveLength(1);
  expect(doubtful.errors?.[0]?.message).toContain(`accountNo ${child}`);
  await post(app, 'clerk', `/v1/readings/${body.readingId}/corrections`, { reading: '240', reason: 'misread' });
  // 900 − 100 = 800 kWh less 140 kWh = 660 kWh.
  expect(amount(await preview(main))).toBe('330.00');
});

interface Exception {
  readonly exceptionId: string;
  readonly code: string;
  readonly remedies: readonly string[];
}

test('a sub-meter’s reading that is corrected after its bill keeps the main meter from being billed with other energy', async () => {
  const main = await metered('LATER');
  const child = await metered('EARLY', ['P-LATER']);
  const { body } = await enter(app, 'M-EARLY', '2026-06-01', '180');
  const { runId, counts } = await computeRun(app, '2026-05', [main, child]);
  expect(counts).toMatchObject({ billed: 1, exceptions: 1 });
  await enter(app, 'M-LATER', '2026-06-01', '500');
  const corrected = await post<{ readingId: string }>(app, 'clerk', `/v1/readings/${body.readingId}/corrections`, { reading: '190', reason: 'misread' });
  const operator = await app.as('operator');
  const open = async (): Promise<Exception | undefined> =>
    ((await app.http.get(`/v1/billing-runs/${runId}/exceptions?state=open`).set(operator)).body.items as Exception[])[0];
  const again = async (): Promise<unknown> => post(app, 'operator', `/v1/billing-runs/${runId}/exceptions/${(await open())?.exceptionId ?? ''}/recomputation`);
  expect(await again()).toMatchObject({ outcome: 'exception', code: 'BILLING.CHILD_ENERGY_DIFFERS' });
  expect(await open()).toMatchObject({ remedies: ['bill-sub-meter-again', 'recompute', 'exclude'] });
  await post(app, 'clerk', `/v1/readings/${corrected.readingId}/corrections`, { reading: '180', reason: 'the first one was right' });
  // 400 − 80 = 320 kWh.
  expect(await again()).toMatchObject({ outcome: 'billed', totalAmount: '160.00' });
});

test('both start the next month where the sub-meter’s own bill ended, whatever is entered later', async () => {
  const main = await metered('NEXT');
  const child = await metered('STEP', ['P-NEXT']);
  await enter(app, 'M-NEXT', '2026-06-02', '400');
  await enter(app, 'M-STEP', '2026-06-02', '200');
  const { runId } = await computeRun(app, '2026-05', [main, child]);
  const june = async (accountNo: string): Promise<Preview> => preview(accountNo, '2026-06');
  expect(reasons(await june(main))).toEqual(['BILLING.EARLIER_BILL_NOT_RELEASED']);
  await releaseRun(app, runId);
  await enter(app, 'M-STEP', '2026-06-01', '195');
  await enter(app, 'M-STEP', '2026-07-01', '260');
  await enter(app, 'M-NEXT', '2026-07-01', '600');
  // Sub-meter 260 − 200 = 60 kWh; main meter 200 − 60 = 140 kWh.
  expect([amount(await june(child)), amount(await june(main))]).toEqual(['30.00', '70.00']);
});

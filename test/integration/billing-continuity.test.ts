import type { CalculationDocument } from '../../src/core/bill';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** Households at 0.50 yuan a kWh, meters read about the first of the month, window three days. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-08-02T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
});
afterAll(() => app.close());

const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };

interface Preview {
  readonly items?: { totalAmount: string; document: CalculationDocument }[];
  readonly errors?: { field: string; code: string; message: string }[];
}
const preview = async (accountNo: string, period: string): Promise<Preview> =>
  (await app.http.post(`/v1/accounts/${accountNo}/bill-previews`).set(await app.as('clerk')).set('Accept-Language', 'en').send({ period })).body as Preview;
const reasons = ({ errors = [] }: Preview): string[] => errors.map(({ code, field }) => `${code} ${field}`.trim());
const spanOf = ({ items = [] }: Preview): string[] =>
  items.flatMap(({ document }) => document.usagePoints.flatMap(({ meters = [] }) => meters.flatMap(({ registers }) => registers.flatMap(({ readings }) => readings.map(({ on, reading }) => `${on} ${reading}`)))));
const amounts = ({ items = [] }: Preview): string[] => items.map(({ totalAmount }) => totalAmount);

async function household(no: string, since = '2026-05-01'): Promise<string> {
  const { accountNo } = await openAccount(app, terms, since);
  await createPoint(app, accountNo, `P-${no}`, { validFrom: since });
  await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: since, first: '100' });
  return accountNo;
}
const billed = async (period: string, ...accountNos: string[]): Promise<void> => {
  const { runId, counts } = await computeRun(app, period, accountNos);
  expect(counts).toMatchObject({ billed: accountNos.length, exceptions: 0 });
  await releaseRun(app, runId);
};

interface ReadingView {
  readonly readingId: string;
  readonly readOn: string;
}
async function correct(meterNo: string, readOn: string, reading: string): Promise<void> {
  const { body } = await app.http.get(`/v1/readings?meterNo=${meterNo}`).set(await app.as('clerk'));
  const found = (body as { items: ReadingView[] }).items.find((each) => each.readOn === readOn);
  await post(app, 'clerk', `/v1/readings/${found?.readingId ?? ''}/corrections`, { reading, reason: 'misread' });
}

describe('readings go on from bill to bill', () => {
  test('a reading that is entered later and lies nearer to the first of the month does not bill energy twice', async () => {
    const accountNo = await household('LATE');
    await enter(app, 'M-LATE', '2026-06-02', '200');
    await billed('2026-05', accountNo);
    await enter(app, 'M-LATE', '2026-06-01', '190');
    await enter(app, 'M-LATE', '2026-07-01', '300');
    const june = await preview(accountNo, '2026-06');
    expect(spanOf(june)).toEqual(['2026-06-02 200', '2026-07-01 300']);
    expect(amounts(june)).toEqual(['50.00']);
  });

  test('nor does a later one leave energy out', async () => {
    const accountNo = await household('GAP');
    await enter(app, 'M-GAP', '2026-05-31', '200');
    await billed('2026-05', accountNo);
    await enter(app, 'M-GAP', '2026-06-01', '203');
    await enter(app, 'M-GAP', '2026-07-01', '300');
    expect(spanOf(await preview(accountNo, '2026-06'))).toEqual(['2026-05-31 200', '2026-06-01 203', '2026-07-01 300']);
  });

  test('a billed reading that is corrected makes the account an exception; once confirmed, the next bill settles the difference', async () => {
    const accountNo = await household('CORR');
    await enter(app, 'M-CORR', '2026-06-01', '260');
    await billed('2026-05', accountNo);
    await correct('M-CORR', '2026-06-01', '206');
    await enter(app, 'M-CORR', '2026-07-01', '300');
    const held = await preview(accountNo, '2026-06');
    expect(reasons(held)).toEqual(['BILLING.START_READING_CORRECTED P-CORR/M-CORR/total']);
    expect(held.errors?.[0]?.message).toContain('billedOn 2026-06-01, billedReading 260, reading 206');
    const { runId } = await computeRun(app, '2026-06', [accountNo]);
    const { items } = (await app.http.get(`/v1/billing-runs/${runId}/exceptions`).set(await app.as('operator'))).body as { items: { exceptionId: string; remedies: string[] }[] };
    expect(items[0]?.remedies).toEqual(['correct-readings', 'confirm', 'recompute', 'exclude']);
    await post(app, 'operator', `/v1/accounts/${accountNo}/finding-confirmations`, { period: '2026-06', code: 'BILLING.START_READING_CORRECTED', subject: 'P-CORR/M-CORR/total', reason: 'settled in June' });
    // 300 − 260 = 40 kWh: with May's 160 kWh the meter's 200 kWh are billed once.
    expect(amounts(await preview(accountNo, '2026-06'))).toEqual(['20.00']);
    expect(await post(app, 'operator', `/v1/billing-runs/${runId}/exceptions/${items[0]?.exceptionId ?? ''}/recomputation`)).toMatchObject({ outcome: 'billed', totalAmount: '20.00' });
  });

  test('a billed estimate that a real reading replaced is settled by itself in the next bill', async () => {
    const accountNo = await household('EST');
    await post(app, 'clerk', '/v1/readings', { meterNo: 'M-EST', register: 'total', readOn: '2026-06-01', reading: '250', source: 'estimated' });
    await billed('2026-05', accountNo);
    await correct('M-EST', '2026-06-01', '230');
    await enter(app, 'M-EST', '2026-07-01', '300');
    // May was billed 150 kWh; 300 − 250 = 50 kWh make it 200 kWh, as the meter has it.
    expect(amounts(await preview(accountNo, '2026-06'))).toEqual(['25.00']);
  });

  test('a meter that stood there before, but was recorded after the bill, needs a person: its first days are on no bill', async () => {
    const accountNo = await household('OLD');
    await enter(app, 'M-OLD', '2026-06-01', '200');
    await billed('2026-05', accountNo);
    await installMeter(app, 'P-OLD', 'M-FOUND', { installedOn: '2026-05-20', first: '0' });
    await enter(app, 'M-FOUND', '2026-06-01', '40');
    await enter(app, 'M-FOUND', '2026-07-01', '120');
    await enter(app, 'M-OLD', '2026-07-01', '300');
    expect(reasons(await preview(accountNo, '2026-06'))).toEqual(['BILLING.METER_NOT_CONTINUED P-OLD/M-FOUND/total']);
  });

  test('a reading day that is moved after the bill leaves neither days nor energy out', async () => {
    const accountNo = await household('ROUTE');
    await enter(app, 'M-ROUTE', '2026-06-01', '200');
    await billed('2026-05', accountNo);
    const { routeId } = await post<{ routeId: string }>(app, 'clerk', '/v1/reading-routes', { routeCode: 'R-TENTH', regionCode: 'CN-SH', readingDay: 10 });
    await app.http.post(`/v1/reading-routes/${routeId}/accounts`).set(await app.as('clerk')).send({ accountNos: [accountNo], fromMonth: '2026-06' }).expect(200);
    await enter(app, 'M-ROUTE', '2026-07-10', '330');
    const june = await preview(accountNo, '2026-06');
    expect(june.items?.[0]?.document.period).toEqual({ from: '2026-06-01', to: '2026-07-10' });
    expect(amounts(june)).toEqual(['65.00']);
  });
});

import { randomUUID } from 'node:crypto';
import { DiscardRun, DriveRun, FreezeRun } from '../../src/modules/billing';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { post, publishTariff, releaseRun, verifyRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** Months of households at 0.50 yuan a kWh, 100 kWh a month. No workers: each step of a run is taken by the test. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-08-02T09:00:00+08:00' });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
});
afterAll(() => app.close());

const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };
async function household(no: string, openedOn = '2026-05-01'): Promise<string> {
  const { accountNo } = await openAccount(app, terms, openedOn);
  await createPoint(app, accountNo, `P-${no}`, { validFrom: '2026-05-01' });
  await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: '2026-05-01', first: '100' });
  for (const [day, reading] of [['2026-06-01', '200'], ['2026-07-01', '300'], ['2026-08-01', '400']] as const) await enter(app, `M-${no}`, day, reading);
  return accountNo;
}

const start = async (period: string, accountNo: string, kind = 'regular'): Promise<string> =>
  (await post<{ runId: string }>(app, 'operator', '/v1/billing-runs', { period, kind, population: { by: 'accounts', accountNos: [accountNo] } })).runId;
const freeze = (runId: string): Promise<string> => app.get(FreezeRun).freeze(runId);
const drive = (runId: string): Promise<unknown> => app.get(DriveRun).drive(runId, new AbortController().signal);
async function computed(period: string, accountNo: string, kind = 'regular'): Promise<string> {
  const runId = await start(period, accountNo, kind);
  expect(await freeze(runId)).toBe('frozen');
  await drive(runId);
  return runId;
}

interface Exception {
  readonly exceptionId: string;
  readonly code: string;
  readonly remedies: readonly string[];
}
const exceptions = async (runId: string): Promise<Exception[]> =>
  (await app.http.get(`/v1/billing-runs/${runId}/exceptions?state=open`).set(await app.as('operator'))).body.items as Exception[];
const view = async (runId: string): Promise<{ state: string; totalAmount: string; counts: object; waitsFor: object | null }> =>
  (await app.http.get(`/v1/billing-runs/${runId}`).set(await app.as('operator'))).body as { state: string; totalAmount: string; counts: object; waitsFor: object | null };
const refusal = async (role: 'operator' | 'supervisor', path: string, body?: object): Promise<string | undefined> =>
  ((await app.http.post(path).set(await app.as(role)).set('Idempotency-Key', randomUUID()).send(body)).body as { code?: string }).code;

describe('periods are billed in order', () => {
  test('a month waits for the release of the one before, account by account, and is then computed again', async () => {
    const accountNo = await household('WAIT');
    const may = await computed('2026-05', accountNo);
    const june = await computed('2026-06', accountNo);
    const [held] = await exceptions(june);
    expect(held).toMatchObject({ code: 'BILLING.EARLIER_BILL_NOT_RELEASED', remedies: ['release-earlier-bill', 'recompute', 'exclude'] });
    await releaseRun(app, may);
    expect(await post(app, 'operator', `/v1/billing-runs/${june}/exceptions/${held?.exceptionId ?? ''}/recomputation`)).toMatchObject({ outcome: 'billed', totalAmount: '50.00' });
  });

  test('a month after which a later one is billed is refused, while a trial of it is free', async () => {
    const accountNo = await household('BACK', '2019-05-01');
    const june = await computed('2026-06', accountNo);
    const may = await computed('2026-05', accountNo);
    expect(await exceptions(may)).toMatchObject([{ code: 'BILLING.LATER_BILL_EXISTS', remedies: ['bill-in-later-period', 'recompute', 'exclude'] }]);
    expect(await view(await computed('2026-05', accountNo, 'trial'))).toMatchObject({ totalAmount: '50.00', counts: { billed: 1, exceptions: 0 } });
    // A later bill that is thrown away stands in nobody's way, even before its rows are removed.
    await post(app, 'operator', `/v1/billing-runs/${june}/discard`, { reason: 'May comes first' });
    const [held] = await exceptions(may);
    expect(await post(app, 'operator', `/v1/billing-runs/${may}/exceptions/${held?.exceptionId ?? ''}/recomputation`)).toMatchObject({ outcome: 'billed', totalAmount: '50.00' });
    await app.get(DiscardRun).purge(june);
  });

  test('a month that was left out must be billed before the next one, so that its energy is not lost', async () => {
    const accountNo = await household('HOLE');
    await releaseRun(app, await computed('2026-05', accountNo));
    const july = await computed('2026-07', accountNo);
    const [held] = await exceptions(july);
    expect(held).toMatchObject({ code: 'BILLING.EARLIER_PERIOD_NOT_BILLED', remedies: ['bill-earlier-period', 'recompute', 'exclude'] });
    await releaseRun(app, await computed('2026-06', accountNo));
    expect(await post(app, 'operator', `/v1/billing-runs/${july}/exceptions/${held?.exceptionId ?? ''}/recomputation`)).toMatchObject({ outcome: 'billed', totalAmount: '50.00' });
  });
});

describe('while a run computes', () => {
  test('a run of another period waits, and nothing is released, discarded or computed again in another period', async () => {
    const accountNo = await household('TURN');
    const stuck = await household('STUCK');
    const may = await computed('2026-05', accountNo);
    const mayOfStuck = await computed('2026-05', stuck);
    const juneOfStuck = await computed('2026-06', stuck);
    const june = await start('2026-06', accountNo);
    const july = await start('2026-07', accountNo);
    expect(await freeze(june)).toBe('frozen');
    expect(await freeze(july)).toBe('waits-for-other-period');
    expect((await view(july)).waitsFor).toEqual({ reason: 'other-period-computing', runId: june, period: '2026-06' });
    expect((await view(june)).waitsFor).toBeNull();
    await post(app, 'operator', `/v1/billing-runs/${may}/checks`);
    await verifyRun(app, may);
    const reason = { reason: 'in a hurry' };
    expect(await refusal('supervisor', `/v1/billing-runs/${may}/release`, reason)).toBe('BILLING.OTHER_PERIOD_COMPUTING');
    expect(await refusal('operator', `/v1/billing-runs/${mayOfStuck}/discard`, reason)).toBe('BILLING.OTHER_PERIOD_COMPUTING');
    expect(await exceptions(juneOfStuck)).toHaveLength(1);
    await post(app, 'operator', `/v1/billing-runs/${july}/discard`, { reason: 'a draft that waits has no bills' });
    await app.get(DiscardRun).purge(july);
    await drive(june);
    expect(await exceptions(june)).toMatchObject([{ code: 'BILLING.EARLIER_BILL_NOT_RELEASED' }]);
    expect(await refusal('supervisor', `/v1/billing-runs/${may}/release`, reason)).toBeUndefined();
    expect((await view(may)).state).toBe('released');
    const again = await start('2026-07', stuck);
    expect(await freeze(again)).toBe('frozen');
    const [held] = await exceptions(juneOfStuck);
    expect(await refusal('operator', `/v1/billing-runs/${juneOfStuck}/exceptions/${held?.exceptionId ?? ''}/recomputation`)).toBe('BILLING.OTHER_PERIOD_COMPUTING');
  });
});

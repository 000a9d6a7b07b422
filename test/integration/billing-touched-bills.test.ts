import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** A factory of 400 kVA that is billed for May 2026; then the past is changed. */
let app: TestApp;
let account: { accountId: string; accountNo: string };
let usagePointId: string;
let transformerId: string;
const terms = { category: 'large-industrial', voltage: '1-10kv', priceBook: 'testland', planId: 'industry', chargeMethod: 'capacity', approvedCapacityKva: '400', powerFactorStandard: 'none' };
const point = { kind: 'metered', role: 'billing', timeOfUse: true, meteringMode: 'high-high', transformerNo: 'T1' };

beforeAll(async () => {
  app = await startApp({ at: '2026-07-02T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument());
  account = await openAccount(app, terms, '2026-05-01');
  ({ transformerId } = await post<{ transformerId: string }>(app, 'clerk', `/v1/accounts/${account.accountId}/transformers`, { transformerNo: 'T1', ownership: 'own', capacityKva: '400', connectedOn: '2026-05-01', reason: 'first connection' }));
  usagePointId = await createPoint(app, account.accountNo, 'P-TOUCHED', { ...point, validFrom: '2026-05-01' });
  const dials = ['total', 'peak', 'valley'].map((register) => ({ register, dialDigits: 6, decimals: 2 }));
  await installMeter(app, 'P-TOUCHED', 'M-TOUCHED', { dials, installedOn: '2026-05-01', first: '0' });
  for (const [register, reading] of [['total', '1000'], ['peak', '500'], ['valley', '300']] as const) await enter(app, 'M-TOUCHED', '2026-06-01', reading, register);
  const { runId } = await computeRun(app, '2026-05', [account.accountNo]);
  await releaseRun(app, runId);
});
afterAll(() => app.close());

interface Touched {
  readonly items: { readonly code: string; readonly period: string; readonly cycleFrom: string; readonly released: boolean; readonly parts: { part: string }[] }[];
}
const touched = async (): Promise<Touched['items']> => {
  const { status, body } = await app.http.get(`/v1/accounts/${account.accountNo}/touched-bills`).set(await app.as('clerk'));
  expect(status).toBe(200);
  return (body as Touched).items;
};
const parts = async (): Promise<string[]> => (await touched()).flatMap((bill) => bill.parts.map(({ part }) => part));

describe('the bills of an account whose days are changed afterwards', () => {
  test('are none after changes that begin where the bill ends', async () => {
    expect(await touched()).toEqual([]);
    await post(app, 'clerk', `/v1/accounts/${account.accountId}/terms`, { ...terms, approvedCapacityKva: '500', validFrom: '2026-06-01', reason: 'more capacity' });
    await post(app, 'clerk', `/v1/usage-points/${usagePointId}/versions`, { ...point, planId: 'industry', validFrom: '2026-06-01' });
    await post(app, 'clerk', `/v1/accounts/${account.accountId}/transformers/${transformerId}/states`, { state: 'suspended', validFrom: '2026-06-10', reason: 'order 1' });
    expect(await touched()).toEqual([]);
  });

  test('are named with what was changed: a suspension that is entered late, then back-dated terms and a usage point', async () => {
    await post(app, 'clerk', `/v1/accounts/${account.accountId}/transformers/${transformerId}/states`, { state: 'suspended', validFrom: '2026-05-10', reason: 'order 2, entered late' });
    expect(await touched()).toMatchObject([{ code: 'BILLING.BILLED_PERIOD_TOUCHED', period: '2026-05', cycleFrom: '2026-05-01', released: true, parts: [{ part: 'transformers' }] }]);
    await post(app, 'clerk', `/v1/accounts/${account.accountId}/terms`, { ...terms, approvedCapacityKva: '300', validFrom: '2026-05-20', reason: 'less capacity, entered late' });
    expect(await parts()).toEqual(['terms', 'transformers']);
    await post(app, 'clerk', `/v1/usage-points/${usagePointId}/versions`, { ...point, planId: 'industry', validFrom: '2026-05-20' });
    expect(await parts()).toEqual(['terms', 'transformers', 'usage-points']);
  });

  test('are asked for by who may, of an account that is there', async () => {
    expect((await app.http.get('/v1/accounts/9999999999/touched-bills').set(await app.as('clerk'))).body).toMatchObject({ code: 'BILLING.ACCOUNT_NOT_FOUND' });
    expect((await app.http.get(`/v1/accounts/${account.accountNo}/touched-bills`).set(await app.as('auditor'))).body).toMatchObject({ code: 'AUTH.NOT_PERMITTED' });
  });
});

import { FreezeRun } from '../../src/modules/billing/runs/freeze-run';
import { JobWorkers } from '../../src/platform/queue';
import { householdTerms } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { post, publishTariff } from '../support/billing-builder';
import { clerkPost, enter } from '../support/metering-builder';
import { get, runReaches, type RunView, send } from './support/story';
import { type Household, household, testlandPrices } from './support/testland';

/** Each household uses 100 kWh a month at 0.5000: 50.00. The run is frozen at 9:00; what is written afterwards is for the next one. */
let app: TestApp;
let run: RunView;
let corrected: Household;
let moved: Household;
let late: Household;
const READ = [['2026-04-01', '100'], ['2026-05-01', '200'], ['2026-06-01', '300']] as const;

const preview = async ({ accountNo }: Household): Promise<string | undefined> =>
  (await send<{ items: { totalAmount: string }[] }>(app, 'operator', `/v1/accounts/${accountNo}/bill-previews`, { period: '2026-05' })).body.items[0]?.totalAmount;

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  await publishTariff(app, testlandPrices());
  corrected = await household(app, 'CORRECTED', READ);
  moved = await household(app, 'MOVED', READ);
  late = await household(app, 'LATE', READ.slice(0, 2));
  ({ body: run } = await send<RunView>(app, 'operator', '/v1/billing-runs', { period: '2026-05', kind: 'regular', population: { by: 'all' } }));
  expect(await app.get(FreezeRun).freeze(run.runId)).toBe('frozen');
});
afterAll(() => app.close());

describe('what is written after a run has frozen its inputs', () => {
  test('is taken down: a correction, other terms, new prices, a late reading, a new account', async () => {
    const { body } = await get<{ items: { readingId: string; readOn: string }[] }>(app, 'clerk', `/v1/readings?meterNo=${corrected.meterNo}`);
    const last = body.items.find(({ readOn }) => readOn === '2026-06-01')?.readingId ?? '';
    expect((await clerkPost(app, `/v1/readings/${last}/corrections`, { reading: '320', reason: 'misread' })).status).toBe(201);
    // From 1 May on by a plan of another price book at 0.8000.
    await publishTariff(app, testlandPrices({ priceBook: 'otherland', plans: testlandPrices().plans.map((plan) => (plan.planId === 'household' ? { ...plan, prices: [{ voltages: ['below-1kv'], prices: { energy: { total: '0.8000' } } }] } : plan)) }));
    await post(app, 'clerk', `/v1/accounts/${moved.accountId}/terms`, { ...householdTerms, priceBook: 'otherland', planId: 'household', validFrom: '2026-05-01', reason: 'wrong price book' });
    // A successor of the prices from 16 May on, at 0.6000.
    await publishTariff(app, testlandPrices({ version: '2026-2', validFrom: '2026-05-16', plans: testlandPrices().plans.map((plan) => (plan.planId === 'household' ? { ...plan, prices: [{ voltages: ['below-1kv'], prices: { energy: { total: '0.6000' } } }] } : plan)) }));
    await enter(app, late.meterNo, '2026-06-01', '300');
    await household(app, 'NEWCOMER', READ);
    // 120 kWh by days: 15/31 and 16/31, 58 × 0.5 + 62 × 0.6 = 66.20; 100 × 0.8 = 80.00; 48 × 0.5 + 52 × 0.6 = 55.20
    expect([await preview(corrected), await preview(moved), await preview(late)]).toEqual(['66.20', '80.00', '55.20']);
  });

  test('does not get into the run: two households at 50.00, one still without its reading, no newcomer', async () => {
    await app.get(JobWorkers).start();
    await app.sweep();
    const computed = await runReaches(app, run.runId, 'computed');
    expect(computed).toMatchObject({ totalAmount: '100.00', counts: { accounts: 3, pending: 0, billed: 2, excluded: 0, exceptions: 1 } });
    const { body } = await get<{ items: { accountNo: string; code: string; exceptionId: string }[] }>(app, 'operator', `/v1/billing-runs/${run.runId}/exceptions?state=open`);
    expect(body.items).toMatchObject([{ accountNo: late.accountNo, code: 'METERING.READING_MISSING' }]);
    const again = await send<object>(app, 'operator', `/v1/billing-runs/${run.runId}/exceptions/${body.items[0]?.exceptionId ?? ''}/recomputation`);
    expect(again.body).toMatchObject({ outcome: 'billed', totalAmount: '55.20' });
  });

  test('is in the run that follows once this one is discarded', async () => {
    await post(app, 'operator', `/v1/billing-runs/${run.runId}/discard`, { reason: 'too much was corrected' });
    const { body } = await send<RunView>(app, 'operator', '/v1/billing-runs', { period: '2026-05', kind: 'regular', population: { by: 'all' } });
    expect(body.runId).not.toBe(run.runId);
    const second = await runReaches(app, body.runId, 'computed');
    // 66.20 + 80.00 + 55.20 + newcomer 55.20
    expect(second).toMatchObject({ totalAmount: '256.60', counts: { accounts: 4, billed: 4, exceptions: 0 } });
  });
});

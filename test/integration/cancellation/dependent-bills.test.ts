import { DriveRun, FreezeRun } from '../../../src/modules/billing';
import { startApp, type TestApp } from '../../support/app';
import { publishTariff, releaseRun } from '../../support/billing-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { enter } from '../../support/metering-builder';
import { tariffDocument } from '../../support/tariff-builder';
import { get, held, open, payCash, post } from '../collection/support';
import { approve, ask, bill, billNos, cancel, compute, computeRebill, correct, discard, type Household, household, listed, rebill, start } from './support';

/** Households at 0.50 yuan a kWh, 100 kWh a month, on 2 August 2026. */
let app: TestApp;
const MONTHS = { '2026-06-01': '200', '2026-07-01': '300', '2026-08-01': '400' };
beforeAll(async () => {
  app = await startApp({ at: '2026-08-02T09:00:00+08:00' });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

const preview = async (billNo: string): Promise<string[]> =>
  ((await get(app, `/v1/bills/${billNo}/cancellation-preview`, 'clerk')).body.bills as Record<string, string>[]).map((each) => `${each['period'] ?? ''} ${each['billNo'] ?? ''} ${each['cause'] ?? ''}`);
const heldBack = async (runId: string): Promise<string[]> =>
  ((await get(app, `/v1/billing-runs/${runId}/exceptions?state=open`, 'operator')).body.items as { code: string }[]).map(({ code }) => code);
async function threeMonths(no: string): Promise<[Household, string, string, string]> {
  const one = await household(app, no, MONTHS);
  const [may = ''] = await bill(app, '2026-05', one);
  const [june = ''] = await bill(app, '2026-06', one);
  const [july = ''] = await bill(app, '2026-07', one);
  return [one, may, june, july];
}

/**
 *   end of May was 240, not 200: May 140 kWh = 70.00, June 60 kWh = 30.00, July 100 kWh = 50.00 as before
 *   paid May 50.00, June 50.00; July is open
 *   May's successor takes May's 50.00 and owes 20.00, June's 50.00 wait
 *   June's successor takes 30.00 of them; the 20.00 that are left settle May
 *   July's successor is owed as the first one was
 */
test('three months are cancelled together and billed again one after the other, each with its own credit', async () => {
  const [one, may, june, july] = await threeMonths('CHAIN');
  await payCash(app, '100.00', one);
  const list = [`2026-05 ${may} asked-for`, `2026-06 ${june} later-month`, `2026-07 ${july} later-month`];
  expect(await preview(may)).toEqual(list);
  expect(await preview(july)).toEqual([`2026-07 ${july} asked-for`]);
  const refused = await ask(app, may);
  expect(refused.body).toMatchObject({ status: 409, code: 'BILLING.DEPENDENT_BILLS_EXIST' });
  expect(refused.body.errors.map(({ code, message }: Record<string, string>) => `${code ?? ''} ${message?.slice(0, 17) ?? ''}`)).toEqual([`LATER_MONTH ${june}`, `LATER_MONTH ${july}`]);
  const requestId = await cancel(app, may, 'cancel');
  expect([await held(app, one), await open(app, one)]).toEqual(['100.00', ['2026-05 0.00+0.00', '2026-06 0.00+0.00', '2026-07 0.00+0.00']]);
  await correct(app, one, '2026-06-01', '240');

  const early = await start(app, '2026-06', listed(one), 'rebill');
  await compute(app, early);
  expect(await heldBack(early)).toEqual(['BILLING.EARLIER_BILL_CANCELLED']);
  await discard(app, early);

  await rebill(app, requestId);
  expect([await held(app, one), (await open(app, one)).slice(3)]).toEqual(['50.00', ['2026-05 20.00+0.00']]);
  await rebill(app, requestId);
  expect([await held(app, one), (await open(app, one)).slice(3)]).toEqual(['0.00', ['2026-05 0.00+0.00', '2026-06 0.00+0.00']]);
  const last = await rebill(app, requestId);
  expect([await held(app, one), (await open(app, one)).slice(3)]).toEqual(['0.00', ['2026-05 0.00+0.00', '2026-06 0.00+0.00', '2026-07 50.00+0.00']]);
  const { body } = await get(app, `/v1/cancellation-requests/${requestId}`, 'clerk');
  expect(body.bills[2].successorBillNos).toEqual(await billNos(app, last, [one]));
  expect((await post(app, 'operator', `/v1/cancellation-requests/${requestId}/rebill`, {})).body.code).toBe('BILLING.NOTHING_TO_REBILL');
});

test('a successor that is wrong too is cancelled and billed again', async () => {
  const one = await household(app, 'TWICE', MONTHS);
  const [first = ''] = await bill(app, '2026-05', one);
  const [second = ''] = await billNos(app, await rebill(app, await cancel(app, first)), [one]);
  const [third = ''] = await billNos(app, await rebill(app, await cancel(app, second)), [one]);
  const links = async (billNo: string): Promise<unknown> => {
    const { standing, predecessorBillNos, successorBillNos } = (await get(app, `/v1/bills/${billNo}`, 'clerk')).body;
    return [standing, predecessorBillNos, successorBillNos];
  };
  expect([await links(first), await links(second), await links(third)]).toEqual([['cancelled', [], [second]], ['cancelled', [first], [third]], ['issued', [second], []]]);
});

describe('a bill is not cancelled', () => {
  test('before its run is released: the run is discarded instead', async () => {
    const one = await household(app, 'DRAFT', MONTHS);
    const runId = await start(app, '2026-05', listed(one));
    await compute(app, runId);
    const [draft = ''] = await billNos(app, runId, [one]);
    expect((await ask(app, draft)).body).toMatchObject({ status: 409, code: 'BILLING.BILL_NOT_ISSUED' });
    await releaseRun(app, runId);
    const trial = await start(app, '2026-05', listed(one), 'trial');
    await compute(app, trial);
    const [tried = ''] = await billNos(app, trial, [one]);
    expect((await ask(app, tried)).body).toMatchObject({ status: 409, code: 'BILLING.BILL_NOT_ISSUED' });
    expect((await ask(app, '20260500000000000')).body.code).toBe('BILLING.BILL_NOT_FOUND');
  });

  test('while a run that is not released goes on from it', async () => {
    const one = await household(app, 'AHEAD', MONTHS);
    const [may = ''] = await bill(app, '2026-05', one);
    const { body: early } = await ask(app, may);
    const runId = await start(app, '2026-06', listed(one));
    await compute(app, runId);
    const named = { status: 409, code: 'BILLING.DEPENDENT_NOT_RELEASED', detail: expect.stringContaining(`${runId} of 2026-06`) };
    expect((await get(app, `/v1/bills/${may}/cancellation-preview`, 'clerk')).body).toMatchObject(named);
    expect((await approve(app, early.requestId)).body).toMatchObject(named);
    await releaseRun(app, runId);
    expect((await approve(app, early.requestId)).body).toMatchObject({ status: 409, code: 'BILLING.DEPENDENTS_CHANGED' });
    await post(app, 'clerk', `/v1/cancellation-requests/${String(early.requestId)}/refusal`, { reason: 'June was released' });
    await cancel(app, may, 'cancel');
  });

  test('while a run computes, of another month or of the same', async () => {
    const one = await household(app, 'BUSY', MONTHS);
    const other = await household(app, 'OTHER', MONTHS);
    const [may = ''] = await bill(app, '2026-05', one);
    await bill(app, '2026-05', other);
    const { body } = await ask(app, may);
    const computing = await start(app, '2026-06', listed(other));
    expect(await app.get(FreezeRun).freeze(computing)).toBe('frozen');
    expect((await approve(app, body.requestId)).body).toMatchObject({ status: 409, code: 'BILLING.OTHER_PERIOD_COMPUTING' });
    await app.get(DriveRun).drive(computing, new AbortController().signal);
    const third = await household(app, 'THIRD', MONTHS);
    const sameMonth = await start(app, '2026-05', listed(third));
    expect(await app.get(FreezeRun).freeze(sameMonth)).toBe('frozen');
    expect((await approve(app, body.requestId)).body).toMatchObject({ status: 409, code: 'BILLING.SAME_PERIOD_COMPUTING' });
    await app.get(DriveRun).drive(sameMonth, new AbortController().signal);
    expect((await approve(app, body.requestId)).status).toBe(201);
    await discard(app, computing);
    await discard(app, sameMonth);
  });
});

describe('until its successor is released, a cancelled month', () => {
  test('is left out by a regular run, and keeps the next month back', async () => {
    const one = await household(app, 'WAITS', MONTHS);
    const [may = ''] = await bill(app, '2026-05', one);
    const requestId = await cancel(app, may);
    const again = await start(app, '2026-05', listed(one));
    await compute(app, again);
    const { rows } = await app.db.query('select exclusion_code from billing_run_members where run_id = $1', [again]);
    expect(rows).toEqual([{ exclusion_code: 'BILL_CANCELLED' }]);
    const june = await start(app, '2026-06', listed(one));
    await compute(app, june);
    expect(await heldBack(june)).toEqual(['BILLING.EARLIER_BILL_CANCELLED']);
    const { body } = await get(app, `/v1/billing-runs/${june}/exceptions?state=open`, 'operator');
    expect(body.items[0].remedies).toEqual(['rebill-earlier-period', 'recompute', 'exclude']);
    await discard(app, june);
    await rebill(app, requestId);
      expect(await bill(app, '2026-06', one)).toEqual([expect.stringMatching(/^202606/)]);
  });

  test('is the population of a rebill run over all; what is not cancelled is refused by name', async () => {
    const [one, two, three] = [await household(app, 'ALL-1', MONTHS), await household(app, 'ALL-2', MONTHS), await household(app, 'ALL-3', MONTHS)];
    const [first = '', second = ''] = await bill(app, '2026-05', one, two, three);
    await cancel(app, first);
    const operator = await app.as('operator');
    const begin = async (population: object, key: string): Promise<{ body: { code?: string; errors?: object[]; runId: string } }> =>
      app.http.post('/v1/billing-runs').set(operator).set('Idempotency-Key', key).send({ period: '2026-05', kind: 'rebill', population });
    expect((await begin(listed(one, three), 'list-with-a-live-one')).body).toMatchObject({ code: 'BILLING.NOTHING_TO_REBILL', errors: [{ field: 'population.accountNos', code: 'NOT_CANCELLED' }] });
    await cancel(app, second);
    const { rows } = await app.db.query<{ waiting: number }>(
      `select count(distinct account_id)::int as waiting from bill_cancellations c where period = '2026-05' and state = 'approved'
          and not exists (select from bill_successions s where s.predecessor_id = c.bill_id)`);
    const { body: run } = await begin({ by: 'all' }, 'all-that-wait-now');
    await compute(app, run.runId);
    const { body } = await get(app, `/v1/billing-runs/${run.runId}`, 'operator');
    expect(body.counts.accounts).toBe(rows[0]?.waiting);
    expect(await billNos(app, run.runId, [one, two, three])).toEqual([expect.stringMatching(/^202605/), expect.stringMatching(/^202605/), '']);
    await releaseRun(app, run.runId);
    expect((await begin({ by: 'all' }, 'nothing-waits-any-more')).body.code).toBe('BILLING.NOTHING_TO_REBILL');
  });
});

/** The main meter of 300 kWh has the sub-meter's 100 kWh deducted: 200 kWh, 100.00; with 140 kWh deducted 160 kWh, 80.00 */
test('the bill of a main meter in another account is cancelled with that of its sub-meter, and both are billed again in one run', async () => {
  const main = await household(app, 'MAIN', {});
  await enter(app, 'M-MAIN', '2026-06-01', '400');
  const child = await household(app, 'BELOW', { '2026-06-01': '200' }, ['P-MAIN']);
  const [above = '', below = ''] = await bill(app, '2026-05', main, child);
  expect((await get(app, `/v1/bills/${above}`, 'clerk')).body.totalAmount).toBe('100.00');
  expect((await preview(below)).sort()).toEqual([`2026-05 ${above} main-meter`, `2026-05 ${below} asked-for`].sort());
  expect(await preview(above)).toEqual([`2026-05 ${above} asked-for`]);
  const requestId = await cancel(app, below, 'cancel');
  await correct(app, child, '2026-06-01', '240');
  const runId = await computeRebill(app, requestId);
  const { body } = await get(app, `/v1/bills?runId=${runId}`, 'operator');
  expect(Object.fromEntries((body.items as Record<string, string>[]).map(({ accountNo = '', totalAmount }) => [accountNo, totalAmount]))).toEqual({ [main.accountNo]: '80.00', [child.accountNo]: '70.00' });
  await releaseRun(app, runId);
});

import { Pool } from 'pg';
import { startApp, type TestApp } from '../../support/app';
import { publishTariff, releaseRun } from '../../support/billing-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { tariffDocument } from '../../support/tariff-builder';
import { get, held, open, payCash, post } from '../collection/support';
import { approve, ask, bill, billNos, cancel, computeRebill, type Household, household, rebill } from './support';

/** What the database refuses by itself, and what happens when everybody comes at once. */
let app: TestApp;
let serial = 0;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

async function billed(): Promise<[Household, string]> {
  const one = await household(app, `GUARD-${String((serial += 1))}`, { '2026-06-01': '300' });
  const [billNo = ''] = await bill(app, '2026-05', one);
  return [one, billNo];
}
const idOf = (billNo: string): string => String(Number(billNo.slice(6, 16)));
const refused = (sql: string, params: readonly unknown[], constraint: string): Promise<void> => expect(app.db.query(sql, [...params])).rejects.toMatchObject({ constraint });

describe('the database', () => {
  test('keeps a bill from being cancelled by one person, twice, or without having been asked', async () => {
    const [, billNo] = await billed();
    await refused('update bills set live = false where bill_id = $1', [idOf(billNo)], 'bills_cancelled_by_two');
    const { body } = await ask(app, billNo);
    await refused('update bills set live = false where bill_id = $1', [idOf(billNo)], 'bills_cancelled_by_two');
    const decide = `update cancellation_requests set state = 'approved', decided_by = requested_by, decided_at = app_now(), decision_reason = 'x' where request_id = $1`;
    await refused(decide, [body.requestId], 'cancellation_requests_two_persons');
    const again = 'insert into bill_cancellations (request_id, period, bill_id, account_id, cause) select request_id, period, bill_id, account_id, cause from bill_cancellations where request_id = $1';
    await refused(again, [body.requestId], 'bill_cancellations_once');
    await approve(app, body.requestId);
    await refused(again, [body.requestId], 'bill_cancellations_of_issued_bill');
    await refused(`update cancellation_requests set decision_reason = 'y' where request_id = $1`, [body.requestId], 'cancellation_requests_decided_once');
    await refused('update bills set live = true where bill_id = $1', [idOf(billNo)], 'bills_only_cancellation');
  });

  test('keeps a cancelled bill from having two successors, or one that is not its own', async () => {
    const [one, billNo] = await billed();
    const [, other] = await billed();
    const [successor = ''] = await billNos(app, await rebill(app, await cancel(app, billNo)), [one]);
    const bind = `insert into bill_successions (period, predecessor_id, supply_circuit, successor_id, run_id)
                  select period, $1, supply_circuit, bill_id, run_id from bills where bill_id = $2`;
    await refused(bind, [idOf(billNo), idOf(successor)], 'bill_successions_once');
    await refused(bind, [idOf(billNo), idOf(other)], 'bill_successions_of_cancelled_bill');
    await refused(bind, [idOf(other), idOf(successor)], 'bill_successions_of_cancelled_bill');
    const { rows } = await app.db.query<{ list: string }>(`select string_agg(column_name, ', ') as list from information_schema.columns where table_name = 'bills' and column_name not in ('bill_id', 'run_id')`);
    const list = rows[0]?.list ?? '';
    await refused(`insert into bills (bill_id, run_id, ${list}) select nextval('bill_ids'), 0, ${list} from bills where bill_id = $1`, [idOf(successor)], 'bills_2026_05_account_id_period_supply_circuit_kind_idx');
  });

  test('keeps a closed receivable closed, and a freed credit freed', async () => {
    const [one, billNo] = await billed();
    await refused('update receivables set cancelled = 50, settled_on = app_today() where account_id = $1', [one.accountId], 'receivables_cancelled_whole');
    await refused('update receivables set cancelled = amount where account_id = $1', [one.accountId], 'receivables_cancelled_owe_nothing');
    await payCash(app, '100.00', one);
    await refused('update receivables set cancelled = amount where account_id = $1', [one.accountId], 'receivables_paid_within_amount');
    await cancel(app, billNo);
    await refused('update receivables set principal_paid = 1 where account_id = $1', [one.accountId], 'receivables_paid_within_amount');
    await refused('update receivables set settled_on = null where account_id = $1', [one.accountId], 'receivables_cancelled_owe_nothing');
    const { body } = await get(app, `/v1/accounts/${one.accountNo}/cancellation-credits`);
    await post(app, 'supervisor', `/v1/cancellation-credits/${String(body.items[0].cancellationId)}/release`, { reason: 'x' });
    await refused('update cancellation_credits set freed_on = null where account_id = $1', [one.accountId], 'cancellation_credits_freed_once');
  });

  test('lets the application neither change nor remove what was recorded', async () => {
    const pool = new Pool({ connectionString: app.database.urls.app, max: 1 });
    for (const statement of [
      'delete from cancellation_requests', `update cancellation_requests set reason = 'x'`, 'delete from bill_cancellations', `update bill_cancellations set state = 'approved'`,
      'delete from bill_successions', 'update bill_successions set run_id = 1', 'delete from cancellation_credits', 'update cancellation_credits set principal = 1',
    ]) {
      await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
    await pool.end();
  });
});

describe('all at once', () => {
  test('a payment and the cancellation of its bill: whoever comes first, the money is held', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, billNo] = await billed();
      const { body } = await ask(app, billNo);
      const [paid, approved] = await Promise.all([payCash(app, '100.00', one), approve(app, body.requestId)]);
      expect([paid.status, approved.status]).toEqual([201, 201]);
      expect([await held(app, one), await open(app, one)]).toEqual(['100.00', ['2026-05 0.00+0.00']]);
    }
  });

  test('ten starts of the same rebill make one run, and later releases change nothing', async () => {
    const [one, billNo] = await billed();
    await payCash(app, '100.00', one);
    const requestId = await cancel(app, billNo);
    const starts = await Promise.all(Array.from({ length: 10 }, () => post(app, 'operator', `/v1/cancellation-requests/${requestId}/rebill`, {})));
    expect(new Set(starts.map(({ body }) => body.runId as string)).size).toBe(1);
    const runId = await computeRebill(app, requestId);
    await releaseRun(app, runId);
    const late = await Promise.all(Array.from({ length: 10 }, () => post(app, 'supervisor', `/v1/billing-runs/${runId}/release`, { reason: 'x' })));
    expect([...new Set(late.map(({ body }) => body.code as string))]).toEqual(['BILLING.RUN_STATE']);
    expect([await held(app, one), await open(app, one)]).toEqual(['0.00', ['2026-05 0.00+0.00', '2026-05 0.00+0.00']]);
  });

  test('twenty requests for one bill are one request', async () => {
    const [, billNo] = await billed();
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask(app, billNo)));
    expect(asked.filter(({ status }) => status === 201)).toHaveLength(1);
    expect([...new Set(asked.filter(({ status }) => status !== 201).map(({ body }) => body.code as string))]).toEqual(['BILLING.CANCELLATION_ALREADY_REQUESTED']);
  });
});

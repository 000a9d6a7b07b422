import { Pool } from 'pg';
import { householdTerms, openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { post, publishTariff, verifyRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';
import { flaws, get, type Problem, runReaches, type RunView, send } from './support/story';

/** Three households of Testland at 0.5000 yuan: 200, 301 and 47 kWh are 100.00, 150.50 and 23.50, together 274.00. */
const USE = [['300', '100.00'], ['401', '150.50'], ['147', '23.50']] as const;

let app: TestApp;
let application: Pool;
let accounts: { accountNo: string; customerId: string }[];
let run: RunView;
const START = { period: '2026-05', kind: 'regular', population: { by: 'all' } };

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00', worker: true });
  application = new Pool({ connectionString: app.database.urls.app, max: 1 });
  application.on('error', () => undefined);
  await publishTariff(app, tariffDocument());
  accounts = [];
  for (const [index, [reading]] of USE.entries()) {
    const account = await openAccount(app, { ...householdTerms, priceBook: 'testland', planId: 'household' }, '2026-05-01');
    await createPoint(app, account.accountNo, `P-${index}-A`, { validFrom: '2026-05-01' });
    await installMeter(app, `P-${index}-A`, `MTR-${index}`, { installedOn: '2026-05-01' });
    await enter(app, `MTR-${index}`, '2026-06-01', reading);
    accounts.push(account);
  }
});
afterAll(async () => {
  await application.end();
  await app.close();
});

const start = (body: object, key: string) => send<RunView & Problem>(app, 'operator', '/v1/billing-runs', body, 'operator.ou', { 'Idempotency-Key': key });
const bills = async (): Promise<number> => Number((await app.db.query<{ n: string }>('SELECT count(*) AS n FROM bills')).rows[0]?.n);

describe('the protocol of a billing run', () => {
  test('started again with the same key, with another key, and by two people at once, it is one run', async () => {
    const [first, again, other] = await Promise.all([start(START, 'key-0001'), start(START, 'key-0001'), start(START, 'key-0002')]);
    expect([first.status, again.status, other.status]).toEqual([202, 202, 202]);
    const colleague = await send<RunView>(app, 'operator', '/v1/billing-runs', START, 'operator.wu');
    expect(new Set([first, again, other, colleague].map(({ body }) => body.runId)).size).toBe(1);
    run = await runReaches(app, first.body.runId, 'computed');
    expect(run).toMatchObject({ totalAmount: '274.00', counts: { accounts: 3, pending: 0, billed: 3, excluded: 0, exceptions: 0 } });
    expect((await start(START, 'key-0003')).body.runId).toBe(run.runId);
    expect(await bills()).toBe(3);
  });

  test('a key that was used for another request is refused', async () => {
    const { status, body } = await start({ ...START, period: '2026-04' }, 'key-0001');
    expect([status, body.code]).toEqual([422, 'IDEMPOTENCY.KEY_REUSED']);
  });

  test('before the release its customers, agents and the receivables know nothing of it', async () => {
    const { body: drafts } = await get<{ items: { billNo: string; standing: string }[] }>(app, 'operator', `/v1/bills?runId=${run.runId}`);
    expect(drafts.items.map(({ standing }) => standing)).toEqual(['unreleased', 'unreleased', 'unreleased']);
    const self = { name: 'customer.one', customerId: accounts[0]?.customerId ?? '' };
    expect((await get<{ items: object[] }>(app, 'customer', '/v1/bills', self)).body.items).toEqual([]);
    for (const { billNo } of drafts.items) {
      expect((await get(app, 'customer', `/v1/bills/${billNo}`, self)).body.code).toBe('BILLING.BILL_NOT_FOUND');
      expect((await get(app, 'agent', `/v1/bills/${billNo}`, { name: 'bank', agencyId: '1' })).body.code).toBe('AUTH.NOT_PERMITTED');
    }
    expect((await get(app, 'customer', `/v1/billing-runs/${run.runId}`, self)).body.code).toBe('AUTH.NOT_PERMITTED');
    expect((await app.db.query('SELECT 1 FROM receivables')).rowCount).toBe(0);
  });

  test('it cannot be released unchecked, nor before a sample of it was looked through, nor without a reason', async () => {
    const release = `/v1/billing-runs/${run.runId}/release`;
    expect((await send(app, 'supervisor', release, { reason: 'in a hurry' })).body.code).toBe('BILLING.RUN_STATE');
    await post(app, 'operator', `/v1/billing-runs/${run.runId}/checks`);
    expect((await send(app, 'supervisor', release, { reason: 'still in a hurry' })).body.code).toBe('BILLING.RUN_STATE');
    await verifyRun(app, run.runId);
    const bare = await send(app, 'supervisor', release, {});
    expect([bare.status, flaws(bare.body)]).toEqual([400, ['reason REQUIRED']]);
  });

  test('its creator cannot release it: not over the API as an operator, nor made a supervisor, nor past the API in the database', async () => {
    const release = `/v1/billing-runs/${run.runId}/release`;
    for (const role of ['operator', 'supervisor'] as const) {
      const { status, body } = await send(app, role, release, { reason: 'my own work' }, 'operator.ou');
      expect([status, body.code]).toEqual([403, 'APPROVAL.SAME_PERSON']);
    }
    const { rows } = await app.db.query<{ created_by: string }>('SELECT created_by FROM billing_runs WHERE run_id = $1', [run.runId]);
    const creator = rows[0]?.created_by;
    for (const pool of [application, app.db]) {
      await expect(pool.query(`UPDATE billing_runs SET state = 'released', released_at = now(), released_by = $2 WHERE run_id = $1`, [run.runId, creator])).rejects.toThrow();
      await expect(pool.query(
        `INSERT INTO approvals (subject_type, subject_id, action, requested_by, approved_by) VALUES ('billing-run', $1, 'release', $2, $2)`, [run.runId, creator],
      )).rejects.toThrow();
    }
    expect((await get<RunView>(app, 'operator', `/v1/billing-runs/${run.runId}`)).body.state).toBe('verified');
  });

  test('who neither creates nor supervises cannot release it', async () => {
    for (const role of ['clerk', 'auditor'] as const) {
      expect((await send(app, role, `/v1/billing-runs/${run.runId}/release`, { reason: 'helpful' })).body.code).toBe('AUTH.NOT_PERMITTED');
    }
  });

  test('released twice at the same moment, it is released once', async () => {
    const release = () => send(app, 'supervisor', `/v1/billing-runs/${run.runId}/release`, { reason: 'totals looked through' });
    const answers = await Promise.all([release(), release()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 200)?.body).toEqual({ runId: run.runId, receivables: 3, credits: 0, amount: '274.00' });
  });

  test('receivables are the bills one by one, and the ledger sums to zero', async () => {
    for (const [index, { accountNo }] of accounts.entries()) {
      const { body } = await get<{ items: object[] }>(app, 'operator', `/v1/receivables?accountNo=${accountNo}`);
      expect(body.items).toMatchObject([{ amount: USE[index]?.[1], period: '2026-05' }]);
    }
    const { rows } = await app.db.query(
      `SELECT (SELECT sum(amount) FROM journal_entries)::text AS ledger, (SELECT count(*)::int FROM journals) AS journals,
              (SELECT count(*)::int FROM bills b JOIN receivables r USING (period, bill_id) WHERE r.amount = b.total_amount) AS pairs`,
    );
    expect(rows).toEqual([{ ledger: '0.00', journals: 3, pairs: 3 }]);
    // 274.00 with 13 % tax inside, bill by bill: 11.50 + 17.31 + 2.70 = 31.51
    const { body } = await get<{ items: { ledgerCode: string; balance: string }[] }>(app, 'auditor', '/v1/ledger/balances');
    const balance = Object.fromEntries(body.items.map(({ ledgerCode, balance: amount }) => [ledgerCode, amount]));
    expect([balance['1122'], balance['222101'], balance['6001']]).toEqual(['274.00', '-31.51', '-242.49']);
  });

  test.each(['UPDATE journals SET posted_on = posted_on', 'DELETE FROM journals', 'UPDATE journal_entries SET amount = amount', 'DELETE FROM journal_entries', 'TRUNCATE journals CASCADE'])(
    'the application cannot change the books: %s', (statement) => expect(application.query(statement)).rejects.toMatchObject({ code: '42501' }),
  );

  test('a released month is started anew, finds everybody billed, and opens nothing', async () => {
    const { body: second } = await send<RunView>(app, 'operator', '/v1/billing-runs', START, 'operator.wu');
    expect(second.runId).not.toBe(run.runId);
    const done = await runReaches(app, second.runId, 'computed');
    expect(done.counts).toEqual({ accounts: 3, pending: 0, billed: 0, excluded: 3, exceptions: 0 });
    expect(await bills()).toBe(3);
    expect((await send(app, 'operator', `/v1/billing-runs/${second.runId}/discard`, { reason: 'nothing in it' })).status).toBe(202);
    expect((await send(app, 'operator', `/v1/billing-runs/${run.runId}/discard`, { reason: 'by mistake' })).body.code).toBe('BILLING.RUN_STATE');
  });
});

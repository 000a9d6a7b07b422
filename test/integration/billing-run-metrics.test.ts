import { startApp, type TestApp } from '../support/app';

describe('figures of billing runs for the monitoring', () => {
  let app: TestApp;
  beforeAll(async () => { app = await startApp(); });
  afterAll(() => app.close());

  const figures = async (): Promise<string[]> => {
    const { text } = await app.http.get('/metrics').set(await app.as('operator')).expect(200);
    return text.split('\n').filter((line) => line.startsWith('wattledger_billing_run_'));
  };

  it('tell the accounts of a run under way by outcome, its intervals by state, one whose worker is lost apart, and its open exceptions by code', async () => {
    expect(await figures()).toEqual([]);
    const userId = (await app.db.query<{ user_id: string }>(`select user_id from users limit 1`)).rows[0]?.user_id;
    const { rows } = await app.db.query<{ run_id: string }>(
      `insert into billing_runs (period, kind, population, population_hash, created_by) values ('2026-05', 'trial', '{"by":"all"}', repeat('0', 64), $1) returning run_id`, [userId]);
    const run = rows[0]?.run_id ?? '';
    await app.db.query(`insert into billing_run_intervals (run_id, interval_no, first_account_id, last_account_id, population, billed, exceptions, state, lease_until) values
      ($1, 1, 1, 500, 500, 499, 1, 'done', null), ($1, 2, 501, 1000, 500, 0, 0, 'computing', now() - interval '1 minute'), ($1, 3, 1001, 1100, 100, 0, 0, 'pending', null)`, [run]);
    await app.db.query(`insert into billing_exceptions (run_id, interval_no, account_id, code, subject) values ($1, 1, 7, 'BILLING.CYCLE_MISSING', ''), ($1, 1, 8, 'METERING.READING_MISSING', 'P-1'), ($1, 1, 9, 'METERING.READING_MISSING', 'P-2')`, [run]);
    await app.db.query(`insert into billing_exceptions (run_id, interval_no, account_id, code, subject, state, closed_at) values ($1, 1, 10, 'BILLING.CYCLE_MISSING', '', 'billed', now())`, [run]);
    await app.db.query(`update billing_runs set frozen_revision = 1, frozen_at = now(), state = 'frozen' where run_id = $1`, [run]);
    const labels = `run="${run}",period="2026-05",kind="trial"`;
    expect(await figures()).toEqual([
      ...['pending"} 600', 'billed"} 499', 'excluded"} 0', 'exception"} 1'].map((end) => `wattledger_billing_run_accounts{${labels},outcome="${end}`),
      ...['pending"} 1', 'computing"} 0', 'overdue"} 1', 'done"} 1', 'parked"} 0'].map((end) => `wattledger_billing_run_intervals{${labels},state="${end}`),
      ...['BILLING.CYCLE_MISSING"} 1', 'METERING.READING_MISSING"} 2'].map((end) => `wattledger_billing_run_open_exceptions{${labels},code="${end}`),
    ]);
  });
});

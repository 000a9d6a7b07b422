import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { endProcess, startRunCompany, type RunCompany } from '../support/run-company';
import { eventually } from '../support/wait';

const ACCOUNTS = 3_000;
const WITHIN_MS = 150_000;

describe('workers that are killed in the middle of a run', () => {
  let company: RunCompany;

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/run.mjs', 'build'], { cwd: join(__dirname, '../..'), stdio: 'ignore' });
    company = await startRunCompany(ACCOUNTS);
  }, WITHIN_MS);
  afterAll(() => company.close());

  const sql = async (text: string): Promise<Record<string, unknown>[]> => (await company.app.db.query(text)).rows as Record<string, unknown>[];
  const held = async (): Promise<boolean> => (await sql(`select 1 from billing_run_intervals where state = 'computing'`)).length > 0;

  it('leave nobody billed twice and nobody out, and the result is that of an undisturbed run', async () => {
    const runId = await company.start();
    for (let kill = 0; kill < 3; kill += 1) {
      const victim = await company.host({});
      await eventually('a worker to hold an interval', async () => (await held()) || (await company.show(runId)).state === 'computed' || undefined, 30_000);
      await endProcess(victim, 'SIGKILL');
      // Nobody waits a minute here: the leases of the dead end at once.
      await sql(`update billing_run_intervals set lease_until = clock_timestamp() where state = 'computing'`);
    }
    const survivor = await company.host({});
    const run = await company.computed(runId);
    expect(run.counts).toEqual({ accounts: ACCOUNTS, pending: 0, billed: ACCOUNTS, excluded: 0, exceptions: 0 });
    const [row] = await sql(`
      select count(*)::int as bills, count(distinct account_id)::int as accounts, sum(line_count)::int as lines,
             (select count(*)::int from bill_lines) as stored_lines, (select count(*)::int from bill_documents) as documents from bills`);
    expect(row).toMatchObject({ bills: ACCOUNTS, accounts: ACCOUNTS, documents: ACCOUNTS, lines: row?.stored_lines });

    await company.app.http.post(`/v1/billing-runs/${runId}/discard`).set(await company.app.as('operator')).send({ reason: 'to compute it undisturbed' }).expect(202);
    const again = await company.computed(await company.start());
    expect(again.resultHash).toBe(run.resultHash);
    await endProcess(survivor, 'SIGTERM');
  }, WITHIN_MS);
});

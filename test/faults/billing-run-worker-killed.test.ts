import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BENCH_PERIOD, fillCompany } from '../../bench/support/company';
import { startApp, type TestApp } from '../support/app';
import { eventually } from '../support/wait';

const PROJECT = join(__dirname, '../..');
const ACCOUNTS = 3_000;

interface RunAnswer {
  runId: string;
  state: string;
  resultHash: string;
  counts: { accounts: number; pending: number; billed: number; excluded: number; exceptions: number };
}

/** A worker as a process of its own, so that it can be killed like one. */
function startWorker(app: TestApp): ChildProcess {
  return fork(join(PROJECT, 'dist/src/worker.js'), [], {
    env: { ...process.env, DATABASE_URL: app.database.urls.app, DATA_KEY: '11'.repeat(32), DATA_HASH_KEY: '22'.repeat(32), SANDBOX_CLOCK: '1', LOG_LEVEL: 'error', NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

async function end(worker: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = new Promise((resolve) => worker.once('exit', resolve));
  worker.kill(signal);
  await gone;
}

describe('workers that are killed in the middle of a run', () => {
  let app: TestApp;
  const workers = new Set<ChildProcess>();

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/run.mjs', 'build'], { cwd: PROJECT, stdio: 'ignore' });
    app = await startApp();
    await fillCompany(app.database.urls.owner, ACCOUNTS);
    const { body } = await app.http.post('/v1/price-books/shipped').set(await app.as('operator', 'price.clerk')).set('Idempotency-Key', randomUUID()).expect(({ status }) => expect(status).toBeLessThan(300));
    for (const { version } of body as { version: { tariffVersionId: string } }[]) {
      await app.http.post(`/v1/tariff-versions/${version.tariffVersionId}/publication`).set(await app.as('supervisor')).set('Idempotency-Key', randomUUID());
    }
  });

  afterAll(async () => {
    await Promise.all([...workers].map((worker) => end(worker, 'SIGKILL')));
    await app.close();
  });

  const work = (): ChildProcess => {
    const worker = startWorker(app);
    workers.add(worker);
    return worker;
  };
  const show = async (runId: string): Promise<RunAnswer> => (await app.http.get(`/v1/billing-runs/${runId}`).set(await app.as('operator'))).body as RunAnswer;
  const start = async (): Promise<string> => {
    const { body } = await app.http
      .post('/v1/billing-runs')
      .set(await app.as('operator'))
      .set('Idempotency-Key', randomUUID())
      .send({ period: BENCH_PERIOD, kind: 'regular', population: { by: 'all' } })
      .expect(202);
    return (body as RunAnswer).runId;
  };
  const held = async (): Promise<number> => {
    const { rows } = await app.db.query<{ n: number }>(`select count(*)::int as n from billing_run_intervals where state = 'computing'`);
    return rows[0]?.n ?? 0;
  };
  const computed = (runId: string) =>
    eventually('the run to be computed', async () => {
      const run = await show(runId);
      const { accounts, pending, billed, excluded, exceptions } = run.counts;
      expect(pending + billed + excluded + exceptions).toBe(accounts);
      return run.state === 'computed' ? run : undefined;
    }, 50_000);

  it('leave nobody billed twice and nobody out, and the result is that of an undisturbed run', async () => {
    const runId = await start();
    for (let kill = 0; kill < 3; kill += 1) {
      const victim = work();
      const busy = await eventually('a worker to hold an interval', async () => ((await held()) > 0 || (await show(runId)).state === 'computed' ? true : undefined), 30_000);
      expect(busy).toBe(true);
      await end(victim, 'SIGKILL');
      // Nobody waits a minute here: the leases of the dead end at once.
      await app.db.query(`update billing_run_intervals set lease_until = clock_timestamp() where state = 'computing'`);
    }
    const survivor = work();
    const run = await computed(runId);
    expect(run.counts).toEqual({ accounts: ACCOUNTS, pending: 0, billed: ACCOUNTS, excluded: 0, exceptions: 0 });
    const { rows } = await app.db.query(`
      select count(*)::int as bills, count(distinct account_id)::int as accounts, sum(line_count)::int as lines,
             (select count(*)::int from bill_lines) as stored_lines, (select count(*)::int from bill_documents) as documents from bills`);
    expect(rows[0]).toMatchObject({ bills: ACCOUNTS, accounts: ACCOUNTS, documents: ACCOUNTS });
    expect(rows[0].lines).toBe(rows[0].stored_lines);

    await app.http.post(`/v1/billing-runs/${runId}/discard`).set(await app.as('operator')).send({ reason: 'to compute it undisturbed' }).expect(202);
    const again = await computed(await start());
    expect(again.resultHash).toBe(run.resultHash);
    await end(survivor, 'SIGTERM');
  }, 150_000);
});

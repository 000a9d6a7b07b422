import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ApiProcesses } from '../../bench/support/api-processes';
import { hasRedis, startRedis, type TestRedis } from '../support/redis';
import { COMPANY_RUN, endProcess, startRunCompany, type CompanyRun, type RunCompany } from '../support/run-company';

const ACCOUNTS = 3_000;
/** Several processes start, and compute for real. */
const WITHIN_MS = 150_000;
const STORES = hasRedis() ? (['postgres', 'redis'] as const) : (['postgres'] as const);
const STARTS = 100;

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/run.mjs', 'build'], { cwd: join(__dirname, '../..'), stdio: 'ignore' });
}, WITHIN_MS);

/** Each host has its own process and its own settings; they share the database server and the queue, and nothing else. */
describe.each(STORES)('a run on two worker hosts with the queue in %s', (store) => {
  let redis: TestRedis | undefined;
  let company: RunCompany;
  let alone: CompanyRun;

  beforeAll(async () => {
    redis = store === 'redis' ? await startRedis() : undefined;
    company = await startRunCompany(ACCOUNTS, redis ? { REDIS_URL: redis.url } : {});
  });
  afterAll(async () => {
    await company.close();
    await redis?.stop();
  });

  const hostsOf = ({ progress }: CompanyRun): string[] => [...new Set(progress.workers.map(({ worker }) => worker.split(':')[0] ?? ''))].sort();

  test('one host computes it', async () => {
    const host = await company.host({ WORKER_HOST: 'billing-1', DATABASE_POOL_SIZE: '6' });
    alone = await company.computed(await company.start());
    expect(alone.counts).toEqual({ accounts: ACCOUNTS, pending: 0, billed: ACCOUNTS, excluded: 0, exceptions: 0 });
    expect(hostsOf(alone)).toEqual(['billing-1']);
    await endProcess(host, 'SIGTERM');
    expect(host.exitCode).toBe(0);
    await company.app.http.post(`/v1/billing-runs/${alone.runId}/discard`).set(await company.app.as('operator')).send({ reason: 'to compute it on two hosts' }).expect(202);
  }, WITHIN_MS);

  test('two hosts both take intervals, stand both in the per-worker view, and have the same result', async () => {
    await Promise.all([
      company.host({ WORKER_HOST: 'billing-1', DATABASE_POOL_SIZE: '6', LOG_LEVEL: 'silent' }),
      company.host({ WORKER_HOST: 'billing-2', DATABASE_POOL_SIZE: '12', LOG_LEVEL: 'warn' }),
    ]);
    const together = await company.computed(await company.start());
    expect(hostsOf(together)).toEqual(['billing-1', 'billing-2']);
    expect(together.progress.workers.every(({ intervalsDone }) => intervalsDone > 0)).toBe(true);
    expect(together.progress.workers.reduce((sum, { accountsDone }) => sum + accountsDone, 0)).toBe(ACCOUNTS);
    expect([together.counts, together.resultHash]).toEqual([alone.counts, alone.resultHash]);
  }, WITHIN_MS);
});

describe('a run that is started a hundred times at once through two API processes', () => {
  let company: RunCompany;
  let processes: ApiProcesses;

  beforeAll(async () => {
    company = await startRunCompany(1_000);
    processes = new ApiProcesses(company.settings);
    await processes.start(2);
  });
  afterAll(async () => {
    await processes.stop();
    await company.close();
  });

  test('is one run, and bills everybody once', async () => {
    const callers = await Promise.all(['operator.ou', 'operator.wu', 'operator.li'].map((name) => company.app.as('operator', name)));
    const answers = await Promise.all(Array.from({ length: STARTS }, async (_, index) => {
      const response = await fetch(`${processes.address(index % processes.count) ?? ''}/v1/billing-runs`, {
        method: 'POST',
        headers: { ...callers[index % callers.length], 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
        body: JSON.stringify(COMPANY_RUN),
      });
      return { status: response.status, runId: ((await response.json()) as CompanyRun).runId };
    }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const [runId = ''] = [...new Set(answers.map((answer) => answer.runId))];
    expect(answers.filter((answer) => answer.runId !== runId)).toEqual([]);
    expect((await company.app.db.query('select 1 from billing_runs')).rowCount).toBe(1);
    await company.host({ WORKER_HOST: 'billing-1' });
    expect((await company.computed(runId)).counts).toEqual({ accounts: 1_000, pending: 0, billed: 1_000, excluded: 0, exceptions: 0 });
    const { rows } = await company.app.db.query('select count(*)::int as bills, count(distinct account_id)::int as accounts from bills');
    expect(rows).toEqual([{ bills: 1_000, accounts: 1_000 }]);
    expect(processes.collapses).toEqual([]);
  }, WITHIN_MS);
});

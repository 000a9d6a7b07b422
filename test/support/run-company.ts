import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { BENCH_PERIOD, fillCompany } from '../../bench/support/company';
import { startApp, type TestApp } from './app';
import { eventually } from './wait';

const WORKER = join(__dirname, '../../dist/src/worker.js');
const READY = 'takes jobs';

/** A run as its view answers it. */
export interface CompanyRun {
  runId: string;
  state: string;
  resultHash: string;
  counts: { accounts: number; pending: number; billed: number; excluded: number; exceptions: number };
  progress: { workers: { worker: string; intervalsDone: number; accountsDone: number }[] };
}

/** A company with so many accounts, readings and published prices, whose runs other processes compute. */
export interface RunCompany {
  readonly app: TestApp;
  /** What a process of its own needs to work for this company. */
  readonly settings: Readonly<Record<string, string>>;
  /** Starts a worker process and waits until it takes jobs. */
  host(settings: Readonly<Record<string, string>>): Promise<ChildProcess>;
  start(): Promise<string>;
  show(runId: string): Promise<CompanyRun>;
  /** Waits for a computed run; at every look all accounts are accounted for. */
  computed(runId: string): Promise<CompanyRun>;
  close(): Promise<void>;
}

export const COMPANY_RUN = { period: BENCH_PERIOD, kind: 'regular', population: { by: 'all' } } as const;

export async function startRunCompany(accounts: number, queue: Readonly<Record<string, string>> = {}): Promise<RunCompany> {
  const app = await startApp({ settings: queue });
  await fillCompany(app.database.urls.owner, accounts);
  const { body: loaded } = await app.http.post('/v1/price-books/shipped').set(await app.as('operator', 'price.clerk')).set('Idempotency-Key', randomUUID());
  for (const { version } of loaded as { version: { tariffVersionId: string } }[]) {
    await app.http.post(`/v1/tariff-versions/${version.tariffVersionId}/publication`).set(await app.as('supervisor')).set('Idempotency-Key', randomUUID());
  }
  const settings = { DATABASE_URL: app.database.urls.app, DATA_KEY: '11'.repeat(32), DATA_HASH_KEY: '22'.repeat(32), SANDBOX_CLOCK: '1', LOG_LEVEL: 'error', ...queue };
  const children = new Set<ChildProcess>();
  const show = async (runId: string): Promise<CompanyRun> => (await app.http.get(`/v1/billing-runs/${runId}`).set(await app.as('operator')).expect(200)).body as CompanyRun;
  return {
    app, settings, show,
    async host(own) {
      const child = fork(WORKER, [], { env: { ...process.env, ...settings, ...own, NODE_OPTIONS: '' }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      children.add(child);
      await ready(child);
      return child;
    },
    async start() {
      const { body } = await app.http.post('/v1/billing-runs').set(await app.as('operator')).set('Idempotency-Key', randomUUID()).send(COMPANY_RUN).expect(202);
      return (body as CompanyRun).runId;
    },
    computed: (runId) => eventually('the run to be computed', async () => {
      const run = await show(runId);
      const { pending, billed, excluded, exceptions } = run.counts;
      expect(pending + billed + excluded + exceptions).toBe(run.counts.accounts);
      return run.state === 'computed' ? run : undefined;
    }, 100_000),
    async close() {
      await Promise.all([...children].map((child) => endProcess(child, 'SIGKILL')));
      await app.close();
    },
  };
}

/** Ends a process and waits until it is gone. */
export async function endProcess(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', (code, signal) => { reject(new Error(`a worker ended with ${String(code ?? signal)}:\n${said}`)); });
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(READY)) resolve();
    });
  });
}

import { Agent, request } from 'node:http';
import { Client } from 'pg';
import { createContext } from '../src/create-app';
import { ReleaseRun } from '../src/modules/billing';
import { TokenStore } from '../src/platform/auth';
import { type Config } from '../src/platform/config';
import { openEnvironment } from '../src/platform/embedded';
import { onShutdown } from '../src/platform/lifecycle';
import type { Figures } from './bench';
import { ApiProcesses } from './support/api-processes';
import { fillBilledMonth } from './support/billed-month';
import { openLoop, type Step } from './support/open-loop';
import { wholeOption } from './support/options';
import { personOf } from './support/people';

/** The rate that is promised, and how far the ladder goes above it. */
const STEADY_PER_SECOND = 50;
const RUNG = 1.25;
const HIGHEST_PER_SECOND = 5_000;
/** A rate is kept where 99 of 100 answers come within this time, and what is open at the end is less than it brings. */
const P99_LIMIT_MS = 500;

interface Owing {
  readonly accountNo: string;
  readonly amount: string;
}

/**
 * Payments at the counter, each of one account's whole bill, against API processes of their own:
 * `npm run bench -- payments [--accounts 50000] [--processes 2] [--seconds 60] [--rung 10]`. `p99Ms` is measured at 50 a
 * second over so many seconds; then the rate rises by a quarter, a rung each, until answers take too long or pile up:
 * `kneePerSecond` is the last rate that was kept.
 */
export async function run(options: Readonly<Record<string, string>>): Promise<Figures> {
  const accounts = wholeOption(options, 'accounts', 50_000);
  const processes = wholeOption(options, 'processes', 2);
  const seconds = wholeOption(options, 'seconds', 60);
  const rungSeconds = wholeOption(options, 'rung', 10);
  if (Math.min(accounts, processes, seconds, rungSeconds) < 1) throw new Error('--accounts, --processes, --seconds and --rung are at least 1');
  const { config } = await openEnvironment({ LOG_LEVEL: 'error' }, { freshDatabase: 'wattledger_bench_payments' });
  const { token, owing } = await prepare(config, accounts);
  const fleet = new ApiProcesses({ DATABASE_URL: config.databaseUrl, DATA_KEY: config.dataKey.toString('hex'), DATA_HASH_KEY: config.dataHashKey.toString('hex') });
  onShutdown('API processes', () => fleet.stop());
  await fleet.start(processes);
  const send = payer(fleet, token, owing);
  await openLoop(STEADY_PER_SECOND, 5, send);
  const steady = await openLoop(STEADY_PER_SECOND, seconds, send);
  const rungs = await climb(rungSeconds, send);
  const kept = rungs.filter(isKept).at(-1);
  await fleet.stop();
  return {
    accounts,
    processes,
    p50Ms: steady.p50Ms,
    p99Ms: steady.p99Ms,
    maxMs: steady.maxMs,
    failed: steady.failed + rungs.reduce((sum, { failed }) => sum + failed, 0),
    kneePerSecond: kept?.perSecond ?? 0,
    ...(await books(config)),
    rungs,
  };
}

/** Releases a month of generated bills; answers a cashier's token and what is owed. */
async function prepare(config: Config, accounts: number): Promise<{ readonly token: string; readonly owing: readonly Owing[] }> {
  const app = await createContext(config, 'ops');
  try {
    const tokens = app.get(TokenStore, { strict: false });
    const creator = await personOf(app, 'bench.operator', ['operator']);
    const approver = await personOf(app, 'bench.supervisor', ['supervisor']);
    const runId = await fillBilledMonth(config.databaseOwnerUrl ?? '', accounts, 0, creator.userId);
    await app.get(ReleaseRun, { strict: false }).release(runId, approver, 'benchmark');
    const owing = await asOwner(config, async (client) => {
      await client.query('vacuum (analyze)');
      return (await client.query<Owing>('select account_no as "accountNo", amount::text from receivables join accounts using (account_id) order by md5(account_no)')).rows;
    });
    return { token: (await tokens.issue({ name: 'bench.cashier', roles: ['cashier'], days: 1 })).token, owing };
  } finally {
    await app.close();
  }
}

/** Pays the next account's bill at the next process under a new key; true where it was taken. */
function payer(fleet: ApiProcesses, token: string, owing: readonly Owing[]): () => Promise<boolean> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  let turn = 0;
  return () => {
    turn += 1;
    const { accountNo, amount } = owing[turn % owing.length] ?? { accountNo: '', amount: '' };
    const body = JSON.stringify({ amount, tenders: [{ kind: 'cash', amount }], accountNos: [accountNo] });
    const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': `bench-key-${String(turn)}`, 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) };
    const address = fleet.address(turn % fleet.count) ?? '';
    const attempt = (): Promise<boolean> => post(agent, `${address}/v1/payments`, headers, body);
    // A connection that the server closed while it was idle is no answer: the key says that it is the same payment.
    return attempt().catch(attempt).catch((error: unknown) => {
      process.stderr.write(`${body} was not answered: ${String(error)}\n`);
      return false;
    });
  };
}

function post(agent: Agent, url: string, headers: Readonly<Record<string, string>>, body: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('aborted', () => { reject(new Error('the answer broke off')); });
      response.once('end', () => {
        if (response.statusCode !== 201) process.stderr.write(`${body} was answered with ${Buffer.concat(chunks).toString()}\n`);
        resolve(response.statusCode === 201);
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Rung after rung until one is not kept. */
async function climb(rungSeconds: number, send: () => Promise<boolean>): Promise<Step[]> {
  const rungs: Step[] = [];
  for (let rate = STEADY_PER_SECOND * RUNG; rate <= HIGHEST_PER_SECOND; rate *= RUNG) {
    const step = await openLoop(Math.round(rate), rungSeconds, send);
    rungs.push(step);
    if (!isKept(step)) break;
  }
  return rungs;
}

function isKept({ perSecond, p99Ms, backlog, failed }: Step): boolean {
  return failed === 0 && p99Ms <= P99_LIMIT_MS && backlog <= Math.max(10, (perSecond * P99_LIMIT_MS) / 1_000);
}

/** That every payment has its journal, and that the books balance. */
function books(config: Config): Promise<{ readonly payments: number; readonly journals: number; readonly difference: string }> {
  return asOwner(config, async (client) => {
    const { rows } = await client.query<{ payments: number; journals: number; difference: string }>(
      `select (select count(*)::int from payments) as payments, (select count(*)::int from journals where kind = 'payment') as journals,
              (select coalesce(sum(amount), 0)::text from journal_entries) as difference`,
    );
    return rows[0] ?? { payments: 0, journals: 0, difference: '' };
  });
}

async function asOwner<T>(config: Config, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: config.databaseOwnerUrl ?? '' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

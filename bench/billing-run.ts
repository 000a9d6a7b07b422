import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { createContext } from '../src/create-app';
import { CheckRun, CreateRun, DrawSample, JudgeSample, ReleaseRun, RunQueries, SampleViews, VerifyRun } from '../src/modules/billing';
import { LoadShippedPriceBooks, PublishTariffVersion } from '../src/modules/tariff';
import { type Actor, type Role, TokenStore } from '../src/platform/auth';
import { openEnvironment } from '../src/platform/embedded';
import { onShutdown } from '../src/platform/lifecycle';
import type { Figures } from './bench';
import { BENCH_PERIOD, fillCompany } from './support/company';
import { measureCopy } from './support/copy-baseline';
import { startWorkers } from './support/worker-processes';

const LOOK_EVERY_MS = 50;

/**
 * One month of so many accounts from start to release, with the workers as processes of their own:
 * `npm run bench -- billing-run --accounts 20000 [--workers 2] [--release no]`. `accountsPerSecond` counts from the start
 * of the run until it is computed, `ratioToCopy` compares that time with COPY of the same rows over one connection.
 */
export async function run(options: Readonly<Record<string, string>>): Promise<Figures> {
  const accounts = wholeOption(options, 'accounts', 20_000);
  const workerCount = wholeOption(options, 'workers', 2);
  const { config } = await openEnvironment({ LOG_LEVEL: 'error' }, { freshDatabase: 'wattledger_bench' });
  const ownerUrl = config.databaseOwnerUrl ?? '';
  const app = await createContext(config, 'ops');
  onShutdown('benchmark', () => app.close());
  const [creator, approver] = [await personOf(app, 'bench.operator', ['operator', 'clerk']), await personOf(app, 'bench.supervisor', ['supervisor'])];
  const prepare = await seconds(async () => {
    for (const { version } of await app.get(LoadShippedPriceBooks, { strict: false }).execute(creator)) {
      await app.get(PublishTariffVersion, { strict: false }).execute(approver, version.tariffVersionId);
    }
    await fillCompany(ownerUrl, accounts);
  });
  const workers = await startWorkers(config, workerCount);
  try {
    const measured = await measureRun(app, creator);
    const peakRssMb = Math.max(workers.peakRssMb(), Math.round(process.resourceUsage().maxRSS / 1024));
    await workers.stop();
    const check = await seconds(() => app.get(CheckRun, { strict: false }).check(measured.runId, creator, { percent: 50, yuan: '100.00' }));
    const sample = await seconds(() => verify(app, measured.runId, creator));
    const release = options.release === 'no' ? null : await seconds(() => app.get(ReleaseRun, { strict: false }).release(measured.runId, approver, 'benchmark'));
    const copy = await measureCopy(ownerUrl, BENCH_PERIOD, measured.runId, accounts);
    return {
      accounts,
      workers: workerCount,
      ...measured.counts,
      accountsPerSecond: Math.round(accounts / measured.stages.total),
      accountsPerSecondToChecked: Math.round(accounts / (measured.stages.total + check)),
      ratioToCopy: rounded(measured.stages.total / copy.seconds),
      ratioToCopyOnTwoConnections: rounded(measured.stages.total / copy.secondsOnTwoConnections),
      peakRssMb,
      rows: copy.rows,
      megabytes: copy.megabytes,
      stages: {
        prepare: rounded(prepare),
        freeze: rounded(measured.stages.freeze),
        compute: rounded(measured.stages.compute),
        complete: rounded(measured.stages.complete),
        check: rounded(check),
        sample: rounded(sample),
        ...(release === null ? {} : { release: rounded(release) }),
        copy: rounded(copy.seconds),
        copyOnTwoConnections: rounded(copy.secondsOnTwoConnections),
      },
    };
  } finally {
    await workers.stop();
  }
}

interface MeasuredRun {
  readonly runId: string;
  readonly counts: { readonly billed: number; readonly excluded: number; readonly exceptions: number };
  readonly stages: { readonly freeze: number; readonly compute: number; readonly complete: number; readonly total: number };
}

/** Starts the run as its creator would and waits until it is computed; stages from the intervals' own times. */
async function measureRun(app: INestApplicationContext, creator: Actor): Promise<MeasuredRun> {
  const queries = app.get(RunQueries, { strict: false });
  const began = Date.now();
  const start = performance.now();
  const { runId } = await app.get(CreateRun, { strict: false }).create({ period: BENCH_PERIOD, kind: 'regular', population: { by: 'all' } }, creator);
  let row = await queries.run(runId);
  while (row.state === 'draft' || row.state === 'frozen' || row.state === 'computing') {
    await sleep(LOOK_EVERY_MS);
    row = await queries.run(runId);
  }
  const total = (performance.now() - start) / 1000;
  const { startedAt, finishedAt } = await queries.pace(runId);
  const freeze = startedAt === null ? 0 : (startedAt.getTime() - began) / 1000;
  const compute = startedAt === null || finishedAt === null ? 0 : (finishedAt.getTime() - startedAt.getTime()) / 1000;
  const { billed, excluded, exceptions } = row;
  return { runId, counts: { billed, excluded, exceptions }, stages: { freeze, compute, complete: Math.max(0, total - freeze - compute), total } };
}

/** Draws a sample, finds every bill right, and marks the run verified. */
async function verify(app: INestApplicationContext, runId: string, creator: Actor): Promise<void> {
  const sampleId = await app.get(DrawSample, { strict: false }).draw(runId, { random: 30, largest: 10, jumps: 10, seed: '1' }, creator);
  const { items } = await app.get(SampleViews, { strict: false }).view(runId, sampleId);
  const verdicts = items.map(({ billNo }) => ({ billNo, verdict: 'right' as const, note: null }));
  await app.get(JudgeSample, { strict: false }).judge(runId, sampleId, verdicts, creator);
  await app.get(VerifyRun, { strict: false }).verify(runId, creator, 'benchmark');
}

async function personOf(app: INestApplicationContext, name: string, roles: Role[]): Promise<Actor> {
  const tokens = app.get(TokenStore, { strict: false });
  const { token } = await tokens.issue({ name, roles, days: 1 });
  const actor = await tokens.actorOf(token);
  if (!actor) throw new Error('a fresh token has an actor');
  return actor;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function wholeOption(options: Readonly<Record<string, string>>, name: string, fallback: number): number {
  const given = options[name] ?? String(fallback);
  if (!/^[1-9]\d{0,7}$/.test(given)) throw new Error(`--${name} is a whole number`);
  return Number.parseInt(given, 10);
}

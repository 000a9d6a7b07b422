import { createContext } from '../src/create-app';
import { CheckRun, ReleaseRun } from '../src/modules/billing';
import { LoadShippedPriceBooks, PublishTariffVersion } from '../src/modules/tariff';
import { openEnvironment } from '../src/platform/embedded';
import { onShutdown } from '../src/platform/lifecycle';
import type { Figures } from './bench';
import { BENCH_PERIOD, fillCompany } from './support/company';
import { measureCopy } from './support/copy-baseline';
import { measureRun, verifyRun } from './support/measured-run';
import { wholeOption } from './support/options';
import { personOf } from './support/people';
import { rounded, secondsOf } from './support/timing';
import { startWorkers } from './support/worker-processes';

/** From so many accounts on, a tenth of them is measured first, to say how the cost of an account grows. */
const GROWTH_FROM = 200_000;

/**
 * One month of so many accounts from start to release, with the workers as processes of their own:
 * `npm run bench -- billing-run --accounts 20000 [--workers 2] [--release no] [--growth-over 2000]`.
 * `accountsPerSecond` counts from the start of the run until it is computed, `accountsPerSecondToChecked` until it is
 * checked; `ratioToCopy` compares the first with COPY of the same rows over one connection; `growth` is the cost of an
 * account over that in a company of `--growth-over` accounts (a tenth, for 200,000 or more).
 */
export async function run(options: Readonly<Record<string, string>>): Promise<Figures> {
  const accounts = wholeOption(options, 'accounts', 20_000);
  const workers = wholeOption(options, 'workers', 2);
  if (Math.min(accounts, workers) < 1) throw new Error('--accounts and --workers are at least 1');
  const over = wholeOption(options, 'growth-over', accounts >= GROWTH_FROM ? Math.round(accounts / 10) : 0);
  const small = over === 0 ? null : await measureMonth(over, workers, false);
  const { secondsToChecked, figures } = await measureMonth(accounts, workers, options.release !== 'no');
  const growth = small && { growth: rounded(secondsToChecked / accounts / (small.secondsToChecked / over)), growthOver: over };
  return { ...figures, ...growth };
}

/** The month of a company of so many accounts in a database of its own. */
async function measureMonth(accounts: number, workerCount: number, release: boolean): Promise<{ secondsToChecked: number; figures: Figures }> {
  const { config } = await openEnvironment({ LOG_LEVEL: 'error' }, { freshDatabase: 'wattledger_bench' });
  const ownerUrl = config.databaseOwnerUrl ?? '';
  const app = await createContext(config, 'ops');
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= app.close());
  onShutdown('benchmark', close);
  const [creator, approver] = [await personOf(app, 'bench.operator', ['operator', 'clerk']), await personOf(app, 'bench.supervisor', ['supervisor'])];
  const prepare = await secondsOf(async () => {
    for (const { version } of await app.get(LoadShippedPriceBooks, { strict: false }).execute(creator)) {
      await app.get(PublishTariffVersion, { strict: false }).execute(approver, version.tariffVersionId);
    }
    await fillCompany(ownerUrl, accounts);
  });
  const workers = await startWorkers(config, workerCount);
  try {
    const { runId, counts, stages } = await measureRun(app, creator);
    const workersPeakRssMb = workers.peakRssMb();
    await workers.stop();
    const check = await secondsOf(() => app.get(CheckRun, { strict: false }).check(runId, creator, { percent: 50, yuan: '100.00' }));
    const sample = await secondsOf(() => verifyRun(app, runId, creator));
    const released = release ? await secondsOf(() => app.get(ReleaseRun, { strict: false }).release(runId, approver, 'benchmark')) : null;
    const peakRssMb = Math.max(workersPeakRssMb, Math.round(process.resourceUsage().maxRSS / 1024));
    const copy = await measureCopy(ownerUrl, BENCH_PERIOD, runId, accounts);
    const secondsToChecked = stages.total + check;
    return {
      secondsToChecked,
      figures: {
        accounts,
        workers: workerCount,
        ...counts,
        accountsPerSecond: Math.round(accounts / stages.total),
        accountsPerSecondToChecked: Math.round(accounts / secondsToChecked),
        ratioToCopy: rounded(stages.total / copy.seconds),
        ratioToCopyOnTwoConnections: rounded(stages.total / copy.secondsOnTwoConnections),
        peakRssMb,
        workersPeakRssMb,
        rows: copy.rows,
        megabytes: copy.megabytes,
        stages: roundedAll({ prepare, ...stages, check, sample, ...(released === null ? {} : { release: released }), copy: copy.seconds, copyOnTwoConnections: copy.secondsOnTwoConnections }),
      },
    };
  } finally {
    await workers.stop();
    await close();
  }
}

function roundedAll(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value)]));
}

import { randomUUID } from 'node:crypto';
import Redis from 'ioredis';
import { BENCH_PERIOD, fillCompany } from '../../bench/support/company';
import { startApp, type TestApp } from '../support/app';
import { hasRedis, startRedis, type TestRedis } from '../support/redis';
import { eventually } from '../support/wait';
import { faultsOf, readPlan, seededRandom, type Fault } from './support/fault-plan';
import { ownPostgres, type PostgresServer } from './support/postgres-server';
import { mountSmallDisk, type SmallDisk } from './support/small-disk';
import { RunWatch, type Holder, type RunPicture } from './support/run-watch';
import { WorkerFleet } from './support/worker-fleet';

const PLAN = readPlan(process.env['RUN_FAULTS']);
const STORES = hasRedis() ? (['postgres', 'redis'] as const) : (['postgres'] as const);
const WORKERS = 2;
/** Room for the bills of the plan's accounts several times over. */
const DISK_MEGABYTES = 512;
/** Longer than any run takes whose leases are not waited for. */
const RUN_WITHIN_MS = 150_000;
const WITHOUT_FAULT = { duplicates: 0, missing: 0, strangers: 0, wrongLines: 0, wrongDocuments: 0, sharedNumbers: 0, exceptions: 0, wrongTotal: 0 };

/** The hash of an undisturbed run; the same on every store of the queue. */
let undisturbed: string | undefined;

describe.each(STORES)('a billing run with the queue in %s', (store) => {
  const random = seededRandom(PLAN.seed);
  /** Faults that met a run at work, by kind. */
  const struck: Record<Fault, number> = { kill: 0, stop: 0, 'redis-flush': 0, 'redis-restart': 0, 'postgres-restart': 0, 'disk-full': 0 };
  /** What came of them: intervals of killed and paused workers that others took over, and how the paused ones were kept from writing. */
  const seen = { takenOverFromKilled: 0, takenOverFromPaused: 0, fencedOut: 0, sessionEnded: 0, fullDiskInterruptions: 0 };
  /** Sums over all judged runs, as the rows tell them. */
  const found: Record<string, number> = { runs: 0, otherResults: 0 };
  let app: TestApp;
  let redis: TestRedis | undefined;
  let disk: SmallDisk | undefined;
  let postgres: PostgresServer;
  let fleet: WorkerFleet;
  let watch: RunWatch;

  beforeAll(async () => {
    postgres = await ownPostgres();
    redis = store === 'redis' ? await startRedis() : undefined;
    const settings = redis ? { REDIS_URL: redis.url } : undefined;
    app = await startApp(settings ? { settings } : {});
    watch = new RunWatch(app.db);
    await fillCompany(app.database.urls.owner, PLAN.accounts);
    await publishPrices();
    fleet = new WorkerFleet(WORKERS, {
      DATABASE_URL: app.database.urls.app, DATA_KEY: '11'.repeat(32), DATA_HASH_KEY: '22'.repeat(32), SANDBOX_CLOCK: '1', LOG_LEVEL: 'warn', ...settings,
    });
    fleet.start();
  });

  afterAll(async () => {
    await fleet.stop();
    disk?.empty();
    await app.close();
    await redis?.stop();
    await disk?.remove();
  });

  async function publishPrices(): Promise<void> {
    const loaded = await app.http.post('/v1/price-books/shipped').set(await app.as('operator', 'price.clerk')).set('Idempotency-Key', randomUUID());
    for (const { version } of loaded.body as { version: { tariffVersionId: string } }[]) {
      await app.http.post(`/v1/tariff-versions/${version.tariffVersionId}/publication`).set(await app.as('supervisor')).set('Idempotency-Key', randomUUID());
    }
  }

  /** A request with one key, repeated as the manual says until the servers are back. */
  async function command(path: string, body: object): Promise<{ runId: string }> {
    const headers = { ...(await app.as('operator')), 'Idempotency-Key': randomUUID() };
    return eventually(`POST ${path}`, async () => {
      const { status, body: answer } = await app.http.post(path).set(headers).send(body);
      if (status >= 500 || status === 409) return undefined;
      if (status >= 300) throw new Error(`POST ${path} was refused: ${JSON.stringify(answer)}`);
      return answer as { runId: string };
    }, 60_000);
  }

  const start = async (): Promise<string> => (await command('/v1/billing-runs', { period: BENCH_PERIOD, kind: 'regular', population: { by: 'all' } })).runId;
  const discard = (runId: string) => command(`/v1/billing-runs/${runId}/discard`, { reason: 'to compute it again' });
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  /** Looks until the picture is as wanted; at every look each account is pending, billed, excluded or an exception. */
  async function until(what: string, runId: string, wanted: (picture: RunPicture) => boolean): Promise<RunPicture> {
    return eventually(`${what}; the workers said:\n${fleet.said()}`, async () => {
      const picture = await watch.picture(runId);
      expect(Math.min(picture.pending, picture.billed, picture.excluded, picture.exceptions)).toBeGreaterThanOrEqual(0);
      if (picture.accounts > 0) expect(picture.accounts).toBe(PLAN.accounts);
      return wanted(picture) ? picture : undefined;
    }, RUN_WITHIN_MS);
  }

  /** Waits for a computed run and holds it against its members and the undisturbed run. */
  async function judge(runId: string): Promise<void> {
    const picture = await until('the run to be computed', runId, ({ state }) => state === 'computed');
    const differences = await watch.differences(runId);
    undisturbed ??= picture.resultHash ?? undefined;
    found['runs'] = (found['runs'] ?? 0) + 1;
    if (picture.resultHash !== undisturbed) found['otherResults'] = (found['otherResults'] ?? 0) + 1;
    for (const [kind, count] of Object.entries(differences)) found[kind] = (found[kind] ?? 0) + count;
    expect(picture).toMatchObject({ pending: 0, billed: PLAN.accounts, excluded: 0, exceptions: 0 });
    expect(differences).toEqual(WITHOUT_FAULT);
    expect(picture.resultHash).toBe(undisturbed);
    tell(`run ${runId} is as the undisturbed one`);
  }

  /** Disturbs a run while it computes; false where the run was over before the fault could meet it. */
  async function disturb(runId: string, fault: Fault): Promise<boolean> {
    await until('somebody to hold an interval', runId, ({ state }) => state !== 'draft' && state !== 'frozen');
    await pause(random() * 700);
    const held = await eventually('a worker with an interval', async () => {
      const own = fleet.names();
      const holders = (await watch.holders(runId)).filter(({ worker }) => own.includes(worker));
      if (holders.length > 0) return holders;
      return (await watch.picture(runId)).state === 'computed' ? 'over' : undefined;
    }, RUN_WITHIN_MS);
    const victim = held === 'over' ? undefined : held[Math.floor(random() * held.length)];
    if (victim === undefined) return false;
    const met = await strike(runId, fault, victim);
    if (met) tell(`${fault} while ${victim.worker} held interval ${String(victim.intervalNo)}`);
    if (met) struck[fault] += 1;
    return met;
  }

  /** Answers false where the victim was through with its work when the fault came. */
  async function strike(runId: string, fault: Fault, victim: Holder): Promise<boolean> {
    switch (fault) {
      case 'kill':
        return kill(runId, victim);
      case 'stop':
        return stop(runId, victim);
      case 'redis-flush':
        await flush(redis?.url ?? '');
        return true;
      case 'redis-restart':
        // It comes back empty: the worst that a lost disk does.
        await flush(redis?.url ?? '');
        await redis?.restart();
        return true;
      case 'postgres-restart':
        postgres.restartImmediately();
        await watch.endLeases(runId, null);
        return true;
      case 'disk-full':
        return fillDisk(runId);
    }
  }

  /** Kills a worker and requires that somebody else gets what it held; false where it held nothing any more. */
  async function kill(runId: string, victim: Holder): Promise<boolean> {
    await fleet.kill(victim.worker);
    // What the dead one had just sent may still be on its way.
    await pause(100);
    const left = (await watch.holders(runId)).filter(({ worker }) => worker === victim.worker);
    for (const held of left) {
      await eventually(`somebody to take interval ${String(held.intervalNo)} over from the dead`, async () => {
        await watch.endLeases(runId, victim.worker);
        return (await watch.wasTakenOver(runId, held)) || undefined;
      }, RUN_WITHIN_MS);
      seen.takenOverFromKilled += 1;
    }
    return left.length > 0;
  }

  /** Fills the disk until intervals were interrupted by it, sees that nothing is given up, and gives the space back; nobody else does anything. */
  async function fillDisk(runId: string): Promise<boolean> {
    disk?.fill();
    try {
      const interrupted = await eventually('the full disk to interrupt intervals', async () => {
        if ((await watch.picture(runId)).state === 'computed') return 'over';
        const times = await watch.fullDiskInterruptions(runId);
        return times >= 4 ? times : undefined;
      }, RUN_WITHIN_MS);
      if (interrupted === 'over') return false;
      seen.fullDiskInterruptions += interrupted;
      expect(await watch.picture(runId)).toMatchObject({ state: 'computing', exceptions: 0 });
      return true;
    } finally {
      disk?.empty();
    }
  }

  /**
   * Pauses a worker until its lease is over and somebody else has its interval, lets it go on, and requires that it is kept
   * from writing: by its fence, or because the server ended its session. False where it was through with its work, or was
   * paused in the middle of writing and the plan does not wait for the end of its session.
   */
  async function stop(runId: string, victim: Holder): Promise<boolean> {
    fleet.pause(victim.worker);
    let held: Holder | undefined;
    try {
      held = (await watch.holders(runId)).find(({ worker }) => worker === victim.worker);
      if (held === undefined || !(await takenOver(runId, held))) return false;
      seen.takenOverFromPaused += 1;
    } finally {
      fleet.resume(victim.worker);
    }
    const interval = `interval ${runId}/${String(held.intervalNo)}`;
    const how = await eventually(`${victim.worker} to find out that it lost ${interval}`, () => {
      if (fleet.heard(victim.worker, new RegExp(`${interval} was taken over from fence ${String(held.fence)}`))) return 'fencedOut' as const;
      return fleet.heard(victim.worker, new RegExp(`${interval} was interrupted`)) ? ('sessionEnded' as const) : undefined;
    }, RUN_WITHIN_MS);
    seen[how] += 1;
    return true;
  }

  async function takenOver(runId: string, held: Holder): Promise<boolean> {
    const deadline = Date.now() + PLAN.takeoverSeconds * 1_000;
    while (Date.now() < deadline) {
      await watch.endLeases(runId, held.worker);
      if (await watch.wasTakenOver(runId, held)) return true;
      await pause(50);
    }
    return false;
  }

  it('ends with every account billed once and the result of an undisturbed run, whatever is killed, paused, emptied and restarted', async () => {
    const began = Date.now();
    let stubborn = 0;
    try {
      let runId = await start();
      await judge(runId);
      disk = PLAN.disk > 0 ? await mountSmallDisk(DISK_MEGABYTES) : undefined;
      await disk?.takeIn(app.database.name, BENCH_PERIOD);
      for (const fault of faultsOf(PLAN, store, disk !== undefined, random)) {
        if ((await watch.picture(runId)).state === 'computed') runId = await again(runId);
        while (!(await disturb(runId, fault))) runId = await again(runId);
      }
      await judge(runId);
      stubborn = await fleet.stop();
    } finally {
      await report(Math.round((Date.now() - began) / 1_000), stubborn);
    }
    expect({ collapses: fleet.collapses, stubborn }).toEqual({ collapses: [], stubborn: 0 });
    expect(seen.takenOverFromKilled).toBeGreaterThanOrEqual(struck.kill);
    expect(seen.takenOverFromPaused).toBe(struck.stop);
    expect(seen.fencedOut + seen.sessionEnded).toBe(struck.stop);
    expect(await watch.troubles()).toMatchObject({ failures: 0, parked: 0, humanActs: 0 });
  });

  /** One line of JSON, in which every figure was counted. */
  async function report(seconds: number, stubborn: number): Promise<void> {
    const line = {
      test: 'run-faults', queue: store, accounts: PLAN.accounts, seed: PLAN.seed, seconds,
      redis: hasRedis() ? 'tested' : 'skipped: no redis-server here', disk: disk ? 'tested' : 'skipped: no right to mount one',
      faults: struck, ...seen, ...(await watch.troubles()), ...found, collapses: fleet.collapses.length, failedStarts: fleet.failedStarts, stubborn, resultHash: undisturbed,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }

  async function again(runId: string): Promise<string> {
    await judge(runId);
    await discard(runId);
    return start();
  }
});

async function flush(url: string): Promise<void> {
  const client = new Redis(url);
  client.on('error', () => undefined);
  await client.flushall();
  client.disconnect();
}

/** The course of events, for whoever has to find out about a failure. */
function tell(what: string): void {
  process.stderr.write(`${new Date().toISOString()} ${what}\n`);
}

import { Injectable, type INestApplicationContext, type Provider } from '@nestjs/common';
import type { Pool } from 'pg';
import { HandlesJob, JobQueue, JobWorkers, QueueBackend, defineJob, type JobRun } from '../../../src/platform/queue';
import { testCluster } from '../../support/cluster';
import { connect, createTestDatabase, type TestDatabase } from '../../support/database';
import { platformContext, testConfig } from '../../support/platform-module';
import { hasRedis, startRedis, type TestRedis } from '../../support/redis';
import { eventually } from '../../support/wait';

const weighMeter = defineJob<{ meter: string; fails: number }>('test.weigh-meter', { attempts: 3, concurrency: 2, backoffMs: 20 });
const slowWork = defineJob<{ step: number }>('test.slow-work', { attempts: 1, concurrency: 1 });

@Injectable()
class Handlers {
  readonly runs: { meter: string; attempt: number }[] = [];
  readonly steps: number[] = [];
  release: () => void = () => undefined;

  @HandlesJob(weighMeter)
  async weigh({ meter, fails }: { meter: string; fails: number }, run: JobRun): Promise<void> {
    this.runs.push({ meter, attempt: run.attempt });
    if (run.attempt <= fails) throw new Error(`the scale slipped on ${meter}`);
  }

  @HandlesJob(slowWork)
  async slow({ step }: { step: number }): Promise<void> {
    this.steps.push(step);
    if (step === 1) await new Promise<void>((resolve) => { this.release = resolve; });
  }
}

@Injectable()
class SecondScale {
  @HandlesJob(weighMeter)
  async weighAgain(): Promise<void> {
    await Promise.resolve();
  }
}

const stores: ('postgres' | 'redis')[] = hasRedis() ? ['postgres', 'redis'] : ['postgres'];

describe.each(stores)('the queue in %s', (store) => {
  let database: TestDatabase;
  let redis: TestRedis | undefined;
  const open: INestApplicationContext[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    redis = store === 'redis' ? await startRedis() : undefined;
  });
  afterEach(async () => {
    for (const context of open.splice(0)) {
      await context.get(JobWorkers).stop(2_000);
      await context.close();
    }
  });
  afterAll(async () => {
    await database.drop();
    await redis?.stop();
  });

  async function context(providers: Provider[]): Promise<INestApplicationContext> {
    const config = testConfig(database, redis ? { REDIS_URL: redis.url } : {});
    const created = await platformContext(config, providers);
    open.push(created);
    return created;
  }

  it('runs a job that failed again, up to its bound, and then parks it visibly until it is retried', async () => {
    const app = await context([Handlers]);
    const queue = app.get(JobQueue);
    await app.get(JobWorkers).start();
    await queue.enqueue(weighMeter, { meter: 'A', fails: 2 });
    await queue.enqueue(weighMeter, { meter: 'B', fails: 3 });
    const parked = await eventually('the parked job', async () => (await queue.parked()).find((job) => job.attempts === 3));
    expect(parked).toMatchObject({ job: 'test.weigh-meter', reason: 'the scale slipped on B', payload: { meter: 'B', fails: 3 } });
    const { runs } = app.get(Handlers);
    await eventually('the third run of A', () => runs.filter(({ meter }) => meter === 'A').length === 3 || undefined);
    expect(await queue.retryParked({ job: 'test.weigh-meter' })).toBe(1);
    await eventually('three more runs of B', () => runs.filter(({ meter }) => meter === 'B').length === 6 || undefined);
  });

  it('makes one job of several wake-ups with the same id, and runs once more when one came during the work', async () => {
    const app = await context([Handlers]);
    const queue = app.get(JobQueue);
    for (let again = 0; again < 3; again += 1) await queue.enqueue(slowWork, { step: 1 }, { jobId: 'interval-7' });
    await app.get(JobWorkers).start();
    const handlers = app.get(Handlers);
    await eventually('the first run', () => handlers.steps.length === 1 || undefined);
    await queue.enqueue(slowWork, { step: 2 }, { jobId: 'interval-7' });
    handlers.release();
    await eventually('the second run', () => handlers.steps.length === 2 || undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(handlers.steps).toEqual([1, 2]);
  });

  it('refuses to start workers where a job has no handler or more than one', async () => {
    const none = await context([]);
    await expect(none.get(JobWorkers).start()).rejects.toThrow('test.weigh-meter has no handler');
    const twice = await context([Handlers, SecondScale]);
    await expect(twice.get(JobWorkers).start()).rejects.toThrow('test.weigh-meter has the handlers Handlers.weigh, SecondScale.weighAgain');
  });

  it('lives on when the server ends its connections, those in use among them, and takes jobs afterwards', async () => {
    const app = await context([Handlers]);
    await app.get(JobWorkers).start();
    const backend = app.get(QueueBackend);
    await backend.ping();
    const inUse = store === 'postgres' ? await (Reflect.get(backend, 'pool') as Pool).connect() : undefined;
    const lost = inUse && new Promise((resolve) => inUse.once('end', resolve));
    const admin = await connect(testCluster().adminUrl);
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name like 'wattledger%'`, [database.name]);
    await admin.end();
    await lost;
    inUse?.release(true);
    await eventually('a job to be taken', async () => {
      await app.get(JobQueue).enqueue(weighMeter, { meter: 'C', fails: 0 }).catch(() => undefined);
      return app.get(Handlers).runs.length > 0 || undefined;
    });
  });

  it('is opened anew after the server was away when it was first asked for', async () => {
    const app = await context([Handlers]);
    const backend = app.get(QueueBackend);
    await backend.ping();
    const pool = Reflect.get(backend, 'pool') as Pool | undefined;
    const away = pool && jest.spyOn(pool, 'connect').mockImplementationOnce(() => { throw new Error('the server is away'); });
    const first = app.get(JobQueue).enqueue(weighMeter, { meter: 'C', fails: 0 });
    await (away ? expect(first).rejects.toThrow('the server is away') : first);
    await app.get(JobQueue).enqueue(weighMeter, { meter: 'C', fails: 0 });
    expect(await app.get(JobQueue).waiting(weighMeter)).toBe(away ? 1 : 2);
  });

  it('waits for a running job when the worker stops, and starts no further one', async () => {
    const app = await context([Handlers]);
    const queue = app.get(JobQueue);
    await app.get(JobWorkers).start();
    const handlers = app.get(Handlers);
    await queue.enqueue(slowWork, { step: 1 });
    await eventually('the first run', () => handlers.steps.length === 1 || undefined);
    const stopping = app.get(JobWorkers).stop(5_000);
    await queue.enqueue(slowWork, { step: 3 });
    handlers.release();
    await stopping;
    expect(handlers.steps).toEqual([1]);
    expect((await queue.counts()).find(({ job }) => job === 'test.slow-work')).toMatchObject({ waiting: 1, active: 0 });
  });
});

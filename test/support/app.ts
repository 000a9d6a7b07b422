import type { INestApplicationContext, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Pool } from 'pg';
import supertest from 'supertest';
import { createHttpApp } from '../../src/create-app';
import { TokenStore, type Role } from '../../src/platform/auth';
import { Clock } from '../../src/platform/clock';
import { buildContract } from '../../src/platform/openapi';
import { JobWorkers, Sweeper } from '../../src/platform/queue';
import { ContractWitness } from './contract';
import { createTestDatabase, type TestDatabase } from './database';
import { testConfig } from './platform-module';

export interface StartOptions {
  /** Also run the queue's workers, the sweeps and the outbox in this process. */
  worker?: boolean;
  /** The instant at which the story begins, such as '2026-03-02T09:00:00+08:00'. */
  at?: string;
  /** Settings that differ from the tests' usual ones, REDIS_URL for one. */
  settings?: Readonly<Record<string, string>>;
}

/** Whom a request comes from besides the role: another user of the same role, or a bound agent or customer. */
export interface Caller {
  name?: string;
  agencyId?: string;
  customerId?: string;
}

/** The whole application on a database of its own. */
export interface TestApp {
  /** Requests to the application: `app.http.get('/v1/…')`. */
  http: ReturnType<typeof supertest>;
  /** The headers of a user with this role; the user and its token are made when first asked for. */
  as(role: Role, caller?: string | Caller): Promise<{ Authorization: string }>;
  /** Connections of the database's owner, to arrange and to look. */
  db: Pool;
  database: TestDatabase;
  clock: { set(instant: string): Promise<void> };
  /** A provider of the application. */
  get<T>(token: Type<T>): T;
  context: INestApplicationContext;
  /** Runs every sweep once, the outbox among them: nobody waits for a timer. */
  sweep(): Promise<void>;
  /** Stops everything; rejects where an answer was not what the contract says. */
  close(): Promise<void>;
}

export async function startApp(options: StartOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const db = new Pool({ connectionString: database.urls.owner, max: 4 });
  // A database that is dropped with force ends its idle connections, which is no failure.
  db.on('error', () => undefined);
  const moveClock = (instant: string): Promise<unknown> =>
    db.query(`UPDATE sandbox_clock SET offset_by = $1::timestamptz - now()`, [instant]);
  if (options.at !== undefined) await moveClock(options.at);
  const config = testConfig(database, { REQUESTS_PER_MINUTE: '0', ...options.settings });
  const app = await createHttpApp(config, { processName: 'test' });
  const contract = new ContractWitness(() => buildContract(app));
  app.use(contract.listen);
  await app.listen(0, '127.0.0.1');
  if (options.worker === true) {
    await app.get(JobWorkers).start();
    app.get(Sweeper).start();
  }
  return {
    http: supertest(await app.getUrl()),
    as: tokenIssuer(app),
    db,
    database,
    clock: {
      async set(instant) {
        await moveClock(instant);
        await app.get(Clock).refresh();
      },
    },
    get: (token) => app.get(token, { strict: false }),
    context: app,
    sweep: () => app.get(Sweeper).sweepOnce(),
    async close() {
      await Promise.all([app.get(Sweeper).stop(), app.get(JobWorkers).stop(5_000)]);
      await app.close();
      await db.end();
      await database.drop();
      contract.verify();
    },
  };
}

function tokenIssuer(app: NestExpressApplication): TestApp['as'] {
  const issued = new Map<string, Promise<{ Authorization: string }>>();
  return (role, caller = {}) => {
    const { name = role, ...bound } = typeof caller === 'string' ? { name: caller } : caller;
    const key = JSON.stringify([role, name, bound]);
    const known = issued.get(key);
    if (known) return known;
    const headers = app.get(TokenStore).issue({ name, roles: [role], days: 366, ...bound }).then(({ token }) => ({ Authorization: `Bearer ${token}` }));
    issued.set(key, headers);
    return headers;
  };
}

import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Database, dataSourceOptions } from '../../src/platform/database';
import { createDatabase, dropDatabase, roleUrls, type DatabaseUrls } from '../../src/platform/embedded';
import { TEMPLATE_DATABASE, testCluster } from './cluster';

/** A database of the test's own, with the three roles' addresses. */
export interface TestDatabase {
  name: string;
  urls: DatabaseUrls;
  drop(): Promise<void>;
}

/** Clones the migrated template (or makes an empty database) in some tens of milliseconds. */
export async function createTestDatabase(kind: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const { adminUrl, port, passwords } = testCluster();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await createDatabase(adminUrl, name, kind === 'migrated' ? TEMPLATE_DATABASE : 'template0');
  return { name, urls: roleUrls(port, passwords, name), drop: () => dropDatabase(adminUrl, name) };
}

/** A fresh database with connections of its roles, for tests of repositories and constraints without the application. */
export interface DatabaseFixture extends TestDatabase {
  /** The application's way to the database, as its services get it injected. */
  database: Database;
  /** Connections of the application's role, of the owner (to arrange what only the owner may) and of a reader. */
  app: Pool;
  owner: Pool;
  reader: Pool;
  close(): Promise<void>;
}

export async function openDatabase(kind: 'migrated' | 'empty' = 'migrated'): Promise<DatabaseFixture> {
  const created = await createTestDatabase(kind);
  const source = new DataSource(
    dataSourceOptions({ url: created.urls.app, poolSize: 10, applicationName: 'wattledger-test', statementTimeoutMs: 30_000 }),
  );
  await source.initialize();
  const pools = Object.fromEntries(
    (['app', 'owner', 'reader'] as const).map((role) => [role, new Pool({ connectionString: created.urls[role], max: 4 })]),
  ) as Record<'app' | 'owner' | 'reader', Pool>;
  // A database that is dropped with force ends connections that are just closing, which is no failure.
  for (const pool of Object.values(pools)) pool.on('error', () => undefined);
  return {
    ...created,
    ...pools,
    database: new Database(source),
    async close() {
      await source.destroy();
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
      await created.drop();
    },
  };
}

/** One connection that is closed by its caller: for locks and transactions that a test holds open. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

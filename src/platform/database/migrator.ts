import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { migrateQueueSchema } from './queue-schema';

/** Stable key of the session lock that lets one process migrate at a time. */
const MIGRATION_LOCK = 7_000;
const MIGRATION_FILE = /^\d{13}-[a-z0-9-]+\.(js|ts)$/;
/** Compiled code lies in dist/src/platform/database, the sources in src/platform/database: migrations lie beside src. */
const MIGRATIONS_FOLDER = resolve(__dirname, '../../../migrations');

type MigrationClass = new () => MigrationInterface;

export interface MigrationState {
  name: string;
  applied: boolean;
}

/**
 * Applies every pending migration as the owner, each in its own transaction, and brings the queue's schema up to date.
 * Several processes may start it at once: one works, the others wait and find nothing left. Answers the applied names.
 */
export function migrate(ownerUrl: string): Promise<string[]> {
  return underLock(ownerUrl, async (source, client) => {
    const applied = await source.runMigrations({ transaction: 'each' });
    await migrateQueueSchema(client);
    return applied.map((migration) => migration.name);
  });
}

/** Takes back the last applied migration, or the given number of them. Answers the names, last first. */
export function revertLast(ownerUrl: string, steps = 1): Promise<string[]> {
  return underLock(ownerUrl, async (source) => {
    const reverted: string[] = [];
    for (let step = 0; step < steps; step += 1) {
      const last = await lastApplied(source);
      if (last === undefined) break;
      await source.undoLastMigration({ transaction: 'each' });
      reverted.push(last);
    }
    return reverted;
  });
}

/** Takes back the last migration and applies it again. */
export async function redoLast(ownerUrl: string): Promise<string[]> {
  await revertLast(ownerUrl);
  return migrate(ownerUrl);
}

/** Every known migration in order, and whether it is applied. */
export function migrationStatus(ownerUrl: string): Promise<MigrationState[]> {
  return underLock(ownerUrl, async (source) => {
    const applied = new Set(await appliedNames(source));
    return source.migrations.map(({ constructor: { name } }) => ({ name, applied: applied.has(name) }));
  });
}

async function lastApplied(source: DataSource): Promise<string | undefined> {
  return (await appliedNames(source)).at(-1);
}

async function appliedNames(source: DataSource): Promise<string[]> {
  const [table] = await source.query<{ present: string | null }[]>(`SELECT to_regclass('public.schema_migrations')::text AS present`);
  if (table?.present == null) return [];
  const rows = await source.query<{ name: string }[]>('SELECT name FROM schema_migrations ORDER BY id');
  return rows.map((row) => row.name);
}

async function underLock<T>(ownerUrl: string, work: (source: DataSource, client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'wattledger-migrate' });
  await client.connect();
  const source = new DataSource({
    ...dataSourceOptions({ url: ownerUrl, poolSize: 2, applicationName: 'wattledger-migrate', statementTimeoutMs: 0 }),
    migrations: loadMigrations(),
    migrationsTableName: 'schema_migrations',
  });
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await source.initialize();
    return await work(source, client);
  } finally {
    if (source.isInitialized) await source.destroy();
    await client.end();
  }
}

function loadMigrations(): MigrationClass[] {
  return readdirSync(MIGRATIONS_FOLDER)
    .filter((name) => MIGRATION_FILE.test(name))
    .sort()
    .map((name) => migrationClass(join(MIGRATIONS_FOLDER, name)));
}

function migrationClass(file: string): MigrationClass {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the folder is the list of migrations
  const exported = Object.values(require(file) as Record<string, unknown>);
  const [first] = exported;
  if (exported.length !== 1 || typeof first !== 'function') throw new Error(`a migration file exports one class: ${file}`);
  return first as MigrationClass;
}

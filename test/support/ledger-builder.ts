import { Client, type ClientBase, type Pool } from 'pg';
import { SealLedger } from '../../src/modules/collection/ledger/seal-ledger';
import { SealRepository } from '../../src/modules/collection/ledger/seal.repository';
import type { Database } from '../../src/platform/database';
import { testCluster } from './cluster';
import { eventually } from './wait';

/** Books journals of two entries each, every one in a transaction of its own; answers their ids. */
export async function bookJournals(db: Pool | ClientBase, count: number, firstSource: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { rows } = await db.query<{ id: string }>(
      `with head as materialized (select nextval('journal_numbers') as journal_id),
       journal as (
         insert into journals (journal_id, kind, period, source_id, posted_on) select journal_id, 'payment', '2026-05', $1, '2026-05-20' from head),
       entry as (
         insert into journal_entries (journal_id, entry_no, ledger_code, account_id, amount)
         select journal_id, no, code, account, amount from head,
           (values (1, '1001', null::bigint, $2::numeric + 1), (2, '1122', $1::bigint, -$2::numeric), (4, '6301', $1, -1.00)) v (no, code, account, amount))
       select journal_id as id from head`,
      [firstSource + index, (17 + ((firstSource + index) * 37) % 1000).toFixed(2)],
    );
    ids.push(rows[0]?.id ?? '');
  }
  return ids;
}

/** A connection of the superuser to a test's database, for whom no privilege holds; the caller ends it. */
export async function connectSuperuser(database: string): Promise<Client> {
  const url = new URL(testCluster().adminUrl);
  url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.toString() });
  // A database that is dropped with force ends its connections, which is no failure.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/**
 * Does something in a transaction in which no trigger fires and no key is checked, lets it be looked at, and takes it back.
 */
export async function undetected<T>(superuser: Client, edit: () => Promise<unknown>, look: () => Promise<T>): Promise<T> {
  await superuser.query('begin');
  try {
    await superuser.query(`set local session_replication_role = 'replica'`);
    await edit();
    return await look();
  } finally {
    await superuser.query('rollback');
  }
}

/**
 * Seals everything that was booked, in full stretches. Transactions of other tests' databases on the same server hold a
 * sealer back as well, migrations for some seconds: files that seal give their tests `SEALING_TIMEOUT_MS`.
 */
export async function sealEverything(database: Database, mostJournals: number): Promise<void> {
  const over = `select pg_snapshot_xmin(pg_current_snapshot()) > coalesce((select transaction_id from journals order by transaction_id desc limit 1), '0') as over`;
  await eventually('every transaction that booked is older than all that run', async () => (await database.query<{ over: boolean }>(over))[0]?.over, SEALING_TIMEOUT_MS - 10_000);
  const sealer = new SealLedger(database, new SealRepository(database));
  while ((await sealer.sealOnce(mostJournals)) > 0);
}

export const SEALING_TIMEOUT_MS = 100_000;

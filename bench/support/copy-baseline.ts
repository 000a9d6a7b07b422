import { join } from 'node:path';
import type { Client } from 'pg';
import { COPY_SCHEMA, type CopiedRows, emptyCopySchema, exportRows, loadRows, withCopies } from './copied-rows';
import { secondsOf } from './timing';

const TABLES = ['bills', 'bill_lines', 'bill_documents'] as const;
/** Accounts whose rows are copied at most; for more the seconds are scaled, since the rows of a million fill a disk. */
const MOST_ACCOUNTS = 100_000;

export interface CopyBaseline {
  readonly rows: number;
  readonly megabytes: number;
  /** Seconds of COPY over one connection, table after table. */
  readonly seconds: number;
  /** Seconds where half of the rows go over each of two connections. */
  readonly secondsOnTwoConnections: number;
}

/**
 * How long the very rows of a run take by COPY alone: they are written to files first, and then into empty tables
 * with the same columns, constraints, indexes and partition; each half of them in one transaction.
 */
export async function measureCopy(ownerUrl: string, period: string, runId: string, accounts: number): Promise<CopyBaseline> {
  return withCopies(ownerUrl, 2, async (clients, folder) => {
    const [client] = clients;
    const halves = (await halvesOf(client, period, runId, accounts)).map((condition, half) =>
      TABLES.map((table) => ({ table, where: `period = '${period}' and ${condition} order by bill_id`, file: join(folder, `${table}.${String(half)}`) })));
    const counts = await Promise.all(halves.map((half, index) => exportHalf(clients[index] ?? client, half)));
    const scale = Math.max(1, accounts / MOST_ACCOUNTS);
    await emptyTables(client, period);
    const one = await secondsOf(async () => {
      for (const half of halves) await loadRows(client, half);
    });
    await emptyTables(client, period);
    const two = await secondsOf(() => Promise.all(halves.map((half, index) => loadRows(clients[index] ?? client, half))));
    return {
      rows: Math.round(counts.reduce((sum, each) => sum + each.rows, 0) * scale),
      megabytes: Math.round((counts.reduce((sum, each) => sum + each.bytes, 0) * scale) / 1e6),
      seconds: one * scale,
      secondsOnTwoConnections: two * scale,
    };
  });
}

/** Conditions of the two halves of a run's bills, up to the last that is copied. */
async function halvesOf(client: Client, period: string, runId: string, accounts: number): Promise<[string, string]> {
  const { rows } = await client.query<{ last: string; middle: string }>(
    `select percentile_disc(least(1.0, $3 / $4::float8)) within group (order by bill_id) as last,
            percentile_disc(least(1.0, $3 / $4::float8) / 2) within group (order by bill_id) as middle from bills where period = $1 and run_id = $2`,
    [period, runId, MOST_ACCOUNTS, accounts],
  );
  const { last = '0', middle = '0' } = rows[0] ?? {};
  return [`bill_id <= ${middle}`, `bill_id > ${middle} and bill_id <= ${last}`];
}

async function exportHalf(client: Client, half: readonly CopiedRows[]): Promise<{ rows: number; bytes: number }> {
  let [rows, bytes] = [0, 0];
  for (const each of half) {
    const exported = await exportRows(client, each);
    rows += exported.rows;
    bytes += exported.bytes;
  }
  return { rows, bytes };
}

async function emptyTables(client: Client, period: string): Promise<void> {
  await emptyCopySchema(client);
  for (const table of TABLES) {
    await client.query(`create table ${COPY_SCHEMA}.${table} (like public.${table} including all) partition by list (period)`);
    await client.query(`create table ${COPY_SCHEMA}.${table}_part partition of ${COPY_SCHEMA}.${table} for values in ('${period}')`);
  }
}

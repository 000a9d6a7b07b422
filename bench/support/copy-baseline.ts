import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
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
 * with the same columns, constraints, indexes and partition.
 */
export async function measureCopy(ownerUrl: string, period: string, runId: string, accounts: number): Promise<CopyBaseline> {
  const folder = mkdtempSync(join(tmpdir(), 'wattledger-bench-'));
  const clients = [new Client({ connectionString: ownerUrl }), new Client({ connectionString: ownerUrl })] as const;
  await Promise.all(clients.map((client) => client.connect()));
  try {
    const [{ rows }] = [await clients[0].query<{ last: string; middle: string }>(
      `select percentile_disc(least(1.0, $3 / $4::float8)) within group (order by bill_id) as last,
              percentile_disc(least(1.0, $3 / $4::float8) / 2) within group (order by bill_id) as middle from bills where period = $1 and run_id = $2`,
      [period, runId, MOST_ACCOUNTS, accounts],
    )];
    const { last = '0', middle = '0' } = rows[0] ?? {};
    const halves = [`bill_id <= ${middle}`, `bill_id > ${middle} and bill_id <= ${last}`];
    const counts = await Promise.all(halves.map((condition, half) => exportHalf(clients[half] ?? clients[0], folder, half, period, condition)));
    const scale = Math.max(1, accounts / MOST_ACCOUNTS);
    await emptyTables(clients[0], period);
    const one = await secondsOf(async () => {
      for (const half of [0, 1]) await copyHalf(clients[0], folder, half);
    });
    await emptyTables(clients[0], period);
    const two = await secondsOf(() => Promise.all(clients.map((client, half) => copyHalf(client, folder, half))));
    return {
      rows: Math.round(counts.reduce((sum, each) => sum + each.rows, 0) * scale),
      megabytes: Math.round((counts.reduce((sum, each) => sum + each.bytes, 0) * scale) / 1e6),
      seconds: one * scale,
      secondsOnTwoConnections: two * scale,
    };
  } finally {
    await clients[0].query('drop schema if exists copy_baseline cascade');
    await Promise.all(clients.map((client) => client.end()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function exportHalf(client: Client, folder: string, half: number, period: string, condition: string): Promise<{ rows: number; bytes: number }> {
  let rows = 0;
  let bytes = 0;
  for (const table of TABLES) {
    const source = client.query(copyTo(`copy (select * from ${table} where period = '${period}' and ${condition} order by bill_id) to stdout`));
    const target = createWriteStream(join(folder, `${table}.${String(half)}`));
    await pipeline(source, target);
    rows += source.rowCount;
    bytes += target.bytesWritten;
  }
  return { rows, bytes };
}

async function emptyTables(client: Client, period: string): Promise<void> {
  await client.query('drop schema if exists copy_baseline cascade; create schema copy_baseline');
  for (const table of TABLES) {
    await client.query(`create table copy_baseline.${table} (like public.${table} including all) partition by list (period)`);
    await client.query(`create table copy_baseline.${table}_part partition of copy_baseline.${table} for values in ('${period}')`);
  }
}

/** One transaction for the half, as a single COPY for each table. */
async function copyHalf(client: Client, folder: string, half: number): Promise<void> {
  await client.query('begin');
  for (const table of TABLES) {
    await pipeline(createReadStream(join(folder, `${table}.${String(half)}`), { highWaterMark: 256 * 1024 }), client.query(copyFrom(`copy copy_baseline.${table} from stdin`)));
  }
  await client.query('commit');
}

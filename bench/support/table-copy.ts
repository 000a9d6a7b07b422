import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { secondsOf } from './timing';

/** Rows that are copied: of this table, where this condition holds. */
export interface CopiedRows {
  readonly table: string;
  readonly where: string;
}

export interface TableCopy {
  readonly rows: Readonly<Record<string, number>>;
  readonly megabytes: number;
  readonly seconds: number;
}

/**
 * How long these very rows take by COPY alone over one connection: they are written to files first, and then, in one
 * transaction, into empty tables with the same columns, constraints and indexes.
 */
export async function measureTableCopy(ownerUrl: string, copied: readonly CopiedRows[]): Promise<TableCopy> {
  const folder = mkdtempSync(join(tmpdir(), 'wattledger-bench-'));
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const rows: Record<string, number> = {};
    let bytes = 0;
    await client.query('drop schema if exists copy_baseline cascade; create schema copy_baseline');
    for (const { table, where } of copied) {
      const source = client.query(copyTo(`copy (select * from ${table} where ${where}) to stdout`));
      const target = createWriteStream(join(folder, table));
      await pipeline(source, target);
      rows[table] = source.rowCount;
      bytes += target.bytesWritten;
      await client.query(`create table copy_baseline.${table} (like public.${table} including all)`);
    }
    const seconds = await secondsOf(async () => {
      await client.query('begin');
      for (const { table } of copied) {
        await pipeline(createReadStream(join(folder, table), { highWaterMark: 256 * 1024 }), client.query(copyFrom(`copy copy_baseline.${table} from stdin`)));
      }
      await client.query('commit');
    });
    return { rows, megabytes: Math.round(bytes / 1e6), seconds };
  } finally {
    await client.query('drop schema if exists copy_baseline cascade');
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

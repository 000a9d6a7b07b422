import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { serviceUser } from '../../../src/platform/embedded';
import { handOver } from '../../../src/platform/embedded/files';
import { testCluster } from '../../support/cluster';

/** A disk of the test's own, in memory, on which the bills of a month lie: it can be filled without harm to anything else. */
export interface SmallDisk {
  /** Puts the month's bills, lines and documents on it, with their indexes. */
  takeIn(database: string, period: string): Promise<void>;
  /** Leaves not a page free. */
  fill(): void;
  /** Gives the space back. */
  empty(): void;
  /** To be called once the database is gone. */
  remove(): Promise<void>;
}

const MEBIBYTE = Buffer.alloc(1_024 * 1_024);

/** The disk, or undefined where this user may not mount one. */
export async function mountSmallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'wattledger-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m,mode=0700`, 'tmpfs', folder]).status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  handOver(folder, serviceUser());
  const tablespace = `small_disk_${String(process.pid)}_${String(Date.now())}`;
  const filler = join(folder, 'filler');
  await asAdmin('postgres', [`create tablespace ${tablespace} location '${folder}'`]);
  return {
    async takeIn(database, period) {
      const tables = ['bills', 'bill_lines', 'bill_documents'].map((table) => `${table}_${period.replace('-', '_')}`);
      const { rows } = await asAdmin(database, [`select indexrelid::regclass::text as name from pg_index where indrelid = any('{${tables.join(',')}}'::regclass[])`]);
      await asAdmin(database, [
        ...tables.map((table) => `alter table ${table} set tablespace ${tablespace}`),
        ...(rows as { name: string }[]).map(({ name }) => `alter index ${name} set tablespace ${tablespace}`),
      ]);
    },
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (let size = MEBIBYTE.length; size >= 4_096; size = Math.floor(size / 2)) fillBy(file, size);
      } finally {
        closeSync(file);
      }
    },
    empty() {
      rmSync(filler, { force: true });
    },
    async remove() {
      await asAdmin('postgres', [`drop tablespace ${tablespace}`]);
      spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes pieces of a size until there is no room for one more. */
function fillBy(file: number, size: number): void {
  for (;;) {
    try {
      if (writeSync(file, MEBIBYTE, 0, size) < size) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw error;
    }
  }
}

async function asAdmin(database: string, statements: readonly string[]): Promise<{ rows: unknown[] }> {
  const url = new URL(testCluster().adminUrl);
  url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return { rows };
  } finally {
    await client.end();
  }
}

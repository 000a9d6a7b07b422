import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** Schema of the empty tables that rows are copied into. */
export const COPY_SCHEMA = 'copy_baseline';

/** Rows of a table, and the file that they are written to. */
export interface CopiedRows {
  readonly table: string;
  /** SQL: which rows, and in which order. */
  readonly where: string;
  readonly file: string;
}

/** Gives connections of the owner and a folder for the time of the work, and an empty schema for the copies; none of it stays. */
export async function withCopies<T>(ownerUrl: string, connections: number, work: (clients: readonly [Client, ...Client[]], folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'wattledger-bench-'));
  const connect = (): Client => new Client({ connectionString: ownerUrl });
  const clients: [Client, ...Client[]] = [connect(), ...Array.from({ length: connections - 1 }, connect)];
  try {
    await Promise.all(clients.map((client) => client.connect()));
    await emptyCopySchema(clients[0]);
    return await work(clients, folder);
  } finally {
    await clients[0].query(`drop schema if exists ${COPY_SCHEMA} cascade`).catch(() => undefined);
    await Promise.all(clients.map((client) => client.end()));
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function emptyCopySchema(client: Client): Promise<void> {
  await client.query(`drop schema if exists ${COPY_SCHEMA} cascade; create schema ${COPY_SCHEMA}`);
}

/** Writes rows to their file as COPY text. */
export async function exportRows(client: Client, { table, where, file }: CopiedRows): Promise<{ rows: number; bytes: number }> {
  const source = client.query(copyTo(`copy (select * from ${table} where ${where}) to stdout`));
  const target = createWriteStream(file);
  await pipeline(source, target);
  return { rows: source.rowCount, bytes: target.bytesWritten };
}

/** COPY of files into their tables' copies, one after the other in one transaction. */
export async function loadRows(client: Client, copied: readonly Pick<CopiedRows, 'table' | 'file'>[]): Promise<void> {
  await client.query('begin');
  for (const { table, file } of copied) {
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), client.query(copyFrom(`copy ${COPY_SCHEMA}.${table} from stdin`)));
  }
  await client.query('commit');
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { copyFields, type CopyValue } from './copy-text';
import type { Tx } from './tx';

const CHUNK_CHARACTERS = 64 * 1024;
const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/**
 * Writes rows with COPY through the transaction's own connection, so they stand or fall with it.
 * Rows may come from a generator; the next ones are asked for only as fast as the server takes them.
 * Values: decimals as text or core decimals, dates as 'YYYY-MM-DD', instants as Date, bytes as Buffer,
 * arrays as arrays (a jsonb column that holds a list takes it as JSON text), other objects as JSON, null as NULL.
 * Answers the number of rows; the server's errors (constraints, malformed values) reject as from any statement.
 */
export async function copyRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): Promise<number> {
  const lines = new RowLines(columns.length);
  await copyLines(tx, table, columns, Symbol.iterator in rows ? lines.atHand(rows) : lines.toCome(rows));
  return lines.rows;
}

/** As `copyRows`, with rows that were put into COPY's text before (`copyFields`): texts of whole lines, each with its end. */
export async function copyLines(
  tx: Tx,
  table: string,
  columns: readonly string[],
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  for (const name of [...table.split('.'), ...columns]) {
    if (!IDENTIFIER.test(name)) throw new RangeError(`not a table or column name: ${name.slice(0, 64)}`);
  }
  const runner = tx.queryRunner;
  if (!runner?.isTransactionActive) throw new Error('rows are copied in a transaction only');
  const client = (await runner.connect()) as PoolClient;
  const target = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  const text = new ChunkText();
  const pieces = Symbol.iterator in lines ? piecesAtHand(lines, text) : piecesToCome(lines, text);
  await pipeline(Readable.from(pieces, { objectMode: false }), target);
}

/** Rows as lines of COPY text, counted. */
class RowLines {
  rows = 0;

  constructor(private readonly width: number) {}

  *atHand(rows: Iterable<readonly CopyValue[]>): Generator<string> {
    for (const row of rows) yield this.line(row);
  }

  async *toCome(rows: AsyncIterable<readonly CopyValue[]>): AsyncGenerator<string> {
    for await (const row of rows) yield this.line(row);
  }

  private line(row: readonly CopyValue[]): string {
    this.rows += 1;
    if (row.length === this.width) return `${copyFields(row)}\n`;
    throw new RangeError(`row ${String(this.rows)} has ${String(row.length)} values for ${String(this.width)} columns`);
  }
}

/** The lines as pieces of text; lines at hand are written without waiting between two of them. */
function* piecesAtHand(lines: Iterable<string>, text: ChunkText): Generator<Buffer> {
  for (const line of lines) if (text.add(line)) yield text.take();
  if (!text.isEmpty) yield text.take();
}

async function* piecesToCome(lines: AsyncIterable<string>, text: ChunkText): AsyncGenerator<Buffer> {
  for await (const line of lines) if (text.add(line)) yield text.take();
  if (!text.isEmpty) yield text.take();
}

/** COPY text that is collected until it makes a piece worth sending. */
class ChunkText {
  private pending = '';

  get isEmpty(): boolean {
    return this.pending === '';
  }

  /** Adds a line; true where there is enough for a piece. */
  add(line: string): boolean {
    this.pending += line;
    return this.pending.length >= CHUNK_CHARACTERS;
  }

  take(): Buffer {
    const piece = Buffer.from(this.pending);
    this.pending = '';
    return piece;
  }
}

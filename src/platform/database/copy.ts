import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { copyLine, type CopyValue } from './copy-text';
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
  for (const name of [...table.split('.'), ...columns]) {
    if (!IDENTIFIER.test(name)) throw new RangeError(`not a table or column name: ${name.slice(0, 64)}`);
  }
  const runner = tx.queryRunner;
  if (!runner?.isTransactionActive) throw new Error('copyRows needs a transaction');
  const client = (await runner.connect()) as PoolClient;
  const counter = { rows: 0 };
  const target = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(Readable.from(chunks(rows, columns.length, counter), { objectMode: false }), target);
  return counter.rows;
}

/** The rows as pieces of COPY text; rows at hand are written without waiting between two of them. */
function chunks(
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
  width: number,
  counter: { rows: number },
): Iterable<Buffer> | AsyncIterable<Buffer> {
  const text = new ChunkText(width, counter);
  return Symbol.iterator in rows ? piecesAtHand(rows, text) : piecesToCome(rows, text);
}

function* piecesAtHand(rows: Iterable<readonly CopyValue[]>, text: ChunkText): Generator<Buffer> {
  for (const row of rows) if (text.add(row)) yield text.take();
  if (!text.isEmpty) yield text.take();
}

async function* piecesToCome(rows: AsyncIterable<readonly CopyValue[]>, text: ChunkText): AsyncGenerator<Buffer> {
  for await (const row of rows) if (text.add(row)) yield text.take();
  if (!text.isEmpty) yield text.take();
}

/** COPY text that is collected until it makes a piece worth sending. */
class ChunkText {
  private pending = '';

  constructor(
    private readonly width: number,
    private readonly counter: { rows: number },
  ) {}

  get isEmpty(): boolean {
    return this.pending === '';
  }

  /** Adds a row; true where there is enough for a piece. */
  add(row: readonly CopyValue[]): boolean {
    if (row.length !== this.width) {
      throw new RangeError(`row ${String(this.counter.rows + 1)} has ${String(row.length)} values for ${String(this.width)} columns`);
    }
    this.counter.rows += 1;
    this.pending += copyLine(row);
    return this.pending.length >= CHUNK_CHARACTERS;
  }

  take(): Buffer {
    const piece = Buffer.from(this.pending);
    this.pending = '';
    return piece;
  }
}

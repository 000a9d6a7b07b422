import { Database, type Tx } from '../../platform/database';

/** Where a repository reads: inside a use case's transaction, or outside of any. */
export type Source = Database | Tx;

/** The rows of one statement, wherever it runs. */
export function rows<Row>(source: Source, sql: string, params: readonly unknown[] = []): Promise<Row[]> {
  return source instanceof Database ? source.query<Row>(sql, params) : source.query<Row[]>(sql, [...params]);
}

/** New ids out of the sequence of an identity column, so that rows that refer to each other can be copied in bulk. */
export async function reserveIds(tx: Tx, table: string, column: string, count: number): Promise<string[]> {
  if (count === 0) return [];
  const reserved = await rows<{ id: string }>(
    tx,
    'SELECT nextval(pg_get_serial_sequence($1, $2)) AS id FROM generate_series(1, $3::int)',
    [table, column, count],
  );
  return reserved.map(({ id }) => id);
}

/** The one row of a statement that always answers one. */
export function only<Row>(found: readonly Row[]): Row {
  const [first] = found;
  if (first === undefined) throw new Error('the statement answered no row');
  return first;
}

import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import type { Tx } from './tx';

const names = new Map<string, string>();

/** The same name for the same text, in every process. */
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `wl_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}

/** The rows of a prepared statement on the connection of a query runner. */
export async function preparedRows<T>(runner: QueryRunner, sql: string, params: readonly unknown[]): Promise<T[]> {
  const client = (await runner.connect()) as PoolClient;
  const { rows } = await client.query({ name: nameOf(sql), text: sql, values: [...params] });
  return rows as T[];
}

/**
 * The rows of a statement that its connection prepares once and keeps: neither read nor planned anew each time. For
 * statements of fixed text over few rows that every request sends; the plan is general, so that one over many rows
 * (a run, an import) is sent by `tx.query`, which plans for its very values.
 */
export function prepared<T>(tx: Tx, sql: string, params: readonly unknown[] = []): Promise<T[]> {
  if (!tx.queryRunner) throw new Error('a prepared statement needs a transaction');
  return preparedRows<T>(tx.queryRunner, sql, params);
}

/** So many rows are few: a plan that was made for any number of them is a good one. */
const FEW = 50;

/** The rows of a statement over so many rows: prepared where they are few, planned for its very values where they are many. */
export function preparedForFew<T>(tx: Tx, count: number, sql: string, params: readonly unknown[]): Promise<T[]> {
  return count <= FEW ? prepared<T>(tx, sql, params) : tx.query<T[]>(sql, [...params]);
}

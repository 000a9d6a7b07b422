import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { currentContext } from '../logging/request-context';
import { copyRows as copy } from './copy';
import type { CopyValue } from './copy-text';
import { preparedRows } from './prepared';
import type { Tx } from './tx';

export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';

/** The way of the modules to the database: plain SQL outside of a transaction, or a transaction. */
@Injectable()
export class Database {
  constructor(private readonly source: DataSource) {}

  /** The rows that one statement answers, outside of any transaction. */
  query<T = Record<string, unknown>>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.withRunner((runner) => rowsOf<T>(runner, sql, params));
  }

  /** The rows of a prepared statement, outside of any transaction; see the function `prepared`. */
  prepared<T>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.withRunner((runner) => preparedRows<T>(runner, sql, params));
  }

  /** Runs work in one transaction: committed when it resolves, rolled back when it rejects. */
  transaction<T>(work: (tx: Tx) => Promise<T>, isolation: Isolation = 'READ COMMITTED'): Promise<T> {
    const inside = async (manager: EntityManager): Promise<T> => {
      const tx = plainRows(manager);
      const result = await work(tx);
      await currentContext()?.beforeCommit?.(tx, result);
      return result;
    };
    // The server's own default is not asked for again: that would be one more journey for each transaction.
    return isolation === 'READ COMMITTED' ? this.source.transaction(inside) : this.source.transaction(isolation, inside);
  }

  /** See the function `copyRows`. */
  copyRows(
    tx: Tx,
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
  ): Promise<number> {
    return copy(tx, table, columns, rows);
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }
}

/** The number of rows that an INSERT, UPDATE or DELETE touched, within a transaction. */
export async function affectedRows(tx: Tx, sql: string, params: readonly unknown[] = []): Promise<number> {
  if (!tx.queryRunner) throw new Error('affectedRows needs a transaction');
  const result = await tx.queryRunner.query(sql, [...params], true);
  return result.affected ?? 0;
}

/** Runs work under a savepoint: when it rejects, only what it did is undone and the transaction goes on. */
export async function savepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.query('SAVEPOINT step');
  try {
    const result = await work();
    await tx.query('RELEASE SAVEPOINT step');
    return result;
  } catch (error) {
    await tx.query('ROLLBACK TO SAVEPOINT step');
    throw error;
  }
}

async function rowsOf<T>(runner: QueryRunner, sql: string, params: readonly unknown[]): Promise<T[]> {
  const result = await runner.query(sql, [...params], true);
  return result.records as T[];
}

function plainRows(manager: EntityManager): Tx {
  const runner = manager.queryRunner;
  if (!runner) throw new Error('a transaction has a query runner');
  manager.query = <T>(sql: string, params: unknown[] = []) => rowsOf(runner, sql, params) as Promise<T>;
  return manager;
}

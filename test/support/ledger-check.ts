import { Client, type Pool } from 'pg';
import { BALANCE_CHECKS } from '../../src/modules/collection/ledger/balance-checks';
import type { TestApp } from './app';

/** Everything in the books that does not agree, by plain SQL; empty where all is well. */
export async function ledgerDifferences(db: Pick<Pool | Client, 'query'>): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(BALANCE_CHECKS)) {
    const { rows } = await db.query<Record<string, unknown>>(sql);
    if (rows.length > 0) found[name] = rows;
  }
  return found;
}

/**
 * Whatever a test of this file does with money, afterwards debits equal credits and every stored balance is the sum of
 * what was booked: looked at by someone who can only read, outside of the application.
 */
export function booksAgreeAfterEachTest(app: () => Pick<TestApp, 'database'>): void {
  afterEach(async () => {
    const reader = new Client({ connectionString: app().database.urls.reader });
    await reader.connect();
    try {
      expect(await ledgerDifferences(reader)).toEqual({});
    } finally {
      await reader.end();
    }
  });
}

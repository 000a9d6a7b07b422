import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/platform/auth';
import type { TestApp } from '../../support/app';
import type { OwingAccount } from '../../support/collection-builder';

export interface Reply {
  readonly status: number;
  // What an answer holds is what the tests look into.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly text: string;
}

/** Hands out the accounts that stand ready, each once. */
export function handOut(ready: () => OwingAccount[]): () => OwingAccount {
  return () => {
    const one = ready().pop();
    if (!one) throw new Error('no account is left');
    return one;
  };
}

/** A POST with a key of its own unless one is given. */
export async function post(app: TestApp, role: Role, path: string, body: object, key: string = randomUUID(), name: string = role): Promise<Reply> {
  return app.http.post(path).set(await app.as(role, name)).set('Idempotency-Key', key).send(body);
}

export async function get(app: TestApp, path: string, role: Role = 'cashier'): Promise<Reply> {
  return app.http.get(path).set(await app.as(role));
}

/** Pays an amount in cash over accounts, whatever comes back. */
export const payCash = (app: TestApp, amount: string, ...accounts: readonly OwingAccount[]): Promise<Reply> =>
  post(app, 'cashier', '/v1/payments', { amount, tenders: [{ kind: 'cash', amount }], accountNos: accounts.map(({ accountNo }) => accountNo) });

/** What is open of an account, one text for each receivable: `period rest+late charge`. */
export async function open(app: TestApp, { accountNo }: OwingAccount): Promise<string[]> {
  const { body } = await get(app, `/v1/receivables?accountNo=${accountNo}`);
  return (body.items as Record<string, string>[]).map((item) => `${item['period'] ?? ''} ${item['outstanding'] ?? ''}+${item['lateCharge'] ?? ''}`);
}

/** What is held for an account, yuan. */
export async function held(app: TestApp, { accountId }: OwingAccount): Promise<string> {
  const { rows } = await app.db.query<{ balance: string }>('select balance::text from account_prepayments where account_id = $1', [accountId]);
  return rows[0]?.balance ?? '0.00';
}

/** The entries of the only journal of a kind for a record, a debit positive: `code amount`. */
export async function booked(app: TestApp, kind: string, sourceId: string): Promise<string[]> {
  const { rows } = await app.db.query<{ entry: string }>(
    `select ledger_code || ' ' || amount as entry from journals join journal_entries using (journal_id) where kind = $1 and source_id = $2 order by ledger_code, amount`,
    [kind, sourceId],
  );
  return rows.map(({ entry }) => entry);
}

import { startApp, type TestApp } from '../app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../collection-builder';
import { ApiProcesses } from '../../../bench/support/api-processes';
import { PersistentClient, type Post } from './persistent-client';

/** What each account owes, and what each payment brings: the rest becomes prepayment. */
const OWED = '10.00';
const PAID = '12.34';
const BATCH = 500;

/** A company whose accounts owe, with API processes that take payments. */
export interface PaymentLoad {
  readonly app: TestApp;
  readonly fleet: ApiProcesses;
  readonly accounts: readonly OwingAccount[];
  client(concurrency: number): PersistentClient;
  stop(): Promise<void>;
}

export async function startPaymentLoad(accounts: number, processes: number): Promise<PaymentLoad> {
  const app = await startApp();
  const owing = await addOwingAccounts(app, accounts);
  for (let from = 0; from < accounts; from += BATCH) {
    await releaseBills(app, '2026-05', owing.slice(from, from + BATCH).map(({ accountId }) => ({ accountId, total: OWED })));
  }
  const fleet = new ApiProcesses({ DATABASE_URL: app.database.urls.app, DATA_KEY: '11'.repeat(32), DATA_HASH_KEY: '22'.repeat(32), SANDBOX_CLOCK: '1' });
  await fleet.start(processes);
  const token = (await app.as('cashier')).Authorization.replace('Bearer ', '');
  const clients: PersistentClient[] = [];
  return {
    app,
    fleet,
    accounts: owing,
    client(concurrency) {
      const client = new PersistentClient(fleet, token, concurrency);
      clients.push(client);
      return client;
    },
    async stop() {
      for (const client of clients) client.close();
      await fleet.stop();
      await app.close();
    },
  };
}

/** A payment of one account under a key, which is also the reference of its tender: so the database knows the key of each payment. */
export function paymentPost(key: string, { accountNo }: OwingAccount, amount: string = PAID): Post {
  return { path: '/v1/payments', key, body: { amount, tenders: [{ kind: 'transfer', amount, reference: key }], accountNos: [accountNo] } };
}

import { startApp, type TestApp } from '../../support/app';
import { post as must } from '../../support/billing-builder';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { get, handOut, open, post, type Reply } from './support';

/** Bills are released on 30 May 2026 and due on 14 June. */
let app: TestApp;
let next: OwingAccount[];
const account = handOut(() => next);

beforeAll(async () => {
  app = await startApp({ at: '2026-05-30T09:00:00+08:00' });
  next = await addOwingAccounts(app, 20);
});
beforeEach(() => on('2026-05-30'));
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

const on = (day: string): Promise<void> => app.clock.set(`${day}T09:00:00+08:00`);
const pay = (kind: string, amount: string, { accountNo }: OwingAccount): Promise<Reply> => post(app, 'cashier', '/v1/payments', { amount, tenders: [{ kind, amount }], accountNos: [accountNo] });
const comesBack = (paymentId: string): Promise<Reply> => post(app, 'cashier', `/v1/payments/${paymentId}/tenders/1/return`, { reason: 'insufficient funds' });
const receivableOf = async ({ accountNo }: OwingAccount): Promise<string> => (await get(app, `/v1/receivables?accountNo=${accountNo}`)).body.items[0].receivableId;

test('what was written off of a bill stays without late charge when a cheque of the same bill comes back', async () => {
  const one = account();
  await releaseBills(app, '2026-05', [{ accountId: one.accountId, total: '1000.00', category: 'large-industrial' }]);
  await on('2026-06-14');
  const { body: cheque } = await pay('cheque', '400.00', one);
  await on('2026-07-14');
  const { writeOffId } = await must<{ writeOffId: string }>(app, 'clerk', `/v1/receivables/${await receivableOf(one)}/write-offs`, { reason: 'bankrupt' });
  await must(app, 'supervisor', `/v1/write-offs/${writeOffId}/approval`, {});
  await on('2026-07-15');
  await comesBack(cheque.paymentId);
  // 400 × 2 ‰ × 31; the late charge of the other 600.00 is given up
  expect(await open(app, one)).toEqual(['2026-05 400.00+24.80']);
});

import { startApp, type TestApp } from '../../support/app';
import { post as must } from '../../support/billing-builder';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { get, handOut, held, open, payCash, post, type Reply } from './support';

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

const claims = async ({ accountNo }: OwingAccount): Promise<string[]> => (await get(app, `/v1/claims?accountNo=${accountNo}`)).body.items.map(({ outstanding }: { outstanding: string }) => outstanding);
const refund = ({ accountNo }: OwingAccount, amount: string): Promise<Reply> => post(app, 'cashier', `/v1/accounts/${accountNo}/prepayment-refunds`, { amount, tender: 'cash', reason: 'asked for' });
const bill = ({ accountId }: OwingAccount, period: string, total: string): Promise<unknown> => releaseBills(app, period, [{ accountId, total }]);
/** A cheque that becomes prepayment of an account while a bill of it is open: the cheque pays for somebody else beside it. */
async function prepayBeside(one: OwingAccount, amount: string): Promise<string> {
  const other = account();
  await bill(other, '2026-05', '1.00');
  const { body } = await post(app, 'cashier', '/v1/payments', {
    amount, tenders: [{ kind: 'cheque', amount }], receivableIds: [await receivableOf(other)], prepayAccountNo: one.accountNo,
  });
  return body.paymentId;
}

test('a bill that other money paid before the cheque came stays paid; what was refunded of the cheque is a claim', async () => {
  const one = account();
  await payCash(app, '300.00', one);
  await bill(one, '2026-05', '300.00');
  await on('2026-07-20');
  const { body: cheque } = await pay('cheque', '300.00', one);
  await refund(one, '300.00');
  await comesBack(cheque.paymentId);
  expect([await open(app, one), await claims(one)]).toEqual([['2026-05 0.00+0.00'], ['300.00']]);
});

test('of two releases only the one after the cheque can have used it', async () => {
  const one = account();
  await payCash(app, '300.00', one);
  await bill(one, '2026-05', '300.00');
  const { body: cheque } = await pay('cheque', '250.00', one);
  await bill(one, '2026-06', '100.00');
  await refund(one, '130.00');
  await comesBack(cheque.paymentId);
  // 250 − 20 still held − 100 of June
  expect([await held(app, one), await open(app, one), await claims(one)]).toEqual(['0.00', ['2026-05 0.00+0.00', '2026-06 100.00+0.00'], ['130.00']]);
});

test('a bill that was paid with prepayment handed over is open again when the cheque behind it comes back, late from its due date', async () => {
  const one = account();
  await bill(one, '2026-05', '500.00');
  const cheque = await prepayBeside(one, '501.00');
  const { body: used } = await pay('prepayment', '500.00', one);
  await on('2026-07-14');
  await comesBack(cheque);
  // 500 × 1 ‰ × 30
  expect([await open(app, one), await claims(one)]).toEqual([['2026-05 500.00+15.00'], []]);
  await payCash(app, '515.00', one);
  expect((await get(app, `/v1/payments/${used.paymentId}`)).body.state).toBe('received');
});

test('of a payment with other tenders only the prepayment goes back, never twice, and such a payment is not reversed any more', async () => {
  const one = account();
  await bill(one, '2026-05', '500.00');
  const [first, second] = [await prepayBeside(one, '101.00'), await prepayBeside(one, '201.00')];
  const tenders = [{ kind: 'prepayment', amount: '250.00' }, { kind: 'cash', amount: '250.00' }];
  const { body: mixed } = await post(app, 'cashier', '/v1/payments', { amount: '500.00', tenders, accountNos: [one.accountNo] });
  await comesBack(first);
  // 100 − 50 still held
  expect([await held(app, one), await open(app, one)]).toEqual(['0.00', ['2026-05 50.00+0.00']]);
  expect((await post(app, 'cashier', `/v1/payments/${mixed.paymentId}/reversal`, { reason: 'wrong account' })).body.code).toBe('COLLECTION.TENDER_ALREADY_RETURNED');
  await payCash(app, '50.00', one);
  await comesBack(second);
  // the other 200.00 of the 250.00 that were handed over; cash stays where it is
  expect([await open(app, one), await claims(one)]).toEqual([['2026-05 200.00+0.00'], []]);
});

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

import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { booked, get, handOut, held, open, payCash, post, type Reply } from './support';

let app: TestApp;
let next: OwingAccount[];
const account = handOut(() => next);
const release = (period: string, { accountId }: OwingAccount, total: string): Promise<unknown> => releaseBills(app, period, [{ accountId, total }]);
const undo = (paymentId: string): Promise<Reply> => post(app, 'cashier', `/v1/payments/${paymentId}/reversal`, { reason: 'wrong account' });
const giveBack = (paymentId: string, tenderNo = 1): Promise<Reply> => post(app, 'cashier', `/v1/payments/${paymentId}/tenders/${String(tenderNo)}/return`, { reason: 'insufficient funds' });
const payCheque = (one: OwingAccount, amount: string): Promise<Reply> =>
  post(app, 'cashier', '/v1/payments', { amount, tenders: [{ kind: 'cheque', amount, reference: 'CH-1' }], accountNos: [one.accountNo] });

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  next = await addOwingAccounts(app, 40);
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

describe('a reversal', () => {
  test('on the same day opens the bill again, takes the prepayment back and leaves both journals', async () => {
    const one = account();
    await release('2026-05', one, '100.00');
    const { body: payment } = await payCash(app, '130.00', one);
    expect(await held(app, one)).toBe('30.00');
    expect((await undo(payment.paymentId)).body).toMatchObject({ state: 'reversed', amount: '130.00' });
    expect(await open(app, one)).toEqual(['2026-05 100.00+0.00']);
    expect(await held(app, one)).toBe('0.00');
    expect(await booked(app, 'payment-reversal', payment.paymentId)).toEqual(['1001 -130.00', '1122 100.00', '2203 30.00']);
    expect((await undo(payment.paymentId)).body.code).toBe('COLLECTION.PAYMENT_ALREADY_REVERSED');
    expect((await get(app, `/v1/payments/${payment.paymentId}/receipt?lang=zh`)).text).toContain('*** 已冲正 ***');
    expect((await payCash(app, '100.00', one)).status).toBe(201);
  });

  test('is refused once the prepayment is used, and by many at once it happens once', async () => {
    const one = account();
    const { body: payment } = await payCash(app, '50.00', one);
    await release('2026-05', one, '20.00');
    expect((await undo(payment.paymentId)).body).toMatchObject({ status: 409, code: 'COLLECTION.PREPAYMENT_USED' });
    const { body: other } = await payCash(app, '5.00', one);
    const replies = await Promise.all(Array.from({ length: 30 }, () => undo(other.paymentId)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  test('is refused on a later day by name, and by the database itself', async () => {
    const one = account();
    const { body: payment } = await payCash(app, '50.00', one);
    await app.clock.set('2026-06-03T00:00:01+08:00');
    expect((await undo(payment.paymentId)).body).toMatchObject({ status: 409, code: 'COLLECTION.REVERSAL_NOT_SAME_DAY', detail: 'It was received on 2026-06-02.' });
    const late = `insert into payment_reversals (payment_id, received_on, reversed_by, reason) select payment_id, received_on, received_by, 'late' from payments where payment_id = $1`;
    await expect(app.db.query(late, [payment.paymentId])).rejects.toMatchObject({ constraint: 'payment_reversals_same_day' });
    const lie = `insert into payment_reversals (payment_id, received_on, reversed_by, reason) select payment_id, app_today(), received_by, 'late' from payments where payment_id = $1`;
    await expect(app.db.query(lie, [payment.paymentId])).rejects.toMatchObject({ constraint: 'payment_reversals_of_payment' });
  });
});

describe('a cheque that comes back', () => {
  test('opens the bill again with its late charge from the first due date', async () => {
    await app.clock.set('2026-06-04T09:00:00+08:00');
    const one = account();
    await release('2026-05', one, '200.00');
    const { body: payment } = await payCheque(one, '230.00');
    await app.clock.set('2026-06-29T09:00:00+08:00');
    expect((await giveBack(payment.paymentId)).body).toMatchObject({ state: 'returned', tenders: [{ returnedOn: '2026-06-29' }] });
    // due on 19 June, ten days: 200.00 × 1 ‰ × 10
    expect(await open(app, one)).toEqual(['2026-05 200.00+2.00']);
    expect(await held(app, one)).toBe('0.00');
    expect((await giveBack(payment.paymentId)).body.code).toBe('COLLECTION.TENDER_ALREADY_RETURNED');
    expect((await undo(payment.paymentId)).body.code).toBe('COLLECTION.REVERSAL_NOT_SAME_DAY');
  });

  test('takes with it what a release used of its prepayment, the youngest first', async () => {
    const one = account();
    await release('2026-04', one, '100.00');
    const { body: payment } = await payCheque(one, '180.00');
    await release('2026-05', one, '50.00');
    expect(await held(app, one)).toBe('30.00');
    await giveBack(payment.paymentId);
    expect(await open(app, one)).toEqual(['2026-04 100.00+0.00', '2026-05 50.00+0.00']);
    const { rows } = await app.db.query<{ id: string }>('select tender_return_id as id from tender_returns where payment_id = $1', [payment.paymentId]);
    expect(await booked(app, 'tender-return', rows[0]?.id ?? '')).toEqual(['1121 -180.00', '1122 150.00', '2203 30.00']);
  });

  test('beside cash takes only its own part; cash never comes back', async () => {
    const one = account();
    await release('2026-04', one, '100.00');
    await release('2026-05', one, '60.00');
    const tenders = [{ kind: 'cash', amount: '100.00' }, { kind: 'cheque', amount: '60.00' }];
    const { body: payment } = await post(app, 'cashier', '/v1/payments', { amount: '160.00', tenders, accountNos: [one.accountNo] });
    expect((await giveBack(payment.paymentId, 1)).body.code).toBe('COLLECTION.TENDER_NOT_RETURNABLE');
    expect((await giveBack(payment.paymentId, 3)).body.code).toBe('COLLECTION.TENDER_NOT_FOUND');
    await giveBack(payment.paymentId, 2);
    expect(await open(app, one)).toEqual(['2026-04 0.00+0.00', '2026-05 60.00+0.00']);
  });
});

describe('prepayment at the next release', () => {
  test('settles the new bills by itself, the first due first, in part where it does not suffice', async () => {
    const [one, two] = [account(), account()];
    await payCash(app, '70.00', one);
    await payCash(app, '500.00', two);
    await releaseBills(app, '2026-06', [
      { accountId: one.accountId, total: '50.00' },
      { accountId: one.accountId, total: '50.00' },
      { accountId: two.accountId, total: '120.00' },
    ]);
    expect(await open(app, one)).toEqual(['2026-06 0.00+0.00', '2026-06 30.00+0.00']);
    expect([await held(app, one), await held(app, two)]).toEqual(['0.00', '380.00']);
    const { rows } = await app.db.query<{ id: string }>('select prepayment_use_id as id from prepayment_uses where account_id = $1', [two.accountId]);
    expect(await booked(app, 'prepayment-use', rows[0]?.id ?? '')).toEqual(['1122 -120.00', '2203 120.00']);
  });

  test('goes to older debts first, with their late charge', async () => {
    await app.clock.set('2026-07-01T09:00:00+08:00');
    const one = account();
    await release('2026-05', one, '100.00');
    const { rows } = await app.db.query<{ id: string }>('select receivable_id as id from receivables where account_id = $1', [one.accountId]);
    const other = account();
    const input = { amount: '150.00', tenders: [{ kind: 'cash', amount: '150.00' }], accountNos: [other.accountNo], prepayAccountNo: one.accountNo };
    await post(app, 'cashier', '/v1/payments', input);
    expect(rows).toHaveLength(1);
    await app.clock.set('2026-07-26T09:00:00+08:00');
    expect(await open(app, one)).toEqual(['2026-05 100.00+1.00']);
    await release('2026-06', one, '80.00');
    // 150.00 = 100.00 + 1.00 late charge + 49.00 of the new bill
    expect(await open(app, one)).toEqual(['2026-05 0.00+0.00', '2026-06 31.00+0.00']);
  });

  test('credit of a negative bill is held and used like any prepayment', async () => {
    const one = account();
    await release('2026-05', one, '-40.00');
    expect(await held(app, one)).toBe('40.00');
    await release('2026-06', one, '100.00');
    expect(await open(app, one)).toEqual(['2026-06 60.00+0.00']);
  });
});

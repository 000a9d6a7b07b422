import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { booked, get, handOut, held, open, payCash, post, type Reply } from './support';

let app: TestApp;
let next: OwingAccount[];
let period = 0;
const account = handOut(() => next);
const bill = async ({ accountId }: OwingAccount, total: string): Promise<void> => {
  period += 1;
  await releaseBills(app, `2025-${String(period).padStart(2, '0')}`, [{ accountId, total }]);
};

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  next = await addOwingAccounts(app, 20);
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

const pay = (input: object): Promise<Reply> => post(app, 'cashier', '/v1/payments', input);
const codeOf = async (reply: Promise<Reply>): Promise<unknown> => (await reply).body.code;
const giveBack = (paymentId: string, tenderNo = 1): Promise<Reply> => post(app, 'cashier', `/v1/payments/${paymentId}/tenders/${String(tenderNo)}/return`, { reason: 'insufficient funds' });
const claimsOf = async ({ accountNo }: OwingAccount, state = ''): Promise<{ claimId: string; amount: string; outstanding: string; settledOn: string | null }[]> =>
  (await get(app, `/v1/claims?accountNo=${accountNo}${state}`)).body.items;

/** A cheque of 400 yuan becomes prepayment, 150 of it are paid back, and then the cheque comes back: 150 are claimed. */
async function claimed(): Promise<{ one: OwingAccount; claimId: string }> {
  const one = account();
  const { body } = await pay({ amount: '400.00', tenders: [{ kind: 'cheque', amount: '400.00' }], accountNos: [one.accountNo] });
  await post(app, 'cashier', `/v1/accounts/${one.accountNo}/prepayment-refunds`, { amount: '150.00', tender: 'transfer', reason: 'asked for' });
  await giveBack(body.paymentId);
  const [claim] = await claimsOf(one);
  expect(claim).toMatchObject({ amount: '150.00', outstanding: '150.00', settledOn: null });
  return { one, claimId: claim?.claimId ?? '' };
}

describe('a claim for a returned tender', () => {
  test('is paid after the bills, also in part, and leaves the books with the payment', async () => {
    const { one, claimId } = await claimed();
    await bill(one, '100.00');
    const { body } = await pay({ amount: '180.00', tenders: [{ kind: 'cash', amount: '200.00' }], accountNos: [one.accountNo], claimIds: [claimId] });
    expect(body).toMatchObject({ change: '20.00', prepaid: null, claims: [{ claimId, accountNo: one.accountNo, amount: '80.00' }] });
    expect(body.allocations).toMatchObject([{ principal: '100.00' }]);
    expect(await booked(app, 'payment', body.paymentId)).toEqual(['1001 180.00', '1122 -100.00', '1221 -80.00']);
    expect((await get(app, `/v1/payments/${body.paymentId}`)).body).toEqual(body);
    expect((await get(app, `/v1/payments/${body.paymentId}/receipt?lang=en`)).text).toContain('claim for a returned tender: 80.00 yuan');
    expect(await claimsOf(one, '&state=open')).toMatchObject([{ outstanding: '70.00' }]);
    const rest = await pay({ amount: '75.00', tenders: [{ kind: 'transfer', amount: '75.00' }], claimIds: [claimId] });
    expect(rest.body).toMatchObject({ prepaid: { accountNo: one.accountNo, amount: '5.00' }, claims: [{ amount: '70.00' }] });
    expect(await claimsOf(one, '&state=settled')).toMatchObject([{ outstanding: '0.00', settledOn: '2026-06-02' }]);
    expect(await codeOf(pay({ amount: '1.00', tenders: [{ kind: 'cash', amount: '1.00' }], claimIds: [claimId] }))).toBe('COLLECTION.CLAIM_NOT_OPEN');
  });

  test('is paid by a payment that the payments of its account list, though it settled no bill', async () => {
    const { one, claimId } = await claimed();
    const { body } = await pay({ amount: '60.00', tenders: [{ kind: 'cash', amount: '60.00' }], claimIds: [claimId] });
    const { body: list } = await get(app, `/v1/payments?accountNo=${one.accountNo}&tenderKind=cash`);
    expect(list.items.map(({ paymentId }: { paymentId: string }) => paymentId)).toEqual([body.paymentId]);
  });

  test('waits where money would pay a bill in part, and where it is not named', async () => {
    const { one, claimId } = await claimed();
    await bill(one, '100.00');
    expect(await codeOf(pay({ amount: '99.00', tenders: [{ kind: 'cash', amount: '99.00' }], accountNos: [one.accountNo], claimIds: [claimId] }))).toBe('COLLECTION.PARTIAL_NOT_ALLOWED');
    expect((await payCash(app, '110.00', one)).body).toMatchObject({ claims: [], prepaid: { amount: '10.00' } });
  });

  test('is open again when its payment is reversed, or its tender comes back too', async () => {
    const { one, claimId } = await claimed();
    const first = await pay({ amount: '150.00', tenders: [{ kind: 'cash', amount: '150.00' }], claimIds: [claimId] });
    await post(app, 'cashier', `/v1/payments/${first.body.paymentId}/reversal`, { reason: 'wrong account' });
    expect(await booked(app, 'payment-reversal', first.body.paymentId)).toEqual(['1001 -150.00', '1221 150.00']);
    expect(await claimsOf(one)).toMatchObject([{ outstanding: '150.00', settledOn: null }]);
    await bill(one, '30.00');
    const { body } = await pay({ amount: '180.00', tenders: [{ kind: 'cash', amount: '60.00' }, { kind: 'cheque', amount: '120.00' }], accountNos: [one.accountNo], claimIds: [claimId] });
    expect((await giveBack(body.paymentId, 2)).status).toBe(201);
    // the claim bears it before the bill does
    expect(await claimsOf(one)).toMatchObject([{ outstanding: '120.00' }]);
    expect((await open(app, one)).at(-1)).toMatch(/ 0\.00\+0\.00$/);
  });

  test('stands in the statement of its account, and is kept within its amount by the database', async () => {
    const { one, claimId } = await claimed();
    await pay({ amount: '50.00', tenders: [{ kind: 'cash', amount: '50.00' }], claimIds: [claimId] });
    const { items } = (await get(app, `/v1/accounts/${one.accountNo}/statement`)).body;
    expect(items.map((item: { kind: string; claims: string; balance: string }) => `${item.kind} ${item.claims} ${item.balance}`)).toEqual([
      'payment 0.00 -400.00', 'prepayment-refund 0.00 -250.00', 'tender-return 150.00 150.00', 'payment -50.00 100.00']);
    await expect(app.db.query('update claims set paid = amount + 0.01 where claim_id = $1', [claimId])).rejects.toMatchObject({ constraint: 'claims_paid_within_amount' });
    await expect(app.db.query('update claims set settled_on = app_today() where claim_id = $1', [claimId])).rejects.toMatchObject({ constraint: 'claims_settled_whole' });
    await expect(app.db.query(`insert into claim_settlements (claim_id, cause, cause_id, payment_id, amount) select $1, 'payment', payment_id, payment_id, -1 from payments limit 1`, [claimId]))
      .rejects.toMatchObject({ constraint: 'claim_settlements_sign' });
  });

  test('two cashiers cannot collect it twice', async () => {
    const { one, claimId } = await claimed();
    const replies = await Promise.all(Array.from({ length: 10 }, () => pay({ amount: '150.00', tenders: [{ kind: 'cash', amount: '150.00' }], claimIds: [claimId] })));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await claimsOf(one)).toMatchObject([{ outstanding: '0.00' }]);
  });
});

describe('prepayment that is handed over like a tender', () => {
  test('pays a bill between releases, alone or with cash, and goes back when the payment is reversed', async () => {
    const one = account();
    await bill(one, '100.00');
    const keeps = { amount: '30.00', tenders: [{ kind: 'cash', amount: '30.00' }], receivableIds: [] as string[] };
    const { rows } = await app.db.query<{ id: string }>('select receivable_id as id from receivables where account_id = $1', [one.accountId]);
    expect(await codeOf(pay({ ...keeps, receivableIds: rows.map(({ id }) => id) }))).toBe('COLLECTION.PARTIAL_NOT_ALLOWED');
    await payCash(app, '160.00', one);
    await bill(one, '90.00');
    // 60.00 were held and used by the release; 30.00 are open
    expect([await held(app, one), (await open(app, one)).at(-1)]).toEqual(['0.00', expect.stringContaining(' 30.00+0.00')]);
    const two = account();
    await payCash(app, '40.00', two);
    const input = { amount: '30.00', tenders: [{ kind: 'prepayment', amount: '20.00' }, { kind: 'cash', amount: '50.00' }], accountNos: [one.accountNo] };
    expect(await codeOf(pay(input))).toBe('COLLECTION.PREPAYMENT_TOO_SMALL');
    expect(await codeOf(pay({ ...input, prepayAccountNo: two.accountNo }))).toBe('COLLECTION.PREPAYMENT_NOT_FOR_THIS');
  });

  test('is taken from what is held for the account, books no money, and never more than is owed', async () => {
    const one = account();
    await bill(one, '100.00');
    const wanted = { accountNos: [one.accountNo] };
    // a credit that came after the bill: the rest of a payment over chosen receivables
    const other = account();
    await bill(other, '5.00');
    const { rows } = await app.db.query<{ id: string }>('select receivable_id as id from receivables where account_id = $1', [other.accountId]);
    await pay({ amount: '85.00', tenders: [{ kind: 'cash', amount: '85.00' }], receivableIds: rows.map(({ id }) => id), prepayAccountNo: one.accountNo });
    expect(await held(app, one)).toBe('80.00');
    const { body } = await pay({ ...wanted, amount: '100.00', tenders: [{ kind: 'prepayment', amount: '60.00' }, { kind: 'cash', amount: '50.00' }] });
    expect(body).toMatchObject({ change: '10.00', allocations: [{ principal: '100.00' }], prepaid: null });
    expect(await booked(app, 'payment', body.paymentId)).toEqual(['1001 40.00', '1122 -100.00', '2203 60.00']);
    expect(await held(app, one)).toBe('20.00');
    await post(app, 'cashier', `/v1/payments/${body.paymentId}/reversal`, { reason: 'wrong amount' });
    expect([await held(app, one), (await open(app, one)).at(-1)]).toEqual(['80.00', expect.stringContaining(' 100.00+0.00')]);
    expect(await codeOf(pay({ ...wanted, amount: '110.00', tenders: [{ kind: 'prepayment', amount: '80.00' }, { kind: 'cash', amount: '30.00' }] }))).toBe('COLLECTION.PREPAYMENT_NOT_FOR_THIS');
    expect(await codeOf(pay({ ...wanted, amount: '100.00', tenders: [{ kind: 'prepayment', amount: '110.00' }] }))).toBe('RECEIVABLES.CHANGE_NOT_FROM_CASH');
    expect(await codeOf(giveBack(body.paymentId))).toBe('COLLECTION.PAYMENT_ALREADY_REVERSED');
  });

  test('names its account in the row, as the database demands', async () => {
    const one = account();
    const { body } = await payCash(app, '10.00', one);
    await expect(app.db.query(`insert into payment_tenders (payment_id, tender_no, kind, amount) values ($1, 2, 'prepayment', 1)`, [body.paymentId])).rejects.toMatchObject({ constraint: 'payment_tenders_prepayment_of_an_account' });
  });
});

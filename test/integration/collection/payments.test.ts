import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { booked, get, handOut, held, open, payCash, post } from './support';

let app: TestApp;
let next: OwingAccount[];
const account = handOut(() => next);
const owing = async (...totals: string[]): Promise<OwingAccount> => {
  const one = account();
  for (const [index, total] of totals.entries()) await releaseBills(app, `2026-0${index + 1}`, [{ accountId: one.accountId, total }]);
  return one;
};

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  next = await addOwingAccounts(app, 40);
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

describe('a payment at the counter', () => {
  test('settles a bill, gives change and a receipt in two languages', async () => {
    const one = await owing('218.40');
    const { status, body } = await post(app, 'cashier', '/v1/payments', { amount: '218.40', tenders: [{ kind: 'cash', amount: '300.00' }], accountNos: [one.accountNo] });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'received', receivedOn: '2026-06-02', tendered: '300.00', change: '81.60', amount: '218.40', prepaid: null });
    expect(body.allocations).toMatchObject([{ accountNo: one.accountNo, period: '2026-01', principal: '218.40', lateCharge: '0.00' }]);
    expect(await open(app, one)).toEqual(['2026-01 0.00+0.00']);
    expect(await booked(app, 'payment', body.paymentId)).toEqual(['1001 218.40', '1122 -218.40']);
    const chinese = await get(app, `/v1/payments/${body.paymentId}/receipt?lang=zh`);
    expect(chinese.text).toContain(`户号 ${one.accountNo}, 电费年月 2026-01: 电费 218.40 元`);
    expect(chinese.text).toContain('找零: 81.60 元');
    expect((await get(app, `/v1/payments/${body.paymentId}/receipt?lang=en`)).text).toContain('Paid: 218.40 yuan');
    expect((await get(app, `/v1/payments/${body.paymentId}`)).body).toEqual(body);
  });

  test('goes over several accounts and tenders, the oldest period first, and keeps the rest for later', async () => {
    const [one, two] = [await owing('100.00', '50.00'), await owing('70.00')];
    const tenders = [{ kind: 'pos-card', amount: '150.00', reference: 'POS-1' }, { kind: 'cheque', amount: '60.00' }, { kind: 'cash', amount: '50.00' }];
    const { body } = await post(app, 'cashier', '/v1/payments', { amount: '250.00', tenders, accountNos: [two.accountNo, one.accountNo], prepayAccountNo: one.accountNo });
    expect(body.allocations.map((part: Record<string, string>) => `${part['period'] ?? ''} ${part['principal'] ?? ''}`)).toEqual(['2026-01 70.00', '2026-01 100.00', '2026-02 50.00']);
    expect(body).toMatchObject({ change: '10.00', prepaid: { accountNo: one.accountNo, amount: '30.00' } });
    expect(await booked(app, 'payment', body.paymentId)).toEqual(['1001 40.00', '1012 150.00', '1121 60.00', '1122 -150.00', '1122 -70.00', '2203 -30.00']);
  });

  test('pays chosen receivables', async () => {
    const one = await owing('100.00', '50.00');
    const { rows } = await app.db.query<{ id: string }>(`select receivable_id as id from receivables where account_id = $1 and period = '2026-02'`, [one.accountId]);
    const pay = (): ReturnType<typeof post> => post(app, 'cashier', '/v1/payments', { amount: '50.00', tenders: [{ kind: 'transfer', amount: '50.00' }], receivableIds: rows.map(({ id }) => id) });
    expect((await pay()).status).toBe(201);
    expect(await open(app, one)).toEqual(['2026-01 100.00+0.00', '2026-02 0.00+0.00']);
    expect((await pay()).body).toMatchObject({ status: 409, code: 'COLLECTION.RECEIVABLE_NOT_OPEN' });
  });

  test('that does not cover a household bill is refused by name, and a factory may pay in parts', async () => {
    const [one, factory] = [await owing('100.00', '50.00'), account()];
    expect((await payCash(app, '99.99', one)).body).toMatchObject({ status: 422, code: 'COLLECTION.PARTIAL_NOT_ALLOWED', detail: 'Left over 99.99 yuan, still owed 150.00 yuan.' });
    expect((await payCash(app, '120.00', one)).body).toMatchObject({ code: 'COLLECTION.PARTIAL_NOT_ALLOWED' });
    expect((await payCash(app, '100.00', one)).status).toBe(201);
    await releaseBills(app, '2026-05', [{ accountId: factory.accountId, total: '9000.00', category: 'large-industrial' }]);
    expect((await payCash(app, '4000.00', factory)).status).toBe(201);
    expect(await open(app, factory)).toEqual(['2026-05 5000.00+0.00']);
  });

  test('refuses what cannot be', async () => {
    const one = await owing('10.00');
    const pay = async (input: object): Promise<unknown> => (await post(app, 'cashier', '/v1/payments', { amount: '10.00', accountNos: [one.accountNo], ...input })).body.code;
    expect(await pay({ tenders: [{ kind: 'cash', amount: '9.99' }] })).toBe('RECEIVABLES.TENDERS_TOO_SMALL');
    expect(await pay({ tenders: [{ kind: 'pos-card', amount: '12.00' }, { kind: 'cash', amount: '1.00' }] })).toBe('RECEIVABLES.CHANGE_NOT_FROM_CASH');
    expect(await pay({ tenders: [{ kind: 'cash', amount: '10.00' }], receivableIds: ['1'] })).toBe('REQUEST.INVALID');
    expect(await pay({ tenders: [{ kind: 'cash', amount: '10.00' }], accountNos: undefined })).toBe('REQUEST.INVALID');
    expect(await pay({ tenders: [{ kind: 'cash', amount: '10.00' }], accountNos: ['9999999999'] })).toBe('COLLECTION.ACCOUNT_NOT_FOUND');
    expect(await pay({ tenders: [{ kind: 'cash', amount: 10 }] })).toBe('REQUEST.INVALID');
    expect((await post(app, 'clerk', '/v1/payments', {})).status).toBe(403);
    expect((await get(app, '/v1/payments/999999')).body).toMatchObject({ status: 404, code: 'COLLECTION.PAYMENT_NOT_FOUND' });
    expect(await open(app, one)).toEqual(['2026-01 10.00+0.00']);
  });
});

describe('equal and competing requests', () => {
  test('200 with one key are one payment, one journal and one answer', async () => {
    const one = await owing('10.00');
    const input = { amount: '25.00', tenders: [{ kind: 'cash', amount: '25.00' }], accountNos: [one.accountNo] };
    const replies = await Promise.all(Array.from({ length: 200 }, () => post(app, 'cashier', '/v1/payments', input, 'counter-3-0001')));
    expect(new Set(replies.map(({ status, body }) => JSON.stringify([status, body])))).toHaveProperty('size', 1);
    expect(replies[0]?.status).toBe(201);
    expect(await held(app, one)).toBe('15.00');
    const other = await post(app, 'cashier', '/v1/payments', { ...input, amount: '24.00' }, 'counter-3-0001');
    expect(other.body).toMatchObject({ status: 422, code: 'IDEMPOTENCY.KEY_REUSED' });
  });

  test('100 with different keys pay a bill once; all others say that nothing is owed', async () => {
    const one = await owing('10.00');
    const { rows } = await app.db.query<{ id: string }>('select receivable_id as id from receivables where account_id = $1', [one.accountId]);
    const input = { amount: '10.00', tenders: [{ kind: 'cash', amount: '10.00' }], receivableIds: rows.map(({ id }) => id) };
    const replies = await Promise.all(Array.from({ length: 100 }, () => post(app, 'cashier', '/v1/payments', input)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(replies.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(new Set(['COLLECTION.RECEIVABLE_NOT_OPEN']));
  });

  test('payments over the same accounts in opposite order do not lock each other out', async () => {
    const [one, two] = [await owing('10.00', '20.00'), await owing('30.00', '40.00')];
    const replies = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? payCash(app, '100.00', one, two) : payCash(app, '100.00', two, one))));
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    expect((await held(app, one)).length + (await held(app, two)).length).toBeGreaterThan(10);
  });

  test('the database refuses more paid than is owed, whatever the code does', async () => {
    const one = await owing('10.00');
    const pay = app.db.query('update receivables set principal_paid = 10.01 where account_id = $1', [one.accountId]);
    await expect(pay).rejects.toMatchObject({ constraint: 'receivables_paid_within_amount' });
    await expect(app.db.query(`update account_prepayments set balance = -0.01`)).rejects.toMatchObject({ constraint: 'account_prepayments_not_negative' });
  });
});

describe('a late bill', () => {
  test('is paid with its charge, the charge first, and the charge is booked then', async () => {
    const [home, factory] = [await owing('200.00'), account()];
    await releaseBills(app, '2026-05', [{ accountId: factory.accountId, total: '1000.00', category: 'large-industrial' }]);
    await app.clock.set('2026-06-27T09:00:00+08:00');
    // due on 17 June, 10 days: 200 × 1 ‰ × 10 = 2.00; 1000 × 2 ‰ × 10 = 20.00
    expect(await open(app, home)).toEqual(['2026-01 200.00+2.00']);
    const { body } = await payCash(app, '202.00', home);
    expect(await booked(app, 'payment', body.paymentId)).toEqual(['1001 202.00', '1122 -200.00', '6301 -2.00']);
    await payCash(app, '520.00', factory);
    expect(await open(app, factory)).toEqual(['2026-05 500.00+0.00']);
    await app.clock.set('2026-07-07T09:00:00+08:00');
    // ten more days on the 500.00 that are left
    expect(await open(app, factory)).toEqual(['2026-05 500.00+10.00']);
    await payCash(app, '510.00', factory);
    expect(await open(app, factory)).toEqual(['2026-05 0.00+0.00']);
  });
});

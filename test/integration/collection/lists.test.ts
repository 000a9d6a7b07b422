import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { get, held, open, payCash, post, type Reply } from './support';

let app: TestApp;
let accounts: OwingAccount[];

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  accounts = await addOwingAccounts(app, 8);
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

const account = (index: number): OwingAccount => {
  const one = accounts[index];
  if (!one) throw new Error('no such account');
  return one;
};
const codeOf = async (reply: Promise<Reply>): Promise<unknown> => (await reply).body.code;

describe('the list of payments', () => {
  const list = async (query: string): Promise<string[]> => (await get(app, `/v1/payments?${query}`)).body.items.map((item: { amount: string }) => item.amount);

  beforeAll(async () => {
    const [one, two] = [account(0), account(1)];
    await releaseBills(app, '2026-04', [{ accountId: one.accountId, total: '10.00' }, { accountId: two.accountId, total: '20.00' }]);
    await payCash(app, '10.00', one);
    await post(app, 'cashier', '/v1/payments', { amount: '21.00', tenders: [{ kind: 'cheque', amount: '21.00', reference: 'CH-7' }], accountNos: [two.accountNo], prepayAccountNo: one.accountNo });
    await app.clock.set('2026-06-03T09:00:00+08:00');
    const { body } = await post(app, 'cashier', '/v1/payments', { amount: '30.00', tenders: [{ kind: 'transfer', amount: '30.00', reference: 'T-1' }], accountNos: [two.accountNo] }, undefined, 'second.cashier');
    await post(app, 'cashier', `/v1/payments/${body.paymentId}/reversal`, { reason: 'wrong account' });
  });

  test('begins with the newest and goes on page by page', async () => {
    expect(await list('limit=200')).toEqual(['30.00', '21.00', '10.00']);
    const first = (await get(app, '/v1/payments?limit=2')).body;
    expect(first.items.map((item: { amount: string }) => item.amount)).toEqual(['30.00', '21.00']);
    expect(await list(`limit=2&cursor=${first.nextCursor}`)).toEqual(['10.00']);
  });

  test('is narrowed by account (settled or held), state, tender, number, day and cashier', async () => {
    expect(await list(`accountNo=${account(0).accountNo}`)).toEqual(['21.00', '10.00']);
    expect(await list('state=reversed')).toEqual(['30.00']);
    expect(await list('tenderKind=cheque')).toEqual(['21.00']);
    expect(await list('reference=T-1')).toEqual(['30.00']);
    expect(await list('reference=T-1&tenderKind=cheque')).toEqual([]);
    expect(await list('until=2026-06-02')).toEqual(['21.00', '10.00']);
    expect(await list('from=2026-06-03')).toEqual(['30.00']);
    const { rows } = await app.db.query<{ id: string }>(`select user_id as id from users where name = 'second.cashier'`);
    expect(await list(`receivedBy=${rows[0]?.id ?? ''}`)).toEqual(['30.00']);
    expect((await get(app, '/v1/payments?tenderKind=gold')).status).toBe(400);
  });
});

describe('a request that is turned down', () => {
  const ask = (index: number, amount: string): Promise<Reply> =>
    post(app, 'cashier', `/v1/accounts/${account(index).accountNo}/prepayment-refunds`, { amount, tender: 'transfer', reason: 'the customer moves away' });
  const refund = (refundId: string, what: 'rejection' | 'withdrawal' | 'approval', role: 'supervisor' | 'cashier' = 'supervisor', name: string = role): Promise<Reply> =>
    post(app, role, `/v1/prepayment-refunds/${refundId}/${what}`, { reason: 'the papers are missing' }, undefined, name);

  test('a refund is rejected by the second person, and nothing is paid', async () => {
    await payCash(app, '2000.00', account(2));
    const { body } = await ask(2, '1500.00');
    const rejected = (await refund(body.refundId, 'rejection')).body;
    expect(rejected).toMatchObject({ state: 'rejected', turnedDownBecause: 'the papers are missing', turnedDownOn: '2026-06-03', paidOn: null, approvedBy: null });
    expect(rejected.turnedDownBy).not.toBe(rejected.requestedBy);
    expect(await held(app, account(2))).toBe('2000.00');
    expect(await codeOf(refund(body.refundId, 'approval'))).toBe('COLLECTION.REQUEST_TURNED_DOWN');
    expect(await codeOf(refund(body.refundId, 'rejection'))).toBe('COLLECTION.REQUEST_TURNED_DOWN');
    expect((await get(app, `/v1/prepayment-refunds/${body.refundId}`)).body).toEqual(rejected);
  });

  test('a refund is withdrawn by whoever asked and by nobody else, and rejected by nobody who asked', async () => {
    const { body } = await ask(2, '1400.00');
    expect(await codeOf(refund(body.refundId, 'withdrawal', 'cashier', 'other.cashier'))).toBe('COLLECTION.NOT_THE_REQUESTER');
    expect((await refund(body.refundId, 'withdrawal', 'cashier')).body).toMatchObject({ state: 'withdrawn' });
    const { body: own } = await ask(2, '1300.00');
    await app.db.query(`update users set roles = '{cashier,supervisor}' where name = 'cashier'`);
    expect(await codeOf(refund(own.refundId, 'rejection', 'cashier'))).toBe('APPROVAL.SAME_PERSON');
    expect((await refund(own.refundId, 'approval')).body).toMatchObject({ state: 'paid' });
    expect(await codeOf(refund(own.refundId, 'rejection'))).toBe('COLLECTION.REFUND_ALREADY_PAID');
    expect(await codeOf(refund('999', 'rejection'))).toBe('COLLECTION.REFUND_NOT_FOUND');
  });

  test('refunds are listed by state, account and day', async () => {
    const states = async (query: string): Promise<string[]> => (await get(app, `/v1/prepayment-refunds?${query}`)).body.items.map((item: { state: string }) => item.state);
    expect(await states(`accountNo=${account(2).accountNo}`)).toEqual(['paid', 'withdrawn', 'rejected']);
    expect(await states('state=withdrawn')).toEqual(['withdrawn']);
    expect(await states('until=2026-06-02')).toEqual([]);
    const { nextCursor } = (await get(app, '/v1/prepayment-refunds?limit=2')).body;
    expect(await states(`limit=2&cursor=${nextCursor}`)).toEqual(['rejected']);
  });

  test('a write-off that was rejected or withdrawn can be asked for again', async () => {
    const one = account(3);
    const ids = await releaseBills(app, '2026-05', [{ accountId: one.accountId, total: '50.00' }]);
    const receivableId = ids.get(one.accountId) ?? '';
    const request = async (): Promise<string> => (await post(app, 'clerk', `/v1/receivables/${receivableId}/write-offs`, { reason: 'dissolved' })).body.writeOffId;
    const decide = (id: string, what: string, role: 'supervisor' | 'clerk'): Promise<Reply> => post(app, role, `/v1/write-offs/${id}/${what}`, { reason: 'there is an estate' });
    const first = await request();
    expect((await decide(first, 'rejection', 'supervisor')).body).toMatchObject({ state: 'rejected', accountNo: one.accountNo, period: '2026-05' });
    expect(await open(app, one)).toEqual(['2026-05 50.00+0.00']);
    const again = await request();
    expect((await decide(again, 'withdrawal', 'clerk')).body).toMatchObject({ state: 'withdrawn' });
    expect(await codeOf(decide(again, 'approval', 'supervisor'))).toBe('COLLECTION.REQUEST_TURNED_DOWN');
    expect((await decide(await request(), 'approval', 'supervisor')).body).toMatchObject({ state: 'approved', amount: '50.00' });
    const { items } = (await get(app, `/v1/write-offs?accountNo=${one.accountNo}`)).body;
    expect(items.map((item: { state: string }) => item.state)).toEqual(['approved', 'withdrawn', 'rejected']);
    expect((await get(app, `/v1/write-offs/${items[2].writeOffId}`)).body).toEqual(items[2]);
  });

  test('the database decides a request once, and by the right person', async () => {
    await payCash(app, '2000.00', account(4));
    const { body } = await ask(4, '900.00');
    const turnDown = (state: string, by: string): Promise<unknown> =>
      app.db.query(`update prepayment_refunds set state = $2, turned_down_by = ${by}, turned_down_on = app_today(), turned_down_because = 'x' where refund_id = $1`, [body.refundId, state]);
    await expect(turnDown('rejected', 'requested_by')).rejects.toMatchObject({ constraint: 'prepayment_refunds_rejected_by_another' });
    await expect(turnDown('withdrawn', 'requested_by + 1')).rejects.toMatchObject({ constraint: 'prepayment_refunds_withdrawn_by_requester' });
    await expect(app.db.query(`update prepayment_refunds set state = 'withdrawn' where refund_id = $1`, [body.refundId])).rejects.toMatchObject({ constraint: 'prepayment_refunds_turned_down_whole' });
    await turnDown('withdrawn', 'requested_by');
    await expect(app.db.query(`update prepayment_refunds set state = 'requested' where refund_id = $1`, [body.refundId])).rejects.toMatchObject({ constraint: 'requests_decided_once' });
  });
});

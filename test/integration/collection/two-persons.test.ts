import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { booked, handOut, held, open, payCash, post, type Reply } from './support';

let app: TestApp;
let next: OwingAccount[];
const account = handOut(() => next);

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  next = await addOwingAccounts(app, 20);
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

describe('a refund of prepayment', () => {
  const refund = ({ accountNo }: OwingAccount, amount: string): Promise<Reply> =>
    post(app, 'cashier', `/v1/accounts/${accountNo}/prepayment-refunds`, { amount, tender: 'transfer', reason: 'the customer moves away' });
  const approve = (refundId: string, name = 'supervisor'): Promise<Reply> => post(app, 'supervisor', `/v1/prepayment-refunds/${refundId}/approval`, {}, undefined, name);

  test('is paid by one person up to the limit of a day', async () => {
    const one = account();
    await payCash(app, '800.00', one);
    const { body } = await refund(one, '300.00');
    expect(body).toMatchObject({ accountNo: one.accountNo, state: 'paid', paidOn: '2026-06-02' });
    expect(await booked(app, 'prepayment-refund', body.refundId)).toEqual(['1002 -300.00', '2203 300.00']);
    expect((await refund(one, '200.01')).body).toMatchObject({ state: 'requested', paidOn: null });
    expect(await held(app, one)).toBe('500.00');
    expect((await refund(one, '500.01')).body).toMatchObject({ status: 409, code: 'COLLECTION.PREPAYMENT_TOO_SMALL' });
  });

  test('above the limit needs a second person, once, and the money must still be there', async () => {
    const one = account();
    await payCash(app, '2000.00', one);
    const { body } = await refund(one, '1500.00');
    expect(body.state).toBe('requested');
    const replies = await Promise.all(Array.from({ length: 20 }, () => approve(body.refundId)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await held(app, one)).toBe('500.00');
    const { body: late } = await refund(one, '500.00');
    const { body: more } = await refund(one, '400.00');
    expect([late.state, more.state]).toEqual(['paid', undefined]);
    expect((await approve('999')).body.code).toBe('COLLECTION.REFUND_NOT_FOUND');
  });

  test('the database refuses one person above the limit, and the requester as approver', async () => {
    const one = account();
    await payCash(app, '2000.00', one);
    const { body } = await refund(one, '1500.00');
    const alone = app.db.query(`update prepayment_refunds set state = 'paid', paid_on = app_today() where refund_id = $1`, [body.refundId]);
    await expect(alone).rejects.toMatchObject({ constraint: 'prepayment_refunds_approved_above_limit' });
    const self = app.db.query(`update prepayment_refunds set approved_by = requested_by where refund_id = $1`, [body.refundId]);
    await expect(self).rejects.toMatchObject({ constraint: 'prepayment_refunds_two_persons' });
  });

  test('of money whose cheque comes back later leaves a claim in the books', async () => {
    const one = account();
    const cheque = { amount: '400.00', tenders: [{ kind: 'cheque', amount: '400.00' }], accountNos: [one.accountNo] };
    const { body: payment } = await post(app, 'cashier', '/v1/payments', cheque);
    await refund(one, '150.00');
    await post(app, 'cashier', `/v1/payments/${payment.paymentId}/tenders/1/return`, { reason: 'insufficient funds' });
    const { rows } = await app.db.query<{ id: string }>('select tender_return_id as id from tender_returns where payment_id = $1', [payment.paymentId]);
    expect(await booked(app, 'tender-return', rows[0]?.id ?? '')).toEqual(['1121 -400.00', '1221 150.00', '2203 250.00']);
  });
});

describe('a write-off', () => {
  const owing = async (total: string): Promise<[OwingAccount, string]> => {
    const one = account();
    const ids = await releaseBills(app, '2026-05', [{ accountId: one.accountId, total, category: 'large-industrial' }]);
    return [one, ids.get(one.accountId) ?? ''];
  };
  const ask = (receivableId: string): Promise<Reply> => post(app, 'clerk', `/v1/receivables/${receivableId}/write-offs`, { reason: 'dissolved' }, undefined, 'shared.person');
  const approve = (writeOffId: string, name = 'supervisor'): Promise<Reply> => post(app, 'supervisor', `/v1/write-offs/${writeOffId}/approval`, {}, undefined, name);

  test('asked for by one person and agreed by another makes the rest a loss, with its late charge', async () => {
    const [one, receivableId] = await owing('1000.00');
    await payCash(app, '400.00', one);
    const { body: asked } = await ask(receivableId);
    expect(asked).toMatchObject({ state: 'requested', amount: null });
    expect((await ask(receivableId)).body.code).toBe('COLLECTION.WRITE_OFF_ALREADY_REQUESTED');
    expect(await open(app, one)).toEqual(['2026-05 600.00+0.00']);
    await app.clock.set('2026-07-07T09:00:00+08:00');
    expect(await open(app, one)).toEqual(['2026-05 600.00+24.00']);
    expect((await approve(asked.writeOffId)).body).toMatchObject({ state: 'approved', amount: '600.00', approvedOn: '2026-07-07' });
    expect(await booked(app, 'write-off', asked.writeOffId)).toEqual(['1122 -600.00', '6701 600.00']);
    expect(await open(app, one)).toEqual(['2026-05 0.00+0.00']);
    expect((await approve(asked.writeOffId)).body.code).toBe('COLLECTION.WRITE_OFF_ALREADY_APPROVED');
    expect((await ask(receivableId)).body.code).toBe('COLLECTION.RECEIVABLE_NOT_OPEN');
  });

  test('is never decided by the person who asked for it', async () => {
    const [, receivableId] = await owing('10.00');
    const { body: asked } = await ask(receivableId);
    await app.db.query(`update users set roles = '{clerk,supervisor}' where name = 'shared.person'`);
    const clerk = await app.as('clerk', 'shared.person');
    const self = await app.http.post(`/v1/write-offs/${String(asked.writeOffId)}/approval`).set(clerk).set('Idempotency-Key', 'self-approval-1').send({});
    expect(self.body).toMatchObject({ status: 403, code: 'APPROVAL.SAME_PERSON' });
    const alone = app.db.query(`update write_offs set state = 'approved', approved_by = requested_by, approved_on = app_today(), amount = 10 where write_off_id = $1`, [asked.writeOffId]);
    await expect(alone).rejects.toMatchObject({ constraint: 'write_offs_two_persons' });
  });
});

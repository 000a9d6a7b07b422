import { startApp, type TestApp } from '../../support/app';
import { post as must, publishTariff } from '../../support/billing-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { tariffDocument } from '../../support/tariff-builder';
import { booked, get, held, open, payCash, post, type Reply } from '../collection/support';
import { approve, ask, bill, cancel, correct, type Household, household, rebill, told } from './support';

/** Households at 0.50 yuan a kWh from 1 May 2026 on; 200 kWh are 100.00 yuan. */
let app: TestApp;
let serial = 0;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
});
beforeEach(() => app.clock.set('2026-06-02T09:00:00+08:00'));
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

const next = (readings: Readonly<Record<string, string>> = { '2026-06-01': '300' }): Promise<Household> => household(app, `MONEY-${String((serial += 1))}`, readings);
const billIdOf = (billNo: string): string => String(Number(billNo.slice(6, 16)));
/** Makes the bill of a month cheaper by an amount. */
const rebate = (one: Household, period: string, amount: string): Promise<unknown> =>
  must(app, 'operator', `/v1/accounts/${one.accountNo}/shared-amounts`, { period, name: 'rebate', titleZh: '返还', titleEn: 'Rebate', amount });
const byCheque = (one: Household, amount: string): Promise<Reply> =>
  post(app, 'cashier', '/v1/payments', { amount, tenders: [{ kind: 'cheque', amount }], accountNos: [one.accountNo] });
const comesBack = (paymentId: string, tenderNo = 1): Promise<Reply> => post(app, 'cashier', `/v1/payments/${paymentId}/tenders/${String(tenderNo)}/return`, { reason: 'insufficient funds' });
const reverse = (paymentId: string): Promise<Reply> => post(app, 'cashier', `/v1/payments/${paymentId}/reversal`, { reason: 'wrong account' });
const refund = (one: Household, amount: string): Promise<Reply> => post(app, 'cashier', `/v1/accounts/${one.accountNo}/prepayment-refunds`, { amount, tender: 'cash', reason: 'asked for' });
const claims = async ({ accountId }: Household): Promise<string> =>
  (await app.db.query<{ sum: string }>(`select coalesce(sum(amount), 0)::numeric(18,2)::text as sum from journal_entries where ledger_code = '1221' and account_id = $1`, [accountId])).rows[0]?.sum ?? '';

describe('what stands against a bill when it is cancelled', () => {
  test('a payment between request and approval becomes credit like one before', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body } = await ask(app, billNo);
    await payCash(app, '100.00', one);
    expect((await approve(app, body.requestId)).status).toBe(201);
    expect([await held(app, one), await open(app, one)]).toEqual(['100.00', ['2026-05 0.00+0.00']]);
  });

  test('prepayment that the release had used goes back, and what was open of the bill is owed no more', async () => {
    const one = await next();
    await payCash(app, '30.00', one);
    const [billNo = ''] = await bill(app, '2026-05', one);
    expect([await held(app, one), await open(app, one)]).toEqual(['0.00', ['2026-05 70.00+0.00']]);
    const requestId = await cancel(app, billNo);
    expect([await held(app, one), await open(app, one)]).toEqual(['30.00', ['2026-05 0.00+0.00']]);
    await rebill(app, requestId);
    expect([await held(app, one), await open(app, one)]).toEqual(['0.00', ['2026-05 0.00+0.00', '2026-05 70.00+0.00']]);
  });

  test('a write-off is taken back with the bill: no loss is left, and nobody is paid', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: list } = await get(app, `/v1/receivables?accountNo=${one.accountNo}`);
    const { body: asked } = await post(app, 'clerk', `/v1/receivables/${String(list.items[0].receivableId)}/write-offs`, { reason: 'moved abroad' });
    await post(app, 'supervisor', `/v1/write-offs/${String(asked.writeOffId)}/approval`, {});
    await cancel(app, billNo);
    expect(await booked(app, 'cancellation-credit', billIdOf(billNo))).toEqual(['1122 100.00', '6701 -100.00']);
    expect([await held(app, one), (await told(app, one)).at(-1)]).toEqual(['0.00', 'cancellation-credit 100.00 0.00 0.00 0.00']);
  });

  test('a write-off that was asked for and not agreed finds nothing to give up any more', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: list } = await get(app, `/v1/receivables?accountNo=${one.accountNo}`);
    const { body: asked } = await post(app, 'clerk', `/v1/receivables/${String(list.items[0].receivableId)}/write-offs`, { reason: 'moved abroad' });
    await cancel(app, billNo);
    expect((await post(app, 'supervisor', `/v1/write-offs/${String(asked.writeOffId)}/approval`, {})).body.code).toBe('COLLECTION.RECEIVABLE_NOT_OPEN');
  });

  test('a bill that is being paid in parts by agreement is cancelled once the agreement is', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const parts = [{ dueOn: '2026-06-20', amount: '60.00' }, { dueOn: '2026-07-20', amount: '40.00' }];
    const { body: agreed } = await post(app, 'clerk', '/v1/instalment-agreements', { accountNo: one.accountNo, parts, reason: 'illness' });
    const decide = (what: string): Promise<Reply> => post(app, 'supervisor', `/v1/instalment-agreements/${String(agreed.agreementId)}/${what}`, { reason: 'x' });
    await decide('approval');
    await payCash(app, '60.00', one);
    const { body } = await ask(app, billNo);
    expect((await approve(app, body.requestId)).body).toMatchObject({ status: 409, code: 'COLLECTION.BILL_IN_INSTALMENTS' });
    expect((await decide('cancellation')).body.state).toBe('cancelled');
    expect((await approve(app, body.requestId)).status).toBe(201);
    expect([await held(app, one), await open(app, one)]).toEqual(['60.00', ['2026-05 0.00+0.00']]);
  });

  test('a bill of zero moves no money in either direction', async () => {
    const one = await next({ '2026-06-01': '100' });
    const [billNo = ''] = await bill(app, '2026-05', one);
    const requestId = await cancel(app, billNo);
    expect(await told(app, one)).toEqual([]);
    await correct(app, one, '2026-06-01', '200');
    await rebill(app, requestId);
    expect(await told(app, one)).toEqual(['bill-issued 50.00 0.00 0.00 50.00']);
  });
});

/** 200 kWh × 0.50 − 130.00 = −30.00: a credit of 30.00 */
describe('the credit of a negative bill that is cancelled', () => {
  async function negative(): Promise<[Household, string]> {
    const one = await next();
    await rebate(one, '2026-05', '-130.00');
    const [billNo = ''] = await bill(app, '2026-05', one);
    expect(await held(app, one)).toBe('30.00');
    return [one, billNo];
  }

  test('is taken back out of what is held', async () => {
    const [one, billNo] = await negative();
    await cancel(app, billNo);
    expect([await held(app, one), await open(app, one), await told(app, one)]).toEqual(['0.00', [], ['bill-issued 0.00 30.00 0.00 -30.00', 'reversal 0.00 -30.00 0.00 0.00']]);
  });

  test('of which 10.00 were refunded leaves 10.00 to be paid until a day of its own, and the successor’s credit pays them', async () => {
    const [one, billNo] = await negative();
    expect((await refund(one, '10.00')).body.state).toBe('paid');
    await app.clock.set('2026-07-10T09:00:00+08:00');
    const requestId = await cancel(app, billNo);
    const { body } = await get(app, `/v1/receivables?accountNo=${one.accountNo}`);
    expect(body.items).toMatchObject([{ billNo, amount: '10.00', openedOn: '2026-07-10', dueOn: '2026-07-25', outstanding: '10.00', lateCharge: '0.00' }]);
    expect(await booked(app, 'credit-recall', billIdOf(billNo))).toEqual(['1122 10.00', '2203 -10.00']);
    expect((await get(app, `/v1/accounts/${one.accountNo}/cancellation-credits`)).body.items).toMatchObject([{ recalled: '30.00', shortfall: '10.00', principal: '0.00' }]);
    // read again 190 kWh: 95.00 − 130.00 = −35.00, of which 10.00 settle what is owed
    await correct(app, one, '2026-06-01', '290');
    await rebill(app, requestId);
    expect([await held(app, one), await open(app, one)]).toEqual(['25.00', ['2026-05 0.00+0.00']]);
  });

  test('that has paid an older bill leaves that one paid, and is owed itself', async () => {
    await app.clock.set('2026-07-02T09:00:00+08:00');
    const one = await next({ '2026-06-01': '300', '2026-07-01': '500' });
    await app.clock.set('2026-06-02T09:00:00+08:00');
    await bill(app, '2026-05', one);
    await app.clock.set('2026-07-02T09:00:00+08:00');
    await rebate(one, '2026-06', '-130.00');
    const [june = ''] = await bill(app, '2026-06', one);
    // 100.00 since 17 June: fifteen days late, 1.50; the 30.00 pay the charge and 28.50 of the bill
    expect(await open(app, one)).toEqual(['2026-05 71.50+0.00']);
    await cancel(app, june);
    expect(await open(app, one)).toEqual(['2026-05 71.50+0.00', '2026-06 30.00+0.00']);
  });
});

describe('a payment that is undone after the cancellation of its bill', () => {
  test('is reversed on its day out of the credit', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: payment } = await payCash(app, '100.00', one);
    await cancel(app, billNo);
    expect((await reverse(payment.paymentId)).body.state).toBe('reversed');
    expect([await held(app, one), await open(app, one)]).toEqual(['0.00', ['2026-05 0.00+0.00']]);
    expect((await told(app, one)).slice(-2)).toEqual(['credit-withdrawal -100.00 -100.00 0.00 -100.00', 'payment-reversal 100.00 0.00 0.00 0.00']);
  });

  test('is not reversed once the successor has used the credit', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: payment } = await payCash(app, '100.00', one);
    await rebill(app, await cancel(app, billNo));
    expect((await reverse(payment.paymentId)).body).toMatchObject({ status: 409, code: 'COLLECTION.PREPAYMENT_USED' });
  });

  test('goes back to each of its accounts as it stood: one bill cancelled, one still paid', async () => {
    const [one, two] = [await next(), await next()];
    const [billNo = ''] = await bill(app, '2026-05', one, two);
    const { body: payment } = await payCash(app, '210.00', two, one);
    await cancel(app, billNo);
    expect([await held(app, one), await held(app, two)]).toEqual(['100.00', '10.00']);
    await reverse(payment.paymentId);
    expect([await held(app, one), await held(app, two), await open(app, one), await open(app, two)]).toEqual(['0.00', '0.00', ['2026-05 0.00+0.00'], ['2026-05 100.00+0.00']]);
  });

  test('by a cheque that comes back takes the credit while it waits', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: payment } = await byCheque(one, '100.00');
    await cancel(app, billNo);
    await app.clock.set('2026-06-05T09:00:00+08:00');
    await comesBack(payment.paymentId);
    expect([await held(app, one), await open(app, one), await claims(one)]).toEqual(['0.00', ['2026-05 0.00+0.00'], '0.00']);
    expect((await told(app, one)).at(-1)).toBe('tender-return 0.00 -100.00 0.00 0.00');
  });

  /** 100.00 paid, billed again as 80.00: 20.00 held and 80.00 used for the successor, which is open again */
  test('by a cheque that comes back after the rebill opens the successor again', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: payment } = await byCheque(one, '100.00');
    const requestId = await cancel(app, billNo);
    await correct(app, one, '2026-06-01', '260');
    await rebill(app, requestId);
    await comesBack(payment.paymentId);
    expect([await held(app, one), await open(app, one), await claims(one)]).toEqual(['0.00', ['2026-05 0.00+0.00', '2026-05 80.00+0.00'], '0.00']);
  });

  test('by a cheque whose credit was refunded leaves a claim', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: payment } = await byCheque(one, '100.00');
    await cancel(app, billNo);
    await refund(one, '60.00');
    await comesBack(payment.paymentId);
    expect([await held(app, one), await claims(one)]).toEqual(['0.00', '60.00']);
  });

  /** 60.00 and 50.00 by cheque pay 100.00 and 10.00 ahead; the first one returned takes 10.00 held and 50.00 of the bill, the second one the credit of 50.00 */
  test('by two cheques, one before and one after the cancellation, leaves nothing of either', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    const tenders = [{ kind: 'cheque', amount: '60.00' }, { kind: 'cheque', amount: '50.00' }];
    const { body: payment } = await post(app, 'cashier', '/v1/payments', { amount: '110.00', tenders, accountNos: [one.accountNo] });
    await comesBack(payment.paymentId);
    expect([await held(app, one), await open(app, one)]).toEqual(['0.00', ['2026-05 50.00+0.00']]);
    await cancel(app, billNo);
    expect(await held(app, one)).toBe('50.00');
    await comesBack(payment.paymentId, 2);
    expect([await held(app, one), await open(app, one), await claims(one)]).toEqual(['0.00', ['2026-05 0.00+0.00'], '0.00']);
    const { rows } = await app.db.query('select prepaid_taken::text, credit_taken::text, claimed::text from tender_returns where payment_id = $1 order by tender_no', [payment.paymentId]);
    expect(rows).toEqual([{ prepaid_taken: '10.00', credit_taken: '0.00', claimed: '0.00' }, { prepaid_taken: '0.00', credit_taken: '50.00', claimed: '0.00' }]);
  });
});

describe('credit that waits', () => {
  test('can be refunded in the ordinary way; the successor takes what is left and owes the rest', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    await payCash(app, '100.00', one);
    const requestId = await cancel(app, billNo);
    expect((await refund(one, '100.01')).body.code).toBe('COLLECTION.PREPAYMENT_TOO_SMALL');
    expect((await refund(one, '30.00')).body.state).toBe('paid');
    await rebill(app, requestId);
    expect([await held(app, one), await open(app, one)]).toEqual(['0.00', ['2026-05 0.00+0.00', '2026-05 30.00+0.00']]);
  });

  test('that went back with its cheque holds back no other money', async () => {
    await app.clock.set('2026-07-02T09:00:00+08:00');
    const one = await next({ '2026-06-01': '300', '2026-07-01': '500' });
    const [may = ''] = await bill(app, '2026-05', one);
    await bill(app, '2026-06', one);
    const { items } = (await get(app, `/v1/receivables?accountNo=${one.accountNo}`)).body as { items: { receivableId: string }[] };
    const [first, second] = items.map(({ receivableId }) => receivableId);
    const payOne = (kind: string, id?: string): Promise<Reply> => post(app, 'cashier', '/v1/payments', { amount: '100.00', tenders: [{ kind, amount: '100.00' }], receivableIds: [id] });
    await payOne('cash', first);
    const { body: cheque } = await payOne('cheque', second);
    const requestId = await cancel(app, may, 'cancel');
    await comesBack(cheque.paymentId);
    await payCash(app, '100.00', one);
    expect(await held(app, one)).toBe('200.00');
    // 400 − 100 kWh: the 100.00 that wait for May and 50.00 of the free 100.00 pay it
    await correct(app, one, '2026-06-01', '400');
    await rebill(app, requestId);
    expect([await held(app, one), (await open(app, one)).at(-1)]).toEqual(['50.00', '2026-05 0.00+0.00']);
  });

  test('waits no longer as far as it was refunded; what is free goes first', async () => {
    const one = await next();
    const [may = ''] = await bill(app, '2026-05', one);
    await payCash(app, '100.00', one);
    await cancel(app, may);
    await payCash(app, '20.00', one);
    await refund(one, '90.00');
    await payCash(app, '40.00', one);
    // 100 − (90 − 20) still wait, 40.00 are free
    const { rows } = await app.db.query<{ waits: string }>('select principal + late_charge - lost as waits from cancellation_credits where account_id = $1', [one.accountId]);
    expect([await held(app, one), rows]).toEqual(['70.00', [{ waits: '30.00' }]]);
  });

  test('is freed once by a person, with a reason', async () => {
    const one = await next();
    const [billNo = ''] = await bill(app, '2026-05', one);
    await payCash(app, '100.00', one);
    await cancel(app, billNo);
    const { body } = await get(app, `/v1/accounts/${one.accountNo}/cancellation-credits`);
    const path = `/v1/cancellation-credits/${String(body.items[0].cancellationId)}/release`;
    expect((await post(app, 'cashier', path, { reason: 'x' })).status).toBe(403);
    expect((await post(app, 'supervisor', path, { reason: 'the flat stood empty' })).body).toMatchObject({ billNo, freedOn: '2026-06-02', freedReason: 'the flat stood empty' });
    expect((await post(app, 'supervisor', path, { reason: 'again' })).body.code).toBe('COLLECTION.CREDIT_FREED');
    expect((await post(app, 'supervisor', '/v1/cancellation-credits/999999/release', { reason: 'x' })).body.code).toBe('COLLECTION.CREDIT_NOT_FOUND');
    const { rows } = await app.db.query<{ id: string }>('select customer_id as id from accounts where account_id = $1', [one.accountId]);
    const seen = async (customerId: string): Promise<number> => (await app.http.get(`/v1/accounts/${one.accountNo}/cancellation-credits`).set(await app.as('customer', { name: `customer-${customerId}`, customerId }))).status;
    expect([await seen(rows[0]?.id ?? ''), await seen('999')]).toEqual([200, 404]);
  });
});

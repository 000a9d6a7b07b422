import { startApp, type TestApp } from '../../support/app';
import { publishTariff } from '../../support/billing-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { tariffDocument } from '../../support/tariff-builder';
import { booked, get, held, open, payCash, post } from '../collection/support';
import { approve, ask, bill, billNos, cancel, computeRebill, correct, household, rebill, told } from './support';

/** Households at 0.50 yuan a kWh, billed for May 2026 on 2 June: 200 kWh, 100.00 yuan, due on 17 June. No late charge is less than 1.00. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
});
beforeEach(() => app.clock.set('2026-06-02T09:00:00+08:00'));
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

const billIdOf = (billNo: string): string => String(Number(billNo.slice(6, 16)));

/**
 *   billed 200 kWh × 0.50 = 100.00, paid; cancelled: 100.00 credit
 *   read again: 160 kWh × 0.50 = 80.00 from the credit, 20.00 stay prepayment
 */
test('a paid bill of 100.00 that is billed again as 80.00 leaves 20.00 of prepayment', async () => {
  const one = await household(app, 'CHEAPER', { '2026-06-01': '300' });
  const [billNo = ''] = await bill(app, '2026-05', one);
  await payCash(app, '100.00', one);
  const { body: asked } = await ask(app, billNo);
  expect(asked).toMatchObject({ state: 'requested', reason: 'misread', decidedBy: null, bills: [{ billNo, accountNo: one.accountNo, period: '2026-05', totalAmount: '100.00', cause: 'asked-for', successorBillNos: [] }] });
  expect((await get(app, `/v1/bills/${billNo}`, 'clerk')).body).toMatchObject({ standing: 'issued', cancelledAt: null });
  const { body: approved, status } = await approve(app, asked.requestId);
  expect([status, approved.state]).toEqual([201, 'approved']);
  expect((await get(app, `/v1/bills/${billNo}`, 'clerk')).body).toMatchObject({ standing: 'cancelled', cancelledAt: approved.decidedAt, totalAmount: '100.00', successorBillNos: [] });
  expect(await held(app, one)).toBe('100.00');
  expect(await booked(app, 'reversal', billIdOf(billNo))).toEqual(['1122 -100.00', '222101 11.50', '6001 88.50']);
  expect(await booked(app, 'cancellation-credit', billIdOf(billNo))).toEqual(['1122 100.00', '2203 -100.00']);
  await correct(app, one, '2026-06-01', '260');
  const runId = await rebill(app, asked.requestId);
  const [successorNo = ''] = await billNos(app, runId, [one]);
  expect((await get(app, `/v1/bills/${successorNo}`, 'clerk')).body).toMatchObject({ standing: 'issued', totalAmount: '80.00', predecessorBillNos: [billNo], successorBillNos: [] });
  expect((await get(app, `/v1/bills/${billNo}`, 'clerk')).body).toMatchObject({ standing: 'cancelled', predecessorBillNos: [], successorBillNos: [successorNo] });
  expect((await get(app, `/v1/bills/${successorNo}/page?lang=en`, 'clerk')).text).toContain(`In place of cancelled bill</dt><dd>${billNo}`);
  expect((await get(app, `/v1/bills/${billNo}/page?lang=zh`, 'clerk')).text).toContain(`已由下列账单替代</dt><dd>${successorNo}`);
  expect((await get(app, `/v1/cancellation-requests/${String(asked.requestId)}`, 'auditor')).body.bills[0].successorBillNos).toEqual([successorNo]);
  expect([await open(app, one), await held(app, one)]).toEqual([['2026-05 0.00+0.00', '2026-05 0.00+0.00'], '20.00']);
  expect(await told(app, one)).toEqual([
    'bill-issued 100.00 0.00 0.00 100.00',
    'payment -100.00 0.00 0.00 0.00',
    'reversal -100.00 0.00 0.00 -100.00',
    'cancellation-credit 100.00 100.00 0.00 -100.00',
    'bill-issued 80.00 0.00 0.00 -20.00',
    'prepayment-use -80.00 -80.00 0.00 -20.00',
  ]);
  const { body: statement } = await get(app, `/v1/accounts/${one.accountNo}/statement`, 'auditor');
  expect(statement.items.slice(2, 4)).toMatchObject([
    { kind: 'reversal', cause: { zh: '电费红冲', en: 'Bill reversed' }, reference: billNo },
    { kind: 'cancellation-credit', cause: { zh: '冲销账单已收款转预存', en: 'Payments on a cancelled bill become credit' }, reference: billNo },
  ]);
  const { body: refund } = await post(app, 'cashier', `/v1/accounts/${one.accountNo}/prepayment-refunds`, { amount: '20.00', tender: 'cash', reason: 'billed too much' });
  expect([refund.state, await held(app, one)]).toEqual(['paid', '0.00']);
});

/** read again: 240 kWh × 0.50 = 120.00; 100.00 from the credit, 20.00 owed from the new due date on, however late the first one was */
test('a paid bill of 100.00 that is billed again as 120.00 leaves 20.00 owed, due fifteen days after the new release', async () => {
  const one = await household(app, 'DEARER', { '2026-06-01': '300' });
  const [billNo = ''] = await bill(app, '2026-05', one);
  await payCash(app, '100.00', one);
  const requestId = await cancel(app, billNo);
  await correct(app, one, '2026-06-01', '340');
  await app.clock.set('2026-07-20T09:00:00+08:00');
  await rebill(app, requestId);
  expect([await open(app, one), await held(app, one)]).toEqual([['2026-05 0.00+0.00', '2026-05 20.00+0.00'], '0.00']);
  const { body } = await get(app, `/v1/receivables?accountNo=${one.accountNo}`);
  expect(body.items).toMatchObject([{ dueOn: '2026-06-17', cancelledOn: '2026-06-02' }, { amount: '120.00', dueOn: '2026-08-04', cancelledOn: null }]);
  // six days late: 20.00 × 6 × 1 ‰ = 0.12, at least 1.00
  await app.clock.set('2026-08-10T09:00:00+08:00');
  expect((await open(app, one))[1]).toBe('2026-05 20.00+1.00');
});

/** 100.00 of 17 June, paid on 27 June: ten days at 1 ‰ = 1.00; both become credit, and the books have no such income any more */
test('a late charge that was paid on the cancelled bill becomes credit with it', async () => {
  const one = await household(app, 'LATE', { '2026-06-01': '300' });
  const [billNo = ''] = await bill(app, '2026-05', one);
  await app.clock.set('2026-06-27T09:00:00+08:00');
  await payCash(app, '101.00', one);
  const requestId = await cancel(app, billNo);
  expect(await booked(app, 'cancellation-credit', billIdOf(billNo))).toEqual(['1122 100.00', '2203 -101.00', '6301 1.00']);
  const { body } = await get(app, `/v1/accounts/${one.accountNo}/cancellation-credits`, 'auditor');
  expect(body.items).toMatchObject([{ billNo, period: '2026-05', principal: '100.00', lateCharge: '1.00', writtenOff: '0.00', recalled: '0.00', freedOn: null }]);
  await rebill(app, requestId);
  expect([await open(app, one), await held(app, one)]).toEqual([['2026-05 0.00+0.00', '2026-05 0.00+0.00'], '1.00']);
  expect((await get(app, `/v1/accounts/${one.accountNo}/cancellation-credits`, 'auditor')).body.items).toMatchObject([{ freedOn: '2026-06-27', freedReason: null }]);
});

test('an unpaid bill that is cancelled late owes nothing more, on no day after its cancellation, and did before', async () => {
  const one = await household(app, 'UNPAID', { '2026-06-01': '300' });
  const [billNo = ''] = await bill(app, '2026-05', one);
  await app.clock.set('2026-07-07T09:00:00+08:00');
  expect(await open(app, one)).toEqual(['2026-05 100.00+2.00']);
  await cancel(app, billNo);
  expect(await open(app, one)).toEqual(['2026-05 0.00+0.00']);
  const on = async (day: string): Promise<string> => (await get(app, `/v1/receivables?accountNo=${one.accountNo}&asOf=${day}`)).body.items[0].totalOwed as string;
  expect([await on('2026-07-06'), await on('2026-07-07'), await on('2026-12-31')]).toEqual(['101.90', '0.00', '0.00']);
  expect((await payCash(app, '5.00', one)).body).toMatchObject({ allocations: [], prepaid: { amount: '5.00' } });
});

describe('two persons', () => {
  test('never the same one, whatever roles they hold, and only one of twenty approvals at once', async () => {
    const one = await household(app, 'PERSONS', { '2026-06-01': '300' });
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: asked } = await post(app, 'clerk', `/v1/bills/${billNo}/cancellation-requests`, { reason: 'misread' }, undefined, 'shared.person');
    expect((await ask(app, billNo)).body.code).toBe('BILLING.CANCELLATION_ALREADY_REQUESTED');
    await app.db.query(`update users set roles = '{clerk,supervisor}' where name = 'shared.person'`);
    const path = `/v1/cancellation-requests/${String(asked.requestId)}`;
    const self = await app.http.post(`${path}/approval`).set(await app.as('clerk', 'shared.person')).set('Idempotency-Key', 'self-approval-1').send({ reason: 'x' });
    expect(self.body).toMatchObject({ status: 403, code: 'APPROVAL.SAME_PERSON' });
    expect((await post(app, 'clerk', `${path}/approval`, { reason: 'x' })).status).toBe(403);
    const replies = await Promise.all(Array.from({ length: 20 }, () => approve(app, asked.requestId)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect([...new Set(replies.filter(({ status }) => status !== 201).map(({ body }) => body.code as string))]).toEqual(['BILLING.CANCELLATION_DECIDED']);
    expect((await post(app, 'clerk', `${path}/refusal`, { reason: 'x' })).body.code).toBe('BILLING.CANCELLATION_DECIDED');
    expect((await ask(app, billNo)).body.code).toBe('BILLING.BILL_NOT_ISSUED');
  });

  test('the same key gets the same answer; a request that was declined can be asked for again', async () => {
    const one = await household(app, 'AGAIN', { '2026-06-01': '300' });
    const [billNo = ''] = await bill(app, '2026-05', one);
    const { body: asked } = await ask(app, billNo);
    const path = `/v1/cancellation-requests/${String(asked.requestId)}`;
    expect((await post(app, 'supervisor', `${path}/refusal`, { reason: 'the reading is right' })).body).toMatchObject({ state: 'declined', decisionReason: 'the reading is right' });
    expect((await get(app, `/v1/bills/${billNo}`, 'clerk')).body.standing).toBe('issued');
    const { body: second } = await ask(app, billNo);
    const key = 'approval-with-one-key';
    const first = await post(app, 'supervisor', `/v1/cancellation-requests/${String(second.requestId)}/approval`, { reason: 'x' }, key);
    const repeated = await post(app, 'supervisor', `/v1/cancellation-requests/${String(second.requestId)}/approval`, { reason: 'x' }, key);
    expect(repeated.body).toEqual(first.body);
    expect((await get(app, `/v1/cancellation-requests?accountNo=${one.accountNo}`, 'auditor')).body.items.map(({ state }: { state: string }) => state)).toEqual(['approved', 'declined']);
    expect((await get(app, `/v1/cancellation-requests?state=declined&accountNo=${one.accountNo}`, 'auditor')).body.items).toHaveLength(1);
    expect((await get(app, '/v1/cancellation-requests/999', 'auditor')).body.code).toBe('BILLING.CANCELLATION_NOT_FOUND');
  });

  test('a successor is released by another person than the one who started its run, and shows no sooner', async () => {
    const one = await household(app, 'RELEASE', { '2026-06-01': '300' });
    const [billNo = ''] = await bill(app, '2026-05', one);
    const requestId = await cancel(app, billNo);
    const runId = await computeRebill(app, requestId);
    expect((await get(app, `/v1/billing-runs/${runId}`, 'operator')).body).toMatchObject({ kind: 'rebill', counts: { accounts: 1, billed: 1 }, totalAmount: '100.00' });
    expect((await get(app, `/v1/bills/${billNo}`, 'clerk')).body.successorBillNos).toEqual([]);
    expect((await app.http.post(`/v1/billing-runs/${runId}/release`).set(await app.as('operator')).set('Idempotency-Key', 'released-by-starter').send({ reason: 'x' })).body.code).toBe('APPROVAL.SAME_PERSON');
  });
});

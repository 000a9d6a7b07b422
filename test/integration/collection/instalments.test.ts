import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { ledgerDifferences } from '../../support/ledger-check';
import { get, open, payCash, post, type Reply } from './support';

/** Bills released on 30 May are due on 14 June; the agreements are made on 20 June, 6 days late. */
let app: TestApp;
let next: OwingAccount[];

const owing = async (total: string, category = 'general-industrial-commercial'): Promise<OwingAccount> => {
  const one = next.pop();
  if (!one) throw new Error('no account is left');
  await releaseBills(app, '2026-05', [{ accountId: one.accountId, total, category }]);
  return one;
};
const agree = ({ accountNo }: OwingAccount, parts: [string, string][], name = 'clerk'): Promise<Reply> =>
  post(app, 'clerk', '/v1/instalment-agreements', { accountNo, parts: parts.map(([dueOn, amount]) => ({ dueOn, amount })), reason: 'illness in the family' }, undefined, name);
const decide = (agreementId: string, what: string, role: 'supervisor' | 'clerk' = 'supervisor', name: string = role): Promise<Reply> =>
  post(app, role, `/v1/instalment-agreements/${agreementId}/${what}`, { reason: 'as discussed' }, undefined, name);
const inForce = async (account: OwingAccount, parts: [string, string][]): Promise<string> => {
  const { body } = await agree(account, parts);
  const approved = await decide(body.agreementId, 'approval');
  expect([approved.status, approved.body.state]).toEqual([201, 'active']);
  return body.agreementId;
};
const show = async (agreementId: string): Promise<{ state: string; brokenOn: string | null; paid: string[] }> => {
  const { state, brokenOn, parts } = (await get(app, `/v1/instalment-agreements/${agreementId}`)).body;
  return { state, brokenOn, paid: parts.map(({ paid }: { paid: string }) => paid) };
};
const on = (day: string): Promise<void> => app.clock.set(`${day}T09:00:00+08:00`);
const codeOf = async (reply: Promise<Reply>): Promise<unknown> => (await reply).body.code;
const PARTS: [string, string][] = [['2026-07-10', '400.00'], ['2026-08-10', '300.00'], ['2026-09-10', '312.00']];

beforeEach(async () => {
  app = await startApp({ at: '2026-05-30T09:00:00+08:00' });
  next = await addOwingAccounts(app, 6);
});
afterEach(async () => {
  expect(await ledgerDifferences(app.db)).toEqual({});
  await app.close();
});

test('a debt in three parts that are paid in time ends without further charge', async () => {
  const shop = await owing('1000.00');
  await on('2026-06-20');
  // 1000 × 2 ‰ × 6 days = 12.00
  expect(await open(app, shop)).toEqual(['2026-05 1000.00+12.00']);
  const agreementId = await inForce(shop, PARTS);
  await on('2026-07-10');
  expect(await open(app, shop)).toEqual(['2026-05 1000.00+12.00']);
  // more than the first part: 400 + 50 of the second; the charge comes first, then 438 of the principal
  expect((await payCash(app, '450.00', shop)).status).toBe(201);
  expect(await open(app, shop)).toEqual(['2026-05 562.00+0.00']);
  expect(await show(agreementId)).toEqual({ state: 'active', brokenOn: null, paid: ['400.00', '50.00', '0.00'] });
  await on('2026-08-10');
  await payCash(app, '250.00', shop);
  await on('2026-09-10');
  expect(await open(app, shop)).toEqual(['2026-05 312.00+0.00']);
  await payCash(app, '312.00', shop);
  await app.sweep();
  expect(await show(agreementId)).toEqual({ state: 'ended', brokenOn: null, paid: ['400.00', '300.00', '312.00'] });
  await on('2026-12-01');
  expect(await open(app, shop)).toEqual(['2026-05 0.00+0.00']);
});

test('when a part is missed the whole is due, with the charge from the first due date', async () => {
  const shop = await owing('1000.00');
  await on('2026-06-20');
  const agreementId = await inForce(shop, PARTS);
  await on('2026-07-10');
  await payCash(app, '399.99', shop);
  await on('2026-07-11');
  // paid 12.00 of charge and 387.99 of principal on 10 July; 387.99 × 2 ‰ × 26 + 612.01 × 2 ‰ × 27 − 12.00 = 20.17548 + 33.04854 − 12.00
  expect(await open(app, shop)).toEqual(['2026-05 612.01+41.22']);
  expect(await show(agreementId)).toEqual({ state: 'broken', brokenOn: '2026-07-10', paid: ['399.99', '0.00', '0.00'] });
  // the bill must be paid whole again
  expect(await codeOf(payCash(app, '100.00', shop))).toBe('COLLECTION.PARTIAL_NOT_ALLOWED');
  await app.sweep();
  const { body } = await get(app, '/v1/instalment-agreements?state=broken');
  expect(body.items).toHaveLength(1);
  // a new agreement may follow, over what is owed now: 653.23
  expect(await codeOf(agree(shop, [['2026-08-01', '600.00'], ['2026-09-01', '53.22']]))).toBe('RECEIVABLES.PARTS_NOT_THE_DEBT');
  await inForce(shop, [['2026-08-01', '600.00'], ['2026-09-01', '53.23']]);
  await on('2026-08-01');
  expect(await open(app, shop)).toEqual(['2026-05 612.01+41.22']);
});

test('a region may let the charge go on, or leave the days up to the break free', async () => {
  await app.db.query(`insert into instalment_rules (region_code, valid_from, maximum_parts, maximum_days, while_kept, after_break)
    values ('R2', '2026-01-01', 12, 366, 'continued', 'from-break'), ('R3', '2026-01-01', 12, 366, 'suspended', 'from-break')`);
  const [strict] = await addOwingAccounts(app, 1, 'R2');
  const [mild] = await addOwingAccounts(app, 1, 'R3');
  if (!strict || !mild) throw new Error('accounts are missing');
  for (const { accountId } of [strict, mild]) await releaseBills(app, '2026-04', [{ accountId, total: '1000.00', category: 'general-industrial-commercial' }]);
  await on('2026-06-20');
  await inForce(strict, PARTS);
  await inForce(mild, PARTS);
  await on('2026-07-10');
  // 26 days, and 6 days
  expect([await open(app, strict), await open(app, mild)]).toEqual([['2026-04 1000.00+52.00'], ['2026-04 1000.00+12.00']]);
  await on('2026-07-11');
  // 27 days, and 6 + 1 days
  expect([await open(app, strict), await open(app, mild)]).toEqual([['2026-04 1000.00+54.00'], ['2026-04 1000.00+14.00']]);
});

test('an agreement is refused where parts, limits or persons are wrong, and a receivable stands in one at a time', async () => {
  const shop = await owing('1000.00');
  await on('2026-06-20');
  expect(await codeOf(agree(shop, [['2026-07-10', '500.00'], ['2026-08-10', '512.01']]))).toBe('RECEIVABLES.PARTS_NOT_THE_DEBT');
  expect(await codeOf(agree(shop, [['2026-06-19', '500.00'], ['2026-08-10', '512.00']]))).toBe('RECEIVABLES.PARTS_NOT_IN_ORDER');
  expect((await agree(shop, [['2026-07-10', '500.00'], ['2027-06-22', '512.00']])).body).toMatchObject({ code: 'COLLECTION.INSTALMENTS_BEYOND_RULE', detail: 'At most 12 parts, the last one due on 2027-06-21 at the latest.' });
  const { body } = await agree(shop, PARTS, 'shared.person');
  expect(await codeOf(agree(shop, PARTS))).toBe('COLLECTION.INSTALMENTS_ALREADY_AGREED');
  await app.db.query(`update users set roles = '{clerk,supervisor}' where name = 'shared.person'`);
  expect(await codeOf(decide(body.agreementId, 'approval', 'clerk', 'shared.person'))).toBe('APPROVAL.SAME_PERSON');
  expect((await decide(body.agreementId, 'rejection')).body).toMatchObject({ state: 'rejected', turnedDownBecause: 'as discussed' });
  expect(await codeOf(decide(body.agreementId, 'approval'))).toBe('COLLECTION.REQUEST_TURNED_DOWN');
  const { body: second } = await agree(shop, PARTS);
  await payCash(app, '1012.00', shop);
  expect(await codeOf(decide(second.agreementId, 'approval'))).toBe('COLLECTION.INSTALMENTS_OUTDATED');
  expect((await decide(second.agreementId, 'withdrawal', 'clerk')).body.state).toBe('withdrawn');
  expect(await codeOf(agree(shop, PARTS))).toBe('COLLECTION.RECEIVABLE_NOT_OPEN');
  expect(await codeOf(decide('999', 'approval'))).toBe('COLLECTION.INSTALMENTS_NOT_FOUND');
});

test('a person may end it early, and a cheque that comes back takes its part with it', async () => {
  const [one, two] = [await owing('1000.00'), await owing('500.00', 'residential')];
  await on('2026-06-20');
  const cancelled = await inForce(one, PARTS);
  // 500 × 1 ‰ × 6 days = 3.00
  const kept = await inForce(two, [['2026-07-10', '203.00'], ['2026-08-10', '300.00']]);
  await on('2026-07-01');
  expect((await decide(cancelled, 'cancellation')).body).toMatchObject({ state: 'cancelled', cancelledOn: '2026-07-01' });
  // 17 days from the first due date
  expect(await open(app, one)).toEqual(['2026-05 1000.00+34.00']);
  expect(await codeOf(decide(cancelled, 'cancellation'))).toBe('COLLECTION.INSTALMENTS_NOT_ACTIVE');
  const cheque = { amount: '203.00', tenders: [{ kind: 'cheque', amount: '203.00' }], accountNos: [two.accountNo] };
  const { body: payment } = await post(app, 'cashier', '/v1/payments', cheque);
  expect((await show(kept)).paid).toEqual(['203.00', '0.00']);
  await on('2026-07-12');
  expect((await show(kept)).state).toBe('active');
  await post(app, 'cashier', `/v1/payments/${payment.paymentId}/tenders/1/return`, { reason: 'insufficient funds' });
  expect(await show(kept)).toEqual({ state: 'broken', brokenOn: '2026-07-10', paid: ['0.00', '0.00'] });
  // 28 days from the first due date: 500 × 1 ‰ × 28
  expect(await open(app, two)).toEqual(['2026-05 500.00+14.00']);
});

test('the list of receivables and the ageing report say what is paid in parts', async () => {
  const [one, two] = [await owing('1000.00'), await owing('70.00')];
  await on('2026-06-20');
  const agreementId = await inForce(one, PARTS);
  const ageing = async (asOf: string): Promise<Record<string, string>> => {
    const { ages } = (await get(app, `/v1/receivables/ageing?asOf=${asOf}`)).body as { ages: { age: string; outstanding: string }[] };
    return Object.fromEntries(ages.filter(({ outstanding }) => outstanding !== '0.00').map(({ age, outstanding }) => [age, outstanding]));
  };
  expect((await get(app, `/v1/receivables?accountNo=${one.accountNo}`)).body.items[0]).toMatchObject({ agreementId });
  expect((await get(app, `/v1/receivables?accountNo=${two.accountNo}`)).body.items[0]).toMatchObject({ agreementId: null });
  expect(await ageing('2026-06-20')).toEqual({ 'in-instalments': '1000.00', '1-30': '70.00' });
  expect(await ageing('2026-06-19')).toEqual({ '1-30': '1070.00' });
  await on('2026-07-11');
  await app.sweep();
  expect(await ageing('2026-07-11')).toEqual({ '1-30': '1070.00' });
  expect(await ageing('2026-07-10')).toEqual({ 'in-instalments': '1000.00', '1-30': '70.00' });
});

test('the database keeps parts and debt equal, one living agreement for a receivable, and the course of an agreement', async () => {
  const shop = await owing('1000.00');
  await on('2026-06-20');
  const agreementId = await inForce(shop, PARTS);
  await expect(app.db.query(`insert into instalment_parts (agreement_id, part_no, due_on, amount) values ($1, 4, '2026-10-10', 0.01)`, [agreementId])).rejects.toMatchObject({ constraint: 'instalments_add_up' });
  await expect(app.db.query(`update instalment_agreements set state = 'requested' where agreement_id = $1`, [agreementId])).rejects.toMatchObject({ constraint: 'instalment_agreements_course' });
  const second = app.db.query(
    `with a as (insert into instalment_agreements (account_id, total, while_kept, after_break, reason, requested_by)
       select account_id, total, while_kept, after_break, reason, requested_by from instalment_agreements returning agreement_id)
     insert into instalment_receivables (agreement_id, receivable_id, principal, late_charge, after_settlement_id)
     select a.agreement_id, receivable_id, principal, late_charge, 0 from a, instalment_receivables`);
  await expect(second).rejects.toMatchObject({ constraint: 'instalment_receivables_one_living' });
});

import type { MovementView } from '../../../src/modules/collection/statement/dto/statement.dto';
import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';
import { get, payCash, post } from './support';

let app: TestApp;
let one: OwingAccount;
let two: OwingAccount;

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  const [first, second] = await addOwingAccounts(app, 2);
  if (!first || !second) throw new Error('accounts are missing');
  [one, two] = [first, second];
  await releaseBills(app, '2026-05', [{ accountId: one.accountId, total: '200.00' }, { accountId: two.accountId, total: '70.00' }]);
  await app.clock.set('2026-06-27T09:00:00+08:00');
  await payCash(app, '252.00', one);
  const { body } = await payCash(app, '10.00', one);
  await post(app, 'cashier', `/v1/payments/${String(body.paymentId)}/reversal`, { reason: 'counted wrongly' });
  await releaseBills(app, '2026-06', [{ accountId: one.accountId, total: '80.00' }]);
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

test('the statement tells every movement with its cause and ends with what is owed', async () => {
  const { body } = await get(app, `/v1/accounts/${one.accountNo}/statement`, 'auditor');
  const told = (body.items as MovementView[]).map(({ postedOn, cause, receivables, prepayment, lateCharge, balance }) => [postedOn, cause.zh, receivables, prepayment, lateCharge, balance].join(' '));
  expect(told).toEqual([
    '2026-06-02 电费发行 200.00 0.00 0.00 200.00',
    '2026-06-27 缴费 -200.00 50.00 2.00 -50.00',
    '2026-06-27 缴费 0.00 10.00 0.00 -60.00',
    '2026-06-27 收费冲正 0.00 -10.00 0.00 -50.00',
    '2026-06-27 电费发行 80.00 0.00 0.00 30.00',
    '2026-06-27 预存抵扣 -50.00 -50.00 0.00 30.00',
  ]);
  expect(body.items[0]).toMatchObject({ kind: 'bill-issued', cause: { en: 'Bill issued' }, reference: expect.stringMatching(/^202605\d{11}$/) });
  expect(body.items[3].reference).toBe(body.items[2].reference);
});

test('a part of it keeps the balance of the whole, page by page', async () => {
  const path = `/v1/accounts/${one.accountNo}/statement?from=2026-06-03&limit=2`;
  const { body } = await get(app, path);
  expect(body.items.map(({ balance }: { balance: string }) => balance)).toEqual(['-50.00', '-60.00']);
  const { body: second } = await get(app, `${path}&cursor=${String(body.nextCursor)}`);
  expect(second.items.map(({ balance }: { balance: string }) => balance)).toEqual(['-50.00', '30.00']);
});

test('customers read their own statement, and another’s answers like an absent one', async () => {
  const { rows } = await app.db.query<{ id: string }>('select customer_id as id from accounts where account_id = $1', [one.accountId]);
  const path = `/v1/accounts/${one.accountNo}/statement`;
  const ask = async (customerId: string): Promise<number> => (await app.http.get(path).set(await app.as('customer', { name: `customer-${customerId}`, customerId }))).status;
  expect([await ask(rows[0]?.id ?? ''), await ask('999')]).toEqual([200, 404]);
});

test('the ageing report adds up to the receivables, as they stood on any day', async () => {
  const { body } = await get(app, '/v1/receivables/ageing?asOf=2026-06-28', 'auditor');
  // 70.00 since 17 June: 11 days late; 30.00 of the new bill are due on 12 July
  expect(body).toMatchObject({ asOf: '2026-06-28', outstanding: '100.00' });
  expect(body.ages.slice(0, 2)).toEqual([{ age: 'not-due', receivables: 1, outstanding: '30.00' }, { age: '1-30', receivables: 1, outstanding: '70.00' }]);
  expect((await get(app, '/v1/receivables/ageing?asOf=2026-06-10', 'auditor')).body.outstanding).toBe('270.00');
  expect((await get(app, '/v1/receivables/ageing?regionCode=R9', 'auditor')).body.outstanding).toBe('0.00');
});

test('a payment of late charge alone is a movement, and so is its reversal; neither changes what is owed of the bill', async () => {
  const [industry] = await addOwingAccounts(app, 1);
  if (!industry) throw new Error('no account is left');
  await releaseBills(app, '2026-07', [{ accountId: industry.accountId, total: '1000.00', category: 'large-industrial' }]);
  // due on 12 July; 1000 × 2 ‰ × 10 = 20.00 of late charge
  await app.clock.set('2026-07-22T09:00:00+08:00');
  const { body } = await payCash(app, '15.00', industry);
  await post(app, 'cashier', `/v1/payments/${String(body.paymentId)}/reversal`, { reason: 'counted wrongly' });
  const statement = (await get(app, `/v1/accounts/${industry.accountNo}/statement`, 'auditor')).body.items as MovementView[];
  expect(statement.map(({ cause, receivables, lateCharge, balance }) => [cause.zh, cause.en, receivables, lateCharge, balance].join(' '))).toEqual([
    '电费发行 Bill issued 1000.00 0.00 1000.00',
    '缴费 Payment 0.00 15.00 1000.00',
    '收费冲正 Payment reversed 0.00 -15.00 1000.00',
  ]);
});

import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { ledgerDifferences } from '../../support/ledger-check';
import { booked, get, open, post, type Reply } from './support';

/** Bills released on 2 June are due on 17 June; the clerk books on 27 June, ten days late. */
let app: TestApp;
let next: OwingAccount[];

beforeEach(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  next = await addOwingAccounts(app, 6);
});
afterEach(async () => {
  expect(await ledgerDifferences(app.db)).toEqual({});
  await app.close();
});

const owing = async (total: string): Promise<OwingAccount> => {
  const one = next.pop();
  if (!one) throw new Error('no account is left');
  await releaseBills(app, '2026-05', [{ accountId: one.accountId, total }]);
  return one;
};
const pay = ({ accountNo }: OwingAccount, amount: string, valueOn: string | undefined, ...kinds: string[]): Promise<Reply> => {
  const tenders = kinds.map((kind, index) => ({ kind, amount: index === 0 ? amount : '0.01' }));
  return post(app, 'cashier', '/v1/payments', { amount, tenders, accountNos: [accountNo], ...(valueOn === undefined ? {} : { valueOn }) });
};
const on = (day: string): Promise<void> => app.clock.set(`${day}T09:00:00+08:00`);

test('a transfer that the bank had earlier pays the charge up to that day only', async () => {
  const home = await owing('1000.00');
  await on('2026-06-27');
  // 10 days × 1 ‰ = 10.00 today; the bank had it on 20 June: 3 days = 3.00
  expect(await open(app, home)).toEqual(['2026-05 1000.00+10.00']);
  const { status, body } = await pay(home, '1003.00', '2026-06-20', 'transfer');
  expect([status, body]).toEqual([201, expect.objectContaining({ receivedOn: '2026-06-27', valueOn: '2026-06-20', prepaid: null })]);
  expect(await booked(app, 'payment', body.paymentId)).toEqual(['1002 1003.00', '1122 -1000.00', '6301 -3.00']);
  expect(await open(app, home)).toEqual(['2026-05 0.00+0.00']);
  await on('2026-08-01');
  expect(await open(app, home)).toEqual(['2026-05 0.00+0.00']);
  expect((await get(app, `/v1/payments/${body.paymentId}`)).body).toEqual(body);
  expect((await get(app, `/v1/payments/${body.paymentId}/receipt?lang=en`)).text).toContain('Counts from: 2026-06-20');
});

test('money that came in time pays no charge at all', async () => {
  const home = await owing('1000.00');
  await on('2026-06-24');
  expect((await pay(home, '1000.00', '2026-06-17', 'cheque')).body).toMatchObject({ valueOn: '2026-06-17', prepaid: null });
  expect(await open(app, home)).toEqual(['2026-05 0.00+0.00']);
});

test('a cheque that comes back brings the charge from the first due date, whatever day it counted from', async () => {
  const home = await owing('1000.00');
  await on('2026-06-24');
  const { body } = await pay(home, '1001.00', '2026-06-18', 'cheque');
  await on('2026-06-27');
  await post(app, 'cashier', `/v1/payments/${body.paymentId}/tenders/1/return`, { reason: 'insufficient funds' });
  expect(await open(app, home)).toEqual(['2026-05 1000.00+10.00']);
});

test('only money that came by the bank counts from an earlier day, within the rule, and never from a later one', async () => {
  const home = await owing('1000.00');
  await on('2026-06-27');
  const refused = async (...input: Parameters<typeof pay>): Promise<unknown> => {
    const { status, body } = await pay(...input);
    return [status, body.code];
  };
  const code = [422, 'COLLECTION.VALUE_DATE_REFUSED'];
  expect(await refused(home, '1003.00', '2026-06-20', 'cash')).toEqual(code);
  expect(await refused(home, '1003.01', '2026-06-20', 'pos-card')).toEqual(code);
  expect(await refused(home, '1010.00', '2026-06-28', 'transfer')).toEqual(code);
  expect(await refused(home, '1002.00', '2026-06-19', 'transfer')).toEqual(code);
  expect((await pay(home, '1002.00', '2026-06-19', 'transfer')).body.detail).toBe('Only money that came by the bank counts from an earlier day, from 2026-06-20 to 2026-06-27.');
  expect((await pay(home, '1010.00', '2026-06-27', 'cash')).status).toBe(201);
});

test('a part of instalments that the bank had in time is kept, also where it was noted as missed', async () => {
  const home = await owing('1000.00');
  await on('2026-06-17');
  const { body } = await post(app, 'clerk', '/v1/instalment-agreements', { accountNo: home.accountNo, parts: [{ dueOn: '2026-06-30', amount: '400.00' }, { dueOn: '2026-07-30', amount: '600.00' }], reason: 'illness' });
  await post(app, 'supervisor', `/v1/instalment-agreements/${body.agreementId}/approval`, {});
  await on('2026-07-02');
  await app.sweep();
  const state = async (): Promise<string> => (await get(app, `/v1/instalment-agreements/${body.agreementId}`)).body.state;
  expect(await state()).toBe('broken');
  expect((await pay(home, '400.00', '2026-06-30', 'transfer')).status).toBe(201);
  expect(await state()).toBe('active');
  expect(await open(app, home)).toEqual(['2026-05 600.00+0.00']);
  await app.sweep();
  expect((await get(app, '/v1/instalment-agreements?state=active')).body.items).toHaveLength(1);
});

test('the database keeps a value date before its booking', async () => {
  const home = await owing('10.00');
  await pay(home, '10.00', undefined, 'transfer');
  await expect(app.db.query('update payments set value_on = received_on')).rejects.toMatchObject({ constraint: 'payments_value_earlier' });
  await expect(app.db.query('update settlements set value_on = settled_on + 1')).rejects.toMatchObject({ constraint: 'settlements_value_earlier' });
});

import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { ledgerDifferences } from '../../support/ledger-check';
import { get, handOut, open, payCash, post, type Reply } from './support';

/** Bills of 30 May fall due on 14 June; the agreements are made on 20 June, 6 days late, and a household pays 1 ‰ a day. */
let app: TestApp;
let ready: OwingAccount[];
const next = handOut(() => ready);
const on = (day: string): Promise<void> => app.clock.set(`${day}T09:00:00+08:00`);
const release = (period: string, { accountId }: OwingAccount, total: string): Promise<unknown> => releaseBills(app, period, [{ accountId, total, category: 'residential' }]);
const codeOf = async (reply: Promise<Reply>): Promise<unknown> => (await reply).body.code;
const decide = (what: string): Promise<Reply> => post(app, 'supervisor', `/v1/${what}`, { reason: 'as discussed' });
const ask = ({ accountNo }: OwingAccount, parts: [string, string][]): Promise<Reply> =>
  post(app, 'clerk', '/v1/instalment-agreements', { accountNo, parts: parts.map(([dueOn, amount]) => ({ dueOn, amount })), reason: 'illness' });
const agree = async (one: OwingAccount, parts: [string, string][]): Promise<string> => {
  const { body } = await ask(one, parts);
  expect((await decide(`instalment-agreements/${String(body.agreementId)}/approval`)).body.state).toBe('active');
  return body.agreementId;
};
const pay = async ({ accountNo }: OwingAccount, kind: 'cash' | 'cheque', amount: string): Promise<string> =>
  (await post(app, 'cashier', '/v1/payments', { amount, tenders: [{ kind, amount }], accountNos: [accountNo] })).body.paymentId;
const comesBack = (paymentId: string): Promise<Reply> => post(app, 'cashier', `/v1/payments/${paymentId}/tenders/1/return`, { reason: 'insufficient funds' });
const receivableIds = async ({ accountNo }: OwingAccount): Promise<string[]> =>
  (await get(app, `/v1/receivables?accountNo=${accountNo}`)).body.items.map(({ receivableId }: { receivableId: string }) => receivableId);

interface Shown { readonly state: string; readonly brokenOn: string | null; readonly endedOn: string | null; readonly parts: readonly { readonly paid: string }[] }
/** What one look at an agreement says; the list of its state, which is noted, must say the same after a sweep. */
async function show(agreementId: string): Promise<string> {
  const told = ({ state, brokenOn, endedOn, parts }: Shown): string => [state, brokenOn ?? endedOn ?? '-', ...parts.map(({ paid }) => paid)].join(' ');
  const { body } = await get(app, `/v1/instalment-agreements/${agreementId}`);
  await app.sweep();
  const { items } = (await get(app, `/v1/instalment-agreements?state=${String(body.state)}`)).body;
  expect(items.filter((item: { agreementId: string }) => item.agreementId === agreementId).map(told)).toEqual([told(body)]);
  return told(body);
}
async function ageing(asOf: string): Promise<string[]> {
  const { ages } = (await get(app, `/v1/receivables/ageing?asOf=${asOf}`)).body as { ages: { age: string; outstanding: string }[] };
  return ages.filter(({ outstanding }) => outstanding !== '0.00').map(({ age, outstanding }) => `${age} ${outstanding}`);
}

beforeEach(async () => {
  app = await startApp({ at: '2026-05-30T09:00:00+08:00' });
  ready = await addOwingAccounts(app, 4);
});
afterEach(async () => {
  expect(await ledgerDifferences(app.db)).toEqual({});
  await app.close();
});

describe('a payment from before the agreement that is undone', () => {
  beforeEach(() => app.db.query(`insert into payment_rules (category, valid_from, partial_allowed, part_order) values ('residential', '2026-01-01', true, 'late-charge-first')`));

  test.each(['a cheque that comes back', 'a reversal'])('breaks it: %s', async (how) => {
    const one = next();
    await release('2026-05', one, '1000.00');
    await on('2026-06-20');
    // 6.00 of charge and 494.00 of the principal
    const paymentId = await pay(one, how === 'a reversal' ? 'cash' : 'cheque', '500.00');
    const agreementId = await agree(one, [['2026-07-10', '256.00'], ['2026-08-10', '250.00']]);
    if (how === 'a reversal') expect((await post(app, 'cashier', `/v1/payments/${paymentId}/reversal`, { reason: 'wrong account' })).status).toBe(201);
    else expect((await comesBack(paymentId)).status).toBe(201);
    // 1000 × 1 ‰ × 6
    expect([await show(agreementId), await open(app, one), await ageing('2026-06-20')]).toEqual(['active - 0.00 0.00', ['2026-05 1000.00+6.00'], ['in-instalments 1000.00']]);
    await on('2026-06-21');
    // 1000 × 1 ‰ × 7
    expect([await show(agreementId), await open(app, one), await ageing('2026-06-21')]).toEqual(['broken 2026-06-20 0.00 0.00', ['2026-05 1000.00+7.00'], ['1-30 1000.00']]);
    expect(await ageing('2026-06-20')).toEqual(['in-instalments 1000.00']);
    // the next agreement is over what is owed now, and stands
    const second = await agree(one, [['2026-07-10', '7.00'], ['2026-08-10', '1000.00']]);
    await on('2026-07-10');
    await pay(one, 'cash', '7.00');
    await on('2026-07-11');
    expect([await show(second), await open(app, one)]).toEqual(['active - 7.00 0.00', ['2026-05 1000.00+0.00']]);
  });

  test('leaves it ended where everything is paid on the same day', async () => {
    const one = next();
    await release('2026-05', one, '1000.00');
    await on('2026-06-20');
    const cheque = await pay(one, 'cheque', '500.00');
    const agreementId = await agree(one, [['2026-07-10', '256.00'], ['2026-08-10', '250.00']]);
    await on('2026-07-01');
    await comesBack(cheque);
    await pay(one, 'cash', '1006.00');
    await on('2026-07-05');
    expect([await show(agreementId), await open(app, one)]).toEqual(['ended 2026-07-01 256.00 250.00', ['2026-05 0.00+0.00']]);
  });
});

describe('a bill that was settled while the agreement was kept', () => {
  test.each(['a part is missed', 'a person ends it'])('owes nothing when %s: what is shown can be paid', async (how) => {
    const one = next();
    await release('2026-04', one, '1000.00');
    await release('2026-05', one, '1000.00');
    await on('2026-06-20');
    const agreementId = await agree(one, [['2026-07-20', '1006.00'], ['2026-08-20', '1006.00']]);
    await on('2026-07-20');
    const cheque = await pay(one, 'cheque', '1006.00');
    await on('2026-08-01');
    if (how === 'a person ends it') expect((await decide(`instalment-agreements/${agreementId}/cancellation`)).status).toBe(201);
    await on('2026-09-01');
    await app.sweep();
    // 1000 × 1 ‰ × 79
    expect([await open(app, one), await ageing('2026-09-01')]).toEqual([['2026-04 0.00+0.00', '2026-05 1000.00+79.00'], ['31-90 1000.00']]);
    // once its money comes back it is open again, with the charge from the first due date
    await comesBack(cheque);
    expect(await open(app, one)).toEqual(['2026-04 1000.00+79.00', '2026-05 1000.00+79.00']);
    expect((await payCash(app, '2158.00', one)).body.prepaid).toBeNull();
    expect(await open(app, one)).toEqual(['2026-04 0.00+0.00', '2026-05 0.00+0.00']);
  });
});

describe('an agreement that had ended', () => {
  const PARTS: [string, string][] = [['2026-07-10', '500.00'], ['2026-08-10', '506.00']];
  async function ended(): Promise<{ readonly one: OwingAccount; readonly agreementId: string; readonly cheque: string }> {
    const one = next();
    await release('2026-05', one, '1000.00');
    await on('2026-06-20');
    const agreementId = await agree(one, PARTS);
    await on('2026-07-10');
    await pay(one, 'cash', '500.00');
    await on('2026-07-20');
    const cheque = await pay(one, 'cheque', '506.00');
    expect([await show(agreementId), await ageing('2026-07-19'), await ageing('2026-07-20')]).toEqual(['ended 2026-07-20 500.00 506.00', ['in-instalments 506.00'], []]);
    return { one, agreementId, cheque };
  }

  test('is broken once money of a part that has passed comes back', async () => {
    const { one, agreementId, cheque } = await ended();
    await on('2026-08-15');
    await comesBack(cheque);
    expect(await ageing('2026-08-15')).toEqual(['31-90 506.00']);
    expect(await show(agreementId)).toBe('broken 2026-08-10 500.00 0.00');
    // 494 × 1 ‰ × 26 + 506 × 1 ‰ × 62 − 6.00 = 12.844 + 31.372 − 6.00
    expect([await open(app, one), await ageing('2026-08-15')]).toEqual([['2026-05 506.00+38.22'], ['31-90 506.00']]);
    expect(await codeOf(decide(`instalment-agreements/${agreementId}/cancellation`))).toBe('COLLECTION.INSTALMENTS_NOT_ACTIVE');
    await agree(one, [['2026-09-10', '44.22'], ['2026-10-10', '500.00']]);
    expect(await ageing('2026-08-15')).toEqual(['in-instalments 506.00']);
  });

  test('goes on where the part may still be paid, and can be cancelled then', async () => {
    const { one, agreementId, cheque } = await ended();
    await on('2026-08-01');
    await comesBack(cheque);
    // the state that was noted decides about a second agreement and a cancellation, also before the sweep
    expect(await codeOf(ask(one, [['2026-08-02', '6.00'], ['2026-09-10', '500.00']]))).toBe('COLLECTION.INSTALMENTS_ALREADY_AGREED');
    expect([await show(agreementId), await open(app, one), await ageing('2026-08-01')]).toEqual(['active - 500.00 0.00', ['2026-05 506.00+0.00'], ['in-instalments 506.00']]);
    expect((await decide(`instalment-agreements/${agreementId}/cancellation`)).body.state).toBe('cancelled');
    // 494 × 1 ‰ × 26 + 506 × 1 ‰ × 48 − 6.00 = 12.844 + 24.288 − 6.00
    expect([await open(app, one), await ageing('2026-08-01')]).toEqual([['2026-05 506.00+31.13'], ['31-90 506.00']]);
  });
});

test('what is being paid in parts is not written off, and what was written off later has paid no part', async () => {
  const one = next();
  await release('2026-04', one, '500.00');
  await release('2026-05', one, '500.00');
  await on('2026-06-20');
  const [, second = ''] = await receivableIds(one);
  const { body: asked } = await post(app, 'clerk', `/v1/receivables/${second}/write-offs`, { reason: 'bankrupt' });
  const agreementId = await agree(one, [['2026-07-10', '500.00'], ['2026-12-10', '506.00']]);
  expect((await decide(`write-offs/${String(asked.writeOffId)}/approval`)).body).toMatchObject({ status: 409, code: 'COLLECTION.BILL_IN_INSTALMENTS', detail: `Cancel agreement ${agreementId} first.` });
  expect(await codeOf(post(app, 'clerk', `/v1/receivables/${(await receivableIds(one))[0] ?? ''}/write-offs`, { reason: 'bankrupt' }))).toBe('COLLECTION.BILL_IN_INSTALMENTS');
  await on('2026-07-11');
  expect((await decide(`write-offs/${String(asked.writeOffId)}/approval`)).body).toMatchObject({ state: 'approved', amount: '500.00' });
  expect(await show(agreementId)).toBe('broken 2026-07-10 0.00 0.00');
});

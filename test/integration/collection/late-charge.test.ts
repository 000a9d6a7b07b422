import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { booksAgreeAfterEachTest } from '../../support/ledger-check';

/** Released on 12 December 2026, due on 27 December: 4 days of delay in the year, then the days of the next one. */
let app: TestApp;
let household: OwingAccount;
let shop: OwingAccount;
let southern: OwingAccount;

beforeAll(async () => {
  app = await startApp({ at: '2026-12-12T09:00:00+08:00' });
  await app.db.query(`insert into late_charge_rules (region_code, valid_from, method, residential_permille, current_year_permille, cross_year_permille, minimum)
    values ('R2', '2026-01-01', 'whole-period-cross-year-rate', 1, 2, 3, 0)`);
  const [first, second] = await addOwingAccounts(app, 2);
  const [third] = await addOwingAccounts(app, 1, 'R2');
  if (!first || !second || !third) throw new Error('accounts are missing');
  [household, shop, southern] = [first, second, third];
  await releaseBills(app, '2026-11', [
    { accountId: household.accountId, total: '218.40' },
    { accountId: shop.accountId, total: '10000.00', category: 'general-industrial-commercial' },
    { accountId: southern.accountId, total: '10000.00', category: 'general-industrial-commercial' },
  ]);
});
afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

const owed = async ({ accountNo }: OwingAccount, asOf?: string): Promise<object | undefined> => {
  const { body } = await app.http.get('/v1/receivables').query({ accountNo, ...(asOf === undefined ? {} : { asOf }) }).set(await app.as('cashier'));
  return (body as { items: object[] }).items[0];
};

test('on the due date nothing is late, whatever the minimum', async () => {
  expect(await owed(household, '2026-12-27')).toMatchObject({ outstanding: '218.40', lateCharge: '0.00', totalOwed: '218.40', dueOn: '2026-12-27' });
  expect(await owed(household)).toMatchObject({ asOf: '2026-12-12', lateCharge: '0.00' });
  expect(await owed(household, '2026-12-11')).toBeUndefined();
});

test('a household owes 1 ‰ a day and at least one yuan', async () => {
  // 218.40 × 1 ‰ × 3 days = 0.6552 → the minimum; × 10 days = 2.184 → 2.18
  expect(await owed(household, '2026-12-30')).toMatchObject({ lateCharge: '1.00', totalOwed: '219.40' });
  expect(await owed(household, '2027-01-06')).toMatchObject({ lateCharge: '2.18', totalOwed: '220.58' });
});

test('others owe 2 ‰ up to the end of the year in which the bill fell due, and 3 ‰ after it', async () => {
  // 10000.00 × (4 × 2 ‰ + 6 × 3 ‰) = 80.00 + 180.00
  expect(await owed(shop, '2026-12-31')).toMatchObject({ lateCharge: '80.00' });
  expect(await owed(shop, '2027-01-06')).toMatchObject({ lateCharge: '260.00' });
});

test('where the region says so, all days are charged at the higher rate once the year has ended', async () => {
  // 10000.00 × 10 × 3 ‰ = 300.00
  expect(await owed(southern, '2026-12-31')).toMatchObject({ lateCharge: '80.00' });
  expect(await owed(southern, '2027-01-06')).toMatchObject({ lateCharge: '300.00' });
});

test('a rule that comes into force later does not touch bills that fell due before it', async () => {
  await app.db.query(`insert into late_charge_rules (valid_from, method, residential_permille, current_year_permille, cross_year_permille, minimum)
    values ('2027-01-01', 'by-day-segment', 9, 9, 9, 50)`);
  expect(await owed(household, '2027-01-06')).toMatchObject({ lateCharge: '2.18' });
});

test('the charge is in no book before it is paid', async () => {
  const { rows } = await app.db.query(`select 1 from journal_entries where ledger_code = '6301'`);
  expect(rows).toEqual([]);
});

import { journalOfBill, trialBalance } from '../../src/core/ledger';
import { text } from '../../src/core/quantity';
import type { Tx } from '../../src/platform/database';
import { LedgerQueries } from '../../src/modules/collection/ledger/ledger-queries';
import { OpenReceivables } from '../../src/modules/collection/open-receivables';
import { type DatabaseFixture, openDatabase } from '../support/database';

const PERIOD = '2026-05';
/**
 * Total, tax, funds on top, levies contained in the price: an ordinary bill, a zero one, a negative one, one whose parts
 * cancel out, a small one, and one with an all-in price. Null: a bill from before levies stood in the head.
 */
const BILLS = [
  ['113.00', '13.00', '2.50', null],
  ['0.00', '0.00', '0.00', '0.00'],
  ['-22.60', '-2.60', '-0.40', '0.00'],
  ['0.00', '0.00', '1.00', '0.00'],
  ['0.01', '0.00', '0.01', null],
  ['53.80', '6.19', '0.00', '2.52'],
] as const;

describe('receivables and ledger', () => {
  let db: DatabaseFixture;

  beforeAll(async () => {
    db = await openDatabase();
    await db.owner.query(
      `insert into billing_runs (period, kind, population, population_hash, created_by) values ($1, 'regular', '{"by":"all"}', repeat('0', 64), 1)`,
      [PERIOD],
    );
    await db.owner.query('select ensure_period_partitions($1)', [PERIOD]);
    for (const [index, [total, tax, funds, contained]] of BILLS.entries()) {
      await db.owner.query(
        `insert into bills (period, bill_id, bill_no, run_id, account_id, account_no, kind, cycle_from, cycle_to, region_code, category, plan_id, currency,
           total_amount, net_amount, tax_amount, funds_amount, energy_kwh, line_count, tariff_hashes, engine_version, document_hash, result_hash, levies_amount)
         values ($1, $2::bigint, $2::bigint::text, 1, $2::bigint, $2::bigint::text, 'periodic', '2026-05-01', '2026-06-01', 'R1', 'residential', 'p', 'CNY',
           $3, $3::numeric - $4::numeric, $4, $5, 10, 1, '{}', '1', '', '', $5::numeric + $6::numeric)`,
        [PERIOD, index + 1, total, tax, funds, contained],
      );
    }
  });

  afterAll(() => db.close());

  const open = () => db.database.transaction((tx: Tx) => new OpenReceivables().openFor(tx, { runId: '1', period: PERIOD }));

  it('opens receivables for positive bills, credits for negative ones, and nothing for zero', async () => {
    await expect(open()).resolves.toEqual({ receivables: 3, credits: 1, amount: '144.21' });
    const { rows } = await db.reader.query('select bill_id, amount, due_on - opened_on as days from receivables order by bill_id');
    expect(rows).toEqual([
      { bill_id: '1', amount: '113.00', days: 15 },
      { bill_id: '5', amount: '0.01', days: 15 },
      { bill_id: '6', amount: '53.80', days: 15 },
    ]);
    const credits = await db.reader.query('select bill_id, amount from customer_credits');
    expect(credits.rows).toEqual([{ bill_id: '3', amount: '22.60' }]);
  });

  it('books every bill as the core does, and the stored balances are the sums of the entries', async () => {
    const expected = trialBalance(
      BILLS.map(([totalAmount, taxAmount, fundsAmount, contained]) =>
        journalOfBill({ totalAmount, taxAmount, fundsAmount, insideFunds: [{ name: 'fund', label: { zh: '基金', en: 'fund' }, energyKwh: '100', pricePerKwh: '0.0252', amount: contained ?? '0' }] }),
      ),
    );
    const balances = await new LedgerQueries(db.database).balances();
    const moved = balances.filter((row) => row.debit !== '0.00' || row.credit !== '0.00');
    expect(moved.map(({ ledgerCode, debit, credit }) => [ledgerCode, debit, credit])).toEqual(
      expected.map((row) => [row.ledgerCode, text(row.debit, 2), text(row.credit, 2)]),
    );
    const { rows } = await db.reader.query(`select ledger_code, sum(amount) as balance from journal_entries group by 1 order by 1`);
    expect(moved.map(({ ledgerCode, balance }) => ({ ledger_code: ledgerCode, balance }))).toEqual(rows);
    const { rows: total } = await db.reader.query(`select sum(amount) as sum from journal_entries`);
    expect(total).toEqual([{ sum: '0.00' }]);
  });

  it('opens receivables of a bill once', async () => {
    await expect(open()).rejects.toMatchObject({ driverError: { constraint: expect.stringMatching(/_once$/) } });
  });

  const post = (pool: 'app' | 'owner', entries: string): Promise<unknown> =>
    db[pool].query(
      `with j as (insert into journals (journal_id, kind, period, source_id, posted_on) values (nextval('journal_numbers'), 'bill-issued', '2026-05', 1000 + currval('journal_numbers'), '2026-06-02') returning journal_id)
       insert into journal_entries (journal_id, entry_no, ledger_code, amount) select journal_id, no, code, amount from j, (values ${entries}) v (no, code, amount)`,
    );

  it.each(['app', 'owner'] as const)('refuses a journal that does not balance, for the %s role', async (role) => {
    await expect(post(role, `(1, '1122', 10.00), (2, '6001', -9.99)`)).rejects.toMatchObject({ constraint: 'journal_entries_balanced' });
    await expect(post(role, `(1, '1122', 10.00), (2, '6001', -10.00)`)).resolves.toBeDefined();
  });

  it('refuses a journal without entries, and entries without a journal of the same transaction', async () => {
    const bare = `insert into journals (kind, period, source_id, posted_on) values ('bill-issued', '2026-05', 5000, '2026-06-02')`;
    await expect(db.app.query(bare)).rejects.toMatchObject({ constraint: 'journals_with_entries' });
    for (const journalId of ['1', '999999']) {
      const late = `insert into journal_entries (journal_id, entry_no, ledger_code, amount) values (${journalId}, 8, '1122', 5), (${journalId}, 9, '6001', -5)`;
      await expect(db.app.query(late)).rejects.toMatchObject({ constraint: 'journal_entries_with_journal' });
    }
  });

  it.each([
    'update journals set posted_on = posted_on',
    'delete from journals',
    'update journal_entries set amount = amount + 1',
    'delete from journal_entries',
    'truncate journal_entries',
    'update receivables set amount = 1',
    'delete from receivables',
    'update ledger_balances set debit = 0',
    `insert into ledger_accounts values ('9999', 'asset', 'x', 'x')`,
  ])("the application's role may not: %s", async (statement) => {
    await expect(db.app.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['update journals set period = period', 'delete from journal_entries', 'truncate journals, journal_entries'])('even the owner is refused: %s', async (statement) => {
    await expect(db.owner.query(statement)).rejects.toMatchObject({ constraint: 'ledger_append_only' });
  });

  it('would let an unbalanced journal in without the guard of the entries', async () => {
    await db.owner.query('alter table journal_entries disable trigger journal_entries_check');
    try {
      await expect(post('app', `(1, '1122', 10.00), (2, '6001', -9.99)`)).resolves.toBeDefined();
    } finally {
      await db.owner.query('alter table journal_entries enable trigger journal_entries_check');
    }
  });
});

import type { Pool } from 'pg';
import { openDatabase, type DatabaseFixture } from '../support/database';
import { bookJournals, SEALING_TIMEOUT_MS, sealEverything } from '../support/ledger-builder';
import { ledgerDifferences } from '../support/ledger-check';

/** Something that must not be possible, who tries it, what refuses it, and how a test takes that away. */
interface Guard {
  readonly forbidden: string;
  readonly who: 'app' | 'owner';
  readonly attempt: string | readonly string[];
  /** The constraint that answers, or the code where it is a privilege. */
  readonly refusal: { readonly constraint: string } | { readonly code: string };
  readonly drop: string | readonly string[];
}

const NEW_JOURNAL = `insert into journals (journal_id, kind, period, source_id, posted_on) values (nextval('journal_numbers'), 'payment', '2026-05', 9000, '2026-05-20') returning journal_id`;
const booked = (entries: string): string =>
  `with j as (${NEW_JOURNAL}) insert into journal_entries (journal_id, entry_no, ledger_code, amount) select journal_id, no, code, amount from j, (values ${entries}) v (no, code, amount)`;

const NO_PRIVILEGE = { code: '42501' } as const;
const ENTRIES_TRIGGER = 'drop trigger journal_entries_check on journal_entries';
const SEAL = 'previous_no, previous_hash, after_transaction_id, after_journal_id, last_transaction_id, last_journal_id, journal_count, entry_count, journal_ids, marks, hash';

/** A further seal over nothing that was booked, whose parts a test replaces. */
const forgedSeal = ({ no = 'seal_no + 1', previous = 'seal_no', hash = 'hash', after = 'last_journal_id', from = '2' }): string =>
  `insert into ledger_seals (seal_no, ${SEAL})
   select ${no}, ${previous}, ${hash}, last_transaction_id, ${after}, (last_transaction_id::text::bigint + 1)::text::xid8, 1, 1, 1, '{1}', '{x}', sha256('forged') from ledger_seals where seal_no = ${from}`;

const GUARDS: readonly Guard[] = [
  { forbidden: 'a journal whose debits and credits differ', who: 'app', attempt: booked(`(1, '1001', 10.00), (2, '1122', -9.99)`), refusal: { constraint: 'journal_entries_balanced' }, drop: ENTRIES_TRIGGER },
  {
    forbidden: 'further entries for a journal of an earlier transaction',
    who: 'app',
    attempt: `insert into journal_entries (journal_id, entry_no, ledger_code, amount) select min(journal_id), n, case n when 8 then '1001' else '1122' end, case n when 8 then 1 else -1 end from journals, (values (8), (9)) v (n) group by n`,
    refusal: { constraint: 'journal_entries_with_journal' },
    drop: ENTRIES_TRIGGER,
  },
  {
    forbidden: 'entries without any journal',
    who: 'app',
    attempt: `insert into journal_entries (journal_id, entry_no, ledger_code, amount) values (77777, 1, '1001', 5), (77777, 2, '1122', -5)`,
    refusal: { constraint: 'journal_entries_with_journal' },
    drop: ENTRIES_TRIGGER,
  },
  { forbidden: 'a journal without entries', who: 'app', attempt: NEW_JOURNAL, refusal: { constraint: 'journals_with_entries' }, drop: 'drop trigger journals_check on journals' },
  { forbidden: 'an entry of nothing', who: 'app', attempt: booked(`(1, '1001', 10.00), (2, '1122', -10.00), (3, '6301', 0)`), refusal: { constraint: 'journal_entries_not_zero' }, drop: 'alter table journal_entries drop constraint journal_entries_not_zero' },
  {
    forbidden: 'an entry on an account that the chart does not have',
    who: 'app',
    attempt: booked(`(1, '1001', 10.00), (2, '4711', -10.00)`),
    refusal: { constraint: 'ledger_balances_ledger_code_fkey' },
    drop: 'alter table ledger_balances drop constraint ledger_balances_ledger_code_fkey',
  },
  {
    forbidden: 'a second journal for one record',
    who: 'app',
    attempt: booked(`(1, '1001', 10.00), (2, '1122', -10.00)`).replace('9000', '1'),
    refusal: { constraint: 'journals_source_once' },
    drop: 'alter table journals drop constraint journals_source_once',
  },
  ...['journals', 'journal_entries', 'ledger_seals'].flatMap((table): Guard[] => {
    const column = table === 'ledger_seals' ? 'sealed_at' : table === 'journals' ? 'posted_on' : 'amount';
    const trigger = `drop trigger ${table}_sealed on ${table}`;
    return [
      ...[`update ${table} set ${column} = ${column}`, `delete from ${table}`].flatMap((attempt): Guard[] => [
        { forbidden: `the application: ${attempt}`, who: 'app', attempt, refusal: NO_PRIVILEGE, drop: [trigger, `grant update, delete on ${table} to wattledger_app`] },
        { forbidden: `the owner: ${attempt}`, who: 'owner', attempt, refusal: { constraint: 'ledger_append_only' }, drop: trigger },
      ]),
      { forbidden: `the owner: truncate ${table}`, who: 'owner', attempt: `truncate ${table} cascade`, refusal: { constraint: 'ledger_append_only' }, drop: ['journals', 'journal_entries', 'ledger_seals'].map((each) => `drop trigger ${each}_sealed on ${each}`) },
    ];
  }),
  { forbidden: 'the application: another stored balance', who: 'app', attempt: 'update ledger_balances set debit = debit + 1', refusal: NO_PRIVILEGE, drop: 'grant update on ledger_balances to wattledger_app' },
  { forbidden: 'the application: another chart of accounts', who: 'app', attempt: `insert into ledger_accounts values ('9999', 'asset', 'x', 'x')`, refusal: NO_PRIVILEGE, drop: 'grant insert on ledger_accounts to wattledger_app' },
  { forbidden: 'a second seal after one', who: 'app', attempt: forgedSeal({ from: '1', no: '7' }), refusal: { constraint: 'ledger_seals_count_on' }, drop: 'alter table ledger_seals drop constraint ledger_seals_count_on, drop constraint ledger_seals_one_successor' },
  { forbidden: 'a seal that names another hash before it', who: 'app', attempt: forgedSeal({ hash: `sha256('other')` }), refusal: { constraint: 'ledger_seals_follow' }, drop: 'alter table ledger_seals drop constraint ledger_seals_follow' },
  { forbidden: 'a seal that leaves journals out', who: 'app', attempt: forgedSeal({ after: 'last_journal_id + 1' }), refusal: { constraint: 'ledger_seals_follow' }, drop: 'alter table ledger_seals drop constraint ledger_seals_follow' },
  { forbidden: 'a seal without a predecessor', who: 'app', attempt: forgedSeal({ previous: 'null', hash: 'null' }), refusal: { constraint: 'ledger_seals_have_predecessor' }, drop: 'alter table ledger_seals drop constraint ledger_seals_have_predecessor' },
];

jest.setTimeout(SEALING_TIMEOUT_MS);

let db: DatabaseFixture;

beforeEach(async () => {
  db = await openDatabase();
  await bookJournals(db.app, 6, 1);
  await sealEverything(db.database, 3);
});

afterEach(() => db.close());

const all = async (pool: Pool, statements: string | readonly string[]): Promise<void> => {
  for (const statement of [statements].flat()) await pool.query(statement);
};

describe('the books refuse, and would not without their guard', () => {
  it.each(GUARDS.map((guard) => [guard.forbidden, guard] as const))('%s', async (_name, { who, attempt, refusal, drop }) => {
    await expect(all(db[who], attempt)).rejects.toMatchObject(refusal);
    await all(db.owner, drop);
    await expect(all(db[who], attempt)).resolves.toBeUndefined();
  });

  it('balances that are not the sums of what was booked', async () => {
    const STORED = 'stored balances are the sums of the entries';
    expect(await ledgerDifferences(db.reader)).not.toHaveProperty([STORED]);
    await db.owner.query(ENTRIES_TRIGGER);
    await bookJournals(db.app, 1, 500);
    expect(await ledgerDifferences(db.reader)).toHaveProperty([STORED], expect.arrayContaining([expect.objectContaining({ ledger_code: '1001' })]));
  });
});

import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHART: readonly (readonly [string, string, string, string])[] = [
  ['1122', 'asset', 'Customer receivables', '应收电费'],
  ['2203', 'liability', 'Customer prepayments and credits', '预收电费'],
  ['222101', 'liability', 'Output value-added tax', '应交增值税-销项税额'],
  ['2241', 'liability', 'Funds and surcharges collected', '代征基金及附加'],
  ['6001', 'income', 'Electricity sales', '电费收入'],
];

/**
 * The books: journals that sum to zero, checked once per statement over the rows that it wrote, and never changed.
 * A journal and its entries come into being in one statement (common table expressions), so that neither stands alone.
 */
export class Ledger0000000000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ledger_accounts (
        ledger_code text primary key constraint ledger_accounts_code_form check (ledger_code ~ '^[0-9]{4,8}$'),
        kind text not null constraint ledger_accounts_kind_known check (kind in ('asset', 'liability', 'equity', 'income', 'expense')),
        name_en text not null,
        name_zh text not null
      )`);
    for (const row of CHART) {
      await runner.query(`insert into ledger_accounts (ledger_code, kind, name_en, name_zh) values ($1, $2, $3, $4)`, [...row]);
    }
    await runner.query(`create sequence journal_numbers as bigint`);
    await runner.query(`
      create table journals (
        journal_id bigint primary key default nextval('journal_numbers'),
        kind text not null constraint journals_kind_known check (kind in ('bill-issued', 'reversal')),
        period text not null,
        source_id bigint not null,
        reverses_journal_id bigint references journals,
        posted_on date not null,
        transaction_id xid8 not null default pg_current_xact_id(),
        created_at timestamptz not null default app_now(),
        constraint journals_source_once unique (kind, source_id),
        constraint journals_reversal_whole check ((kind = 'reversal') = (reverses_journal_id is not null))
      )`);
    await runner.query(`create unique index journals_reversed_once on journals (reverses_journal_id) where reverses_journal_id is not null`);
    await runner.query(`
      create table journal_entries (
        journal_id bigint not null,
        entry_no smallint not null,
        ledger_code text not null,
        account_id bigint,
        amount numeric(18,2) not null constraint journal_entries_not_zero check (amount <> 0),
        primary key (journal_id, entry_no)
      )`);
    await runner.query(`
      create table ledger_balances (
        ledger_code text not null references ledger_accounts,
        shard smallint not null,
        debit numeric(24,2) not null,
        credit numeric(24,2) not null,
        primary key (ledger_code, shard)
      )`);
    await this.createChecks(runner);
    await this.createSeals(runner);
  }

  private async createChecks(runner: QueryRunner): Promise<void> {
    // As definer: the balances follow the entries, and the application's role cannot write them by itself.
    await runner.query(`
      create function check_journal_entries() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        wrong bigint;
      begin
        select journal_id into wrong from new_entries group by journal_id having sum(amount) <> 0 limit 1;
        if found then
          raise exception 'journal % does not balance', wrong using errcode = '23514', constraint = 'journal_entries_balanced';
        end if;
        select n.journal_id into wrong
          from (select distinct journal_id from new_entries) n left join journals j using (journal_id)
         where j.journal_id is null or j.transaction_id <> pg_current_xact_id() limit 1;
        if found then
          raise exception 'journal % is closed or missing', wrong using errcode = '23514', constraint = 'journal_entries_with_journal';
        end if;
        insert into ledger_balances (ledger_code, shard, debit, credit)
          select ledger_code, pg_backend_pid() % 16, coalesce(sum(amount) filter (where amount > 0), 0), coalesce(-sum(amount) filter (where amount < 0), 0)
            from new_entries group by ledger_code order by ledger_code
          on conflict (ledger_code, shard) do update
            set debit = ledger_balances.debit + excluded.debit, credit = ledger_balances.credit + excluded.credit;
        return null;
      end $$`);
    await runner.query(`
      create trigger journal_entries_check after insert on journal_entries referencing new table as new_entries
        for each statement execute function check_journal_entries()`);
    await runner.query(`
      create function check_journals() returns trigger language plpgsql as $$
      declare
        lowest bigint;
        highest bigint;
        wrong bigint;
      begin
        select min(journal_id), max(journal_id) into lowest, highest from new_journals;
        select n.journal_id into wrong from new_journals n
         where not exists (select 1 from journal_entries e
                            where e.journal_id = n.journal_id and e.journal_id between lowest and highest) limit 1;
        if found then
          raise exception 'journal % has no entries', wrong using errcode = '23514', constraint = 'journals_with_entries';
        end if;
        return null;
      end $$`);
    await runner.query(`
      create trigger journals_check after insert on journals referencing new table as new_journals
        for each statement execute function check_journals()`);
  }

  /** Append-only twice: by privilege for the application, and by trigger for everyone. */
  private async createSeals(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function refuse_ledger_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the ledger is never changed; a correction is a reversal' using errcode = '23514', constraint = 'ledger_append_only';
      end $$`);
    for (const table of ['journals', 'journal_entries']) {
      await runner.query(`
        create trigger ${table}_sealed before update or delete or truncate on ${table}
          for each statement execute function refuse_ledger_change()`);
    }
    await runner.query(`revoke update, delete, truncate on journals, journal_entries from wattledger_app`);
    await runner.query(`revoke insert, update, delete, truncate on ledger_accounts, ledger_balances from wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table ledger_balances, journal_entries, journals, ledger_accounts`);
    await runner.query(`drop sequence journal_numbers`);
    await runner.query(`drop function check_journal_entries()`);
    await runner.query(`drop function check_journals()`);
    await runner.query(`drop function refuse_ledger_change()`);
  }
}

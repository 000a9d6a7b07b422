import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = `
        select journal_id into wrong from new_entries group by journal_id having sum(amount) <> 0 limit 1;
        if found then
          raise exception 'journal % does not balance', wrong using errcode = '23514', constraint = 'journal_entries_balanced';
        end if;
        select n.journal_id into wrong
          from (select distinct journal_id from new_entries) n left join journals j using (journal_id)
         where j.journal_id is null or j.transaction_id <> pg_current_xact_id() limit 1;
        if found then
          raise exception 'journal % is closed or missing', wrong using errcode = '23514', constraint = 'journal_entries_with_journal';
        end if;`;

const AT_ONCE = `
        select n.journal_id, n.total <> 0 into wrong, unbalanced
          from (select journal_id, sum(amount) as total from new_entries group by journal_id) n left join journals j using (journal_id)
         where n.total <> 0 or j.journal_id is null or j.transaction_id <> pg_current_xact_id() limit 1;
        if found and unbalanced then
          raise exception 'journal % does not balance', wrong using errcode = '23514', constraint = 'journal_entries_balanced';
        elsif found then
          raise exception 'journal % is closed or missing', wrong using errcode = '23514', constraint = 'journal_entries_with_journal';
        end if;`;

/** The entries of a release are gone through once for both questions, and their sums stay in memory. */
export class LedgerCheckAtOnce0000000000705 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.checkEntries(runner, AT_ONCE);
    await runner.query(`alter function check_journal_entries() set work_mem = '128MB'`);
    await runner.query(`alter function check_journals() set work_mem = '128MB'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.checkEntries(runner, BEFORE);
    await runner.query('alter function check_journals() reset work_mem');
  }

  private async checkEntries(runner: QueryRunner, check: string): Promise<void> {
    await runner.query(`
      create or replace function check_journal_entries() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
      declare
        wrong bigint;${check === AT_ONCE ? '\n        unbalanced boolean;' : ''}
      begin${check}
        insert into ledger_balances (ledger_code, shard, debit, credit)
          select ledger_code, pg_backend_pid() % 16, coalesce(sum(amount) filter (where amount > 0), 0), coalesce(-sum(amount) filter (where amount < 0), 0)
            from new_entries group by ledger_code order by ledger_code
          on conflict (ledger_code, shard) do update
            set debit = ledger_balances.debit + excluded.debit, credit = ledger_balances.credit + excluded.credit;
        return null;
      end $$`);
  }
}

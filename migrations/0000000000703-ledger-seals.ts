import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Seals over the books: each covers the journals of a stretch of finished transactions and names the hash of the seal
 * before it. Keys make it one chain: a seal has one predecessor, begins exactly where that ended, and a predecessor has
 * one successor. What is hashed stands in docs/ledger.md.
 */
export class LedgerSeals0000000000703 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The order of the chain: transactions that are over, and the journals of each. No later commit can fall between them.
    await runner.query('create index journals_by_transaction on journals (transaction_id, journal_id)');
    await runner.query(`
      create table ledger_seals (
        seal_no bigint primary key,
        previous_no bigint,
        previous_hash bytea,
        after_transaction_id xid8 not null,
        after_journal_id bigint not null,
        last_transaction_id xid8 not null,
        last_journal_id bigint not null,
        journal_count integer not null,
        entry_count integer not null,
        journal_ids bigint[] not null,
        marks bytea[] not null,
        hash bytea not null constraint ledger_seals_hash_form check (octet_length(hash) = 32),
        sealed_at timestamptz not null default app_now(),
        constraint ledger_seals_end_once unique (seal_no, hash, last_transaction_id, last_journal_id),
        constraint ledger_seals_follow foreign key (previous_no, previous_hash, after_transaction_id, after_journal_id)
          references ledger_seals (seal_no, hash, last_transaction_id, last_journal_id),
        constraint ledger_seals_have_predecessor check (seal_no = 0 or num_nulls(previous_no, previous_hash) = 0),
        constraint ledger_seals_one_successor unique (previous_no),
        constraint ledger_seals_count_on check (seal_no = previous_no + 1),
        constraint ledger_seals_go_on check (seal_no = 0 or (last_transaction_id, last_journal_id) > (after_transaction_id, after_journal_id)),
        constraint ledger_seals_counted check (journal_count = cardinality(journal_ids) and journal_count = cardinality(marks)),
        constraint ledger_seals_not_empty check ((journal_count > 0) = (seal_no > 0))
      )`);
    await runner.query(`
      comment on column ledger_seals.marks is
        'for each journal, to find what was changed: 8 bytes of the hash of its line, then for each entry its number (2 bytes) and 8 bytes'`);
    await this.startChain(runner);
    await runner.query(`
      create trigger ledger_seals_sealed before update or delete or truncate on ledger_seals
        for each statement execute function refuse_ledger_change()`);
    await runner.query('revoke update, delete, truncate on ledger_seals from wattledger_app');
    await this.checkJournals(runner, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.checkJournals(runner, false);
    await runner.query('drop table ledger_seals');
    await runner.query('drop index journals_by_transaction');
  }

  /** The seal before all others covers nothing, and it alone has no predecessor. */
  private async startChain(runner: QueryRunner): Promise<void> {
    await runner.query(`
      insert into ledger_seals (seal_no, after_transaction_id, after_journal_id, last_transaction_id, last_journal_id, journal_count, entry_count, journal_ids, marks, hash)
      values (0, '0', 0, '0', 0, 0, 0, '{}', '{}', sha256('wattledger-ledger'))`);
  }

  /** Also refuses journals of a server whose transactions count from lower on than the sealed ones: it was restored from a dump. */
  private async checkJournals(runner: QueryRunner, afterSeals: boolean): Promise<void> {
    const check = `
        if pg_current_xact_id() <= (select last_transaction_id from ledger_seals order by seal_no desc limit 1) then
          raise exception 'the transactions of this server count from lower on than those that were sealed' using errcode = '23514', constraint = 'journals_after_seals';
        end if;`;
    await runner.query(`
      create or replace function check_journals() returns trigger language plpgsql as $$
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
        end if;${afterSeals ? check : ''}
        return null;
      end $$`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Account statements read the books by account: only the entries that say what an account owes or is owed. */
export class Statements0000000000724 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index journal_entries_of_accounts on journal_entries (account_id, journal_id) where ledger_code in ('1122', '1221', '2203')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index journal_entries_of_accounts`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bulk loads of accounts: what was read, what was kept, and each refused row with its reason. */
export class AccountImports0000000000202 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account_imports (
        import_id bigint generated always as identity primary key,
        label text,
        state text not null default 'running'
          constraint account_imports_state_known check (state in ('running', 'finished', 'interrupted')),
        rows_read bigint not null default 0,
        rows_accepted bigint not null default 0,
        rows_refused bigint not null default 0,
        started_by bigint not null,
        started_at timestamptz not null default app_now(),
        finished_at timestamptz,
        constraint account_imports_rows_add_up check (rows_read = rows_accepted + rows_refused),
        constraint account_imports_finish check ((state = 'running') = (finished_at is null))
      )`);
    await runner.query(`
      create table account_import_refusals (
        import_id bigint not null references account_imports,
        line_no bigint not null,
        external_reference text,
        problems jsonb not null,
        primary key (import_id, line_no)
      )`);
    await runner.query(`revoke delete on account_imports from wattledger_app`);
    await runner.query(`revoke update, delete on account_import_refusals from wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table account_import_refusals`);
    await runner.query(`drop table account_imports`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that a run could not bill, with what was found and who deals with it; and the reports before a release. */
export class BillingExceptions0000000000603 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table billing_exceptions (
        exception_id bigint generated always as identity primary key,
        run_id bigint not null references billing_runs,
        interval_no integer not null,
        account_id bigint not null,
        code text not null constraint billing_exceptions_code_form check (code ~ '^[A-Z][A-Z0-9_]*\\.[A-Z][A-Z0-9_]*$'),
        subject text not null,
        findings jsonb not null default '[]'
          constraint billing_exceptions_findings_list check (jsonb_typeof(findings) = 'array'),
        correlation_id text,
        state text not null default 'open'
          constraint billing_exceptions_state_known check (state in ('open', 'excluded', 'billed', 'superseded', 'discarded')),
        owner_user_id bigint,
        opened_at timestamptz not null default app_now(),
        closed_at timestamptz,
        closed_by bigint,
        closing_reason text,
        constraint billing_exceptions_closing_whole check ((state = 'open') = (closed_at is null)),
        constraint billing_exceptions_exclusion_by_person check (state <> 'excluded' or (closed_by is not null and closing_reason is not null))
      )`);
    await runner.query(`
      create unique index billing_exceptions_one_open on billing_exceptions (run_id, account_id) where state = 'open'`);
    await runner.query(`create index billing_exceptions_by_run on billing_exceptions (run_id, exception_id)`);
    await runner.query(`create index billing_exceptions_by_account on billing_exceptions (account_id)`);
    await runner.query(`
      create index billing_exceptions_open_by_owner on billing_exceptions (owner_user_id, opened_at) where state = 'open'`);
    await runner.query(`
      create table billing_run_checks (
        check_id bigint generated always as identity primary key,
        run_id bigint not null references billing_runs,
        report jsonb not null,
        made_by bigint not null,
        made_at timestamptz not null default app_now()
      )`);
    await runner.query(`create index billing_run_checks_by_run on billing_run_checks (run_id, check_id)`);
    await runner.query(`revoke delete on billing_exceptions from wattledger_app`);
    await runner.query(`revoke update, delete on billing_run_checks from wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table billing_run_checks`);
    await runner.query(`drop table billing_exceptions`);
  }
}

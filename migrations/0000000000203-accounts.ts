import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is billed and paid as one. An account never changes, apart from being closed once; the revision of its
 * closing lets a frozen run keep seeing it open.
 */
export class Accounts0000000000203 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create sequence account_serial as bigint minvalue 100000000 maxvalue 999999999 no cycle`);
    await runner.query(`
      create table accounts (
        account_id bigint generated always as identity primary key,
        account_no text not null constraint accounts_account_no_once unique
          constraint accounts_account_no_form check (account_no ~ '^[0-9]{10}$'),
        customer_id bigint not null references customers,
        premise_id bigint not null references premises,
        region_code text not null,
        external_reference text constraint accounts_external_reference_once unique,
        import_id bigint references account_imports,
        opened_on date not null,
        closed_on date,
        closing_reason text,
        recorded_revision bigint not null default nextval('input_revision'),
        closed_revision bigint,
        created_at timestamptz not null default app_now(),
        constraint accounts_closed_after_opening check (closed_on >= opened_on),
        constraint accounts_closing_whole check (num_nulls(closed_on, closing_reason, closed_revision) in (0, 3))
      )`);
    await runner.query(`create index accounts_by_customer on accounts (customer_id)`);
    await runner.query(`create index accounts_by_region on accounts (region_code, account_id)`);
    await runner.query(`create index accounts_by_import on accounts (import_id, account_id) where import_id is not null`);
    await runner.query(`
      create function guard_account() returns trigger language plpgsql as $$
      begin
        if old.closed_on is not null then
          raise exception 'a closed account is not changed' using errcode = '23514', constraint = 'accounts_closed_once';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger accounts_guard before update on accounts for each row execute function guard_account()`);
    await runner.query(`
      create trigger accounts_share_lock before insert or update or delete on accounts
        for each statement execute function share_lock_inputs()`);
    await runner.query(`revoke update, delete on accounts from wattledger_app`);
    await runner.query(`grant update (closed_on, closing_reason, closed_revision) on accounts to wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table accounts`);
    await runner.query(`drop function guard_account()`);
    await runner.query(`drop sequence account_serial`);
  }
}

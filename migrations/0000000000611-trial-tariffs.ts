import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Trial runs under other tariffs: which version stands in for a price book, versions as they would be if they were in
 * force on other days or as another price book, and numbers of their own, so that a trial takes none from real bills.
 */
export class TrialTariffs0000000000611 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tariff_variants (
        content_hash text primary key constraint tariff_variants_content_hash_form check (content_hash ~ '^[0-9a-f]{64}$'),
        tariff_version_id bigint not null references tariff_versions,
        document jsonb not null,
        created_by bigint not null,
        created_at timestamptz not null default app_now()
      )`);
    await runner.query('create index tariff_variants_by_version on tariff_variants (tariff_version_id)');
    await runner.query('revoke update, delete on tariff_variants from wattledger_app');
    await runner.query(`
      alter table billing_runs add column trial_tariffs jsonb not null default '[]',
        add constraint billing_runs_trial_tariffs_list check (jsonb_typeof(trial_tariffs) = 'array'),
        add constraint billing_runs_trial_tariffs_of_trial check (kind = 'trial' or trial_tariffs = '[]')`);
    await runner.query(`
      create function guard_trial_tariffs() returns trigger language plpgsql as $$
      begin
        raise exception 'what a run is about is not changed' using errcode = '23514', constraint = 'billing_runs_identity';
      end $$`);
    await runner.query(`
      create trigger billing_runs_guard_trial_tariffs before update on billing_runs for each row
      when (new.trial_tariffs is distinct from old.trial_tariffs) execute function guard_trial_tariffs()`);
    await runner.query('create sequence trial_bill_ids as bigint minvalue 9000000000 maxvalue 9999999999 cycle');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop sequence trial_bill_ids');
    await runner.query('drop trigger billing_runs_guard_trial_tariffs on billing_runs');
    await runner.query('drop function guard_trial_tariffs()');
    await runner.query('alter table billing_runs drop constraint billing_runs_trial_tariffs_of_trial, drop constraint billing_runs_trial_tariffs_list, drop column trial_tariffs');
    await runner.query('drop table tariff_variants');
  }
}

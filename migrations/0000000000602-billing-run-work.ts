import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The work of a run: its members, and intervals of them with lease and fence. Each interval counts its own accounts, so
 * that population = pending + billed + excluded + exceptions is a sum of few rows and a constraint on each.
 */
export class BillingRunWork0000000000602 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table billing_run_intervals (
        run_id bigint not null references billing_runs,
        interval_no integer not null,
        first_account_id bigint not null,
        last_account_id bigint not null,
        state text not null default 'pending'
          constraint billing_run_intervals_state_known check (state in ('pending', 'computing', 'done')),
        population integer not null,
        billed integer not null default 0,
        excluded integer not null default 0,
        exceptions integer not null default 0,
        total_amount numeric(18,2) not null default 0,
        result_hash text,
        fence integer not null default 0,
        lease_until timestamptz,
        worker text,
        claimed_at timestamptz,
        finished_at timestamptz,
        primary key (run_id, interval_no),
        constraint billing_run_intervals_counts_positive check (billed >= 0 and excluded >= 0 and exceptions >= 0),
        constraint billing_run_intervals_counts_within check (billed + excluded + exceptions <= population),
        constraint billing_run_intervals_done_whole check (state <> 'done' or billed + excluded + exceptions = population),
        constraint billing_run_intervals_lease_whole check ((state = 'computing') = (lease_until is not null))
      )`);
    await runner.query(`
      create index billing_run_intervals_open on billing_run_intervals (run_id, interval_no) where state <> 'done'`);
    // No foreign keys: a million members are written in one statement together with their intervals, and neither is deleted.
    await runner.query(`
      create table billing_run_members (
        run_id bigint not null,
        account_id bigint not null,
        interval_no integer not null,
        exclusion_code text constraint billing_run_members_exclusion_known check (exclusion_code in
          ('ALREADY_BILLED', 'IN_ANOTHER_RUN', 'NOT_YET_OPEN', 'CLOSED', 'BY_DECISION')),
        exclusion_reason text,
        excluded_by bigint,
        excluded_at timestamptz,
        own_frozen_revision bigint,
        primary key (run_id, account_id),
        constraint billing_run_members_decision_whole check
          ((coalesce(exclusion_code, '') = 'BY_DECISION') = (excluded_by is not null and exclusion_reason is not null and excluded_at is not null))
      )`);
    await runner.query(`
      create index billing_run_members_excluded on billing_run_members (run_id, exclusion_code) where exclusion_code is not null`);
    await runner.query(`create index billing_run_members_by_account on billing_run_members (account_id, run_id)`);
    await runner.query(`revoke delete on billing_run_intervals, billing_run_members from wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table billing_run_members`);
    await runner.query(`drop table billing_run_intervals`);
  }
}

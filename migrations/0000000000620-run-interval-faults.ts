import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an interval went through: faults that it caused, workers that it was lost with, and interruptions that say
 * nothing about it. One that cannot be computed is split in halves, and in the end parked, where people see it.
 */
export class RunIntervalFaults0000000000620 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table billing_run_intervals
        add column failures integer not null default 0,
        add column losses integer not null default 0,
        add column interruptions integer not null default 0,
        add column not_before timestamptz,
        add column fault_code text constraint billing_run_intervals_fault_code_form check (fault_code ~ '^[A-Z0-9_.]{4,64}$'),
        add column correlation_id text,
        add column fault_at timestamptz,
        add column split_from integer,
        drop constraint billing_run_intervals_state_known,
        add constraint billing_run_intervals_state_known check (state in ('pending', 'computing', 'done', 'parked')),
        add constraint billing_run_intervals_faults_positive check (failures >= 0 and losses >= 0 and interruptions >= 0),
        add constraint billing_run_intervals_parked_whole
          check (state <> 'parked' or (fault_code is not null and correlation_id is not null and fault_at is not null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update billing_run_intervals set state = 'pending' where state = 'parked'`);
    await runner.query(`
      alter table billing_run_intervals
        drop constraint billing_run_intervals_parked_whole,
        drop constraint billing_run_intervals_faults_positive,
        drop constraint billing_run_intervals_state_known,
        add constraint billing_run_intervals_state_known check (state in ('pending', 'computing', 'done')),
        drop column failures, drop column losses, drop column interruptions, drop column not_before,
        drop column fault_code, drop column correlation_id, drop column fault_at, drop column split_from`);
  }
}

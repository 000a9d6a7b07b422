import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATES = ['draft', 'frozen', 'computing', 'computed', 'checked'];
const FIRST_STEPS = ['draft>frozen', 'draft>discarded', 'frozen>computing', 'frozen>discarded', 'computing>computed', 'computing>discarded', 'computed>checked', 'computed>discarded', 'checked>computed', 'checked>discarded'];
const BEFORE = ['checked>released'];
const NOW = ['checked>verified', 'verified>checked', 'verified>computed', 'verified>released', 'verified>discarded'];

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/**
 * Between the check and the release stands the look at single bills: a sample is drawn by a stored seed, each of its
 * bills is judged, and who verified the run on its strength is recorded. No run becomes verified past its sample.
 */
export class VerifiedRuns0000000000610 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.setStates(runner, [...STATES, 'verified', 'released', 'discarded']);
    await this.setOrder(runner, [...FIRST_STEPS, ...NOW]);
    await this.createSamples(runner);
    await this.createVerifications(runner);
    await this.createGuards(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger billing_runs_guard_verified on billing_runs');
    await runner.query('drop table billing_run_verifications');
    await runner.query('drop table billing_run_sample_bills');
    await runner.query('drop table billing_run_samples');
    await runner.query('drop function guard_run_sample_bill()');
    await runner.query('drop function guard_verified_run()');
    await this.setStates(runner, [...STATES, 'released', 'discarded']);
    await this.setOrder(runner, [...FIRST_STEPS, ...BEFORE]);
  }

  private async setStates(runner: QueryRunner, states: readonly string[]): Promise<void> {
    await runner.query('alter table billing_runs drop constraint billing_runs_state_known');
    await runner.query(`alter table billing_runs add constraint billing_runs_state_known check (state in (${quoted(states)}))`);
  }

  private async setOrder(runner: QueryRunner, steps: readonly string[]): Promise<void> {
    await runner.query(`
      create or replace function guard_billing_run() returns trigger language plpgsql as $$
      begin
        if old.state = 'released' or (old.state = 'discarded' and (to_jsonb(new) - 'purged_at') <> (to_jsonb(old) - 'purged_at')) then
          raise exception 'a released or discarded run is not changed' using errcode = '23514', constraint = 'billing_runs_final';
        end if;
        if (new.period, new.kind, new.population_hash, new.created_by) is distinct from (old.period, old.kind, old.population_hash, old.created_by)
           or (old.frozen_revision is not null and new.frozen_revision is distinct from old.frozen_revision) then
          raise exception 'what a run is about is not changed' using errcode = '23514', constraint = 'billing_runs_identity';
        end if;
        if new.state <> old.state and not (old.state || '>' || new.state = any (array[${quoted(steps)}])) then
          raise exception 'a run does not go from % to %', old.state, new.state using errcode = '23514', constraint = 'billing_runs_order';
        end if;
        return new;
      end $$`);
  }

  private async createSamples(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table billing_run_samples (
        sample_id bigint generated always as identity primary key,
        run_id bigint not null references billing_runs,
        seed bigint not null constraint billing_run_samples_seed_positive check (seed >= 0),
        random_bills integer not null,
        largest_bills integer not null,
        jump_bills integer not null,
        drawn_by bigint not null,
        drawn_at timestamptz not null default app_now(),
        constraint billing_run_samples_limits check (random_bills between 1 and 500 and largest_bills between 0 and 20 and jump_bills between 0 and 20)
      )`);
    await runner.query('create index billing_run_samples_by_run on billing_run_samples (run_id, sample_id)');
    // What the looker saw is kept as it was: a draft bill that is computed again is removed.
    await runner.query(`
      create table billing_run_sample_bills (
        sample_id bigint not null references billing_run_samples,
        bill_no text not null,
        account_id bigint not null,
        account_no text not null,
        region_code text not null,
        category text not null,
        plan_id text not null,
        energy_kwh numeric(18,4) not null,
        total_amount numeric(18,2) not null,
        last_bill_no text,
        last_energy_kwh numeric(18,4),
        last_amount numeric(18,2),
        drawn_as text[] not null constraint billing_run_sample_bills_reason_known check
          (cardinality(drawn_as) > 0 and drawn_as <@ array['random', 'largest', 'jump', 'recomputed']),
        verdict text constraint billing_run_sample_bills_verdict_known check (verdict in ('right', 'wrong')),
        note text,
        looked_by bigint,
        looked_at timestamptz,
        settled text constraint billing_run_sample_bills_settled_known check (settled in ('recomputed', 'excluded', 'overridden')),
        settled_by bigint,
        settled_at timestamptz,
        settled_reason text,
        primary key (sample_id, bill_no),
        constraint billing_run_sample_bills_look_whole check
          ((verdict is null) = (looked_by is null) and (verdict is null) = (looked_at is null)),
        constraint billing_run_sample_bills_wrong_says_why check (coalesce(verdict, '') <> 'wrong' or note is not null),
        constraint billing_run_sample_bills_settled_whole check
          ((settled is null) = (settled_by is null) and (settled is null) = (settled_at is null) and (settled is null) = (settled_reason is null)),
        constraint billing_run_sample_bills_override_of_wrong check (coalesce(settled, '') <> 'overridden' or coalesce(verdict, '') = 'wrong')
      )`);
    await runner.query('create index billing_run_sample_bills_by_account on billing_run_sample_bills (account_id, sample_id)');
    await runner.query('revoke update, delete on billing_run_samples from wattledger_app');
    await runner.query('revoke update, delete on billing_run_sample_bills from wattledger_app');
    await runner.query(`
      grant update (verdict, note, looked_by, looked_at, settled, settled_by, settled_at, settled_reason) on billing_run_sample_bills to wattledger_app`);
  }

  private async createVerifications(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table billing_run_verifications (
        verification_id bigint generated always as identity primary key,
        run_id bigint not null references billing_runs,
        sample_id bigint not null references billing_run_samples,
        check_id bigint not null references billing_run_checks,
        result_hash text not null,
        note text not null,
        verified_by bigint not null,
        verified_at timestamptz not null default app_now()
      )`);
    await runner.query('create index billing_run_verifications_by_run on billing_run_verifications (run_id, verification_id)');
    await runner.query('revoke update, delete on billing_run_verifications from wattledger_app');
  }

  /** The judgements of a finished run stay; a run becomes verified only by a verification of this very result, and a sample without open ends. */
  private async createGuards(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function guard_run_sample_bill() returns trigger language plpgsql as $$
      begin
        if exists (select from billing_run_samples s join billing_runs r using (run_id)
                    where s.sample_id = new.sample_id and r.state in ('released', 'discarded')) then
          raise exception 'the sample of a finished run is not changed' using errcode = '23514', constraint = 'billing_run_samples_final';
        end if;
        if tg_op = 'UPDATE' and old.settled is not null then
          raise exception 'a settled bill of a sample is not judged again' using errcode = '23514', constraint = 'billing_run_sample_bills_settled_once';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger billing_run_sample_bills_guard before insert or update on billing_run_sample_bills
      for each row execute function guard_run_sample_bill()`);
    await runner.query(`
      create function guard_verified_run() returns trigger language plpgsql as $$
      declare
        basis billing_run_verifications;
      begin
        select * into basis from billing_run_verifications where run_id = new.run_id order by verification_id desc limit 1;
        if basis.result_hash is distinct from new.result_hash or basis.result_hash is null
           or basis.sample_id is distinct from (select max(sample_id) from billing_run_samples where run_id = new.run_id) then
          raise exception 'nobody verified this result' using errcode = '23514', constraint = 'billing_runs_verified_by_person';
        end if;
        if exists (select from billing_run_sample_bills where sample_id = basis.sample_id and verdict is null and settled is null)
           or exists (select from billing_run_sample_bills join billing_run_samples using (sample_id)
                       where run_id = new.run_id and verdict = 'wrong' and settled is null) then
          raise exception 'the sample is not looked through' using errcode = '23514', constraint = 'billing_runs_verified_by_sample';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger billing_runs_guard_verified before update on billing_runs for each row
      when (new.state = 'verified' and old.state is distinct from new.state) execute function guard_verified_run()`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A computation over a population for a period, and who moved it from state to state. */
export class BillingRuns0000000000601 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table billing_runs (
        run_id bigint generated always as identity primary key,
        period text not null constraint billing_runs_period_form check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        kind text not null constraint billing_runs_kind_known check (kind in ('regular', 'trial')),
        population jsonb not null,
        population_hash text not null constraint billing_runs_population_hash_form check (population_hash ~ '^[0-9a-f]{64}$'),
        state text not null default 'draft' constraint billing_runs_state_known check (state in
          ('draft', 'frozen', 'computing', 'computed', 'checked', 'released', 'discarded')),
        frozen_revision bigint,
        frozen_at timestamptz,
        result_hash text,
        created_by bigint not null,
        created_at timestamptz not null default app_now(),
        released_by bigint,
        released_at timestamptz,
        purged_at timestamptz,
        constraint billing_runs_frozen_before_computing check (state in ('draft', 'discarded') or frozen_revision is not null),
        constraint billing_runs_second_person check (released_by <> created_by),
        constraint billing_runs_release_whole check
          ((state = 'released') = (released_by is not null) and (released_by is null) = (released_at is null)),
        constraint billing_runs_trial_not_released check (kind = 'regular' or state <> 'released'),
        constraint billing_runs_purge_after_discard check (purged_at is null or state = 'discarded')
      )`);
    await runner.query(`
      create unique index billing_runs_one_live on billing_runs (period, kind, population_hash)
        where state not in ('released', 'discarded')`);
    await runner.query(`create index billing_runs_unfinished on billing_runs (state) where state in ('draft', 'frozen', 'computing')`);
    await runner.query(`create index billing_runs_to_purge on billing_runs (run_id) where state = 'discarded' and purged_at is null`);
    await this.createGuard(runner);
    await runner.query(`
      create table billing_run_transitions (
        transition_id bigint generated always as identity primary key,
        run_id bigint not null references billing_runs,
        from_state text,
        to_state text not null,
        changed_by bigint,
        reason text not null,
        changed_at timestamptz not null default app_now()
      )`);
    await runner.query(`create index billing_run_transitions_by_run on billing_run_transitions (run_id, transition_id)`);
    await runner.query(`revoke delete on billing_runs from wattledger_app`);
    await runner.query(`revoke update, delete on billing_run_transitions from wattledger_app`);
  }

  /** A finished run stays as it is, its identity and cut never change, and states follow the one order. */
  private async createGuard(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function guard_billing_run() returns trigger language plpgsql as $$
      begin
        if old.state = 'released' or (old.state = 'discarded' and (to_jsonb(new) - 'purged_at') <> (to_jsonb(old) - 'purged_at')) then
          raise exception 'a released or discarded run is not changed' using errcode = '23514', constraint = 'billing_runs_final';
        end if;
        if (new.period, new.kind, new.population_hash, new.created_by) is distinct from (old.period, old.kind, old.population_hash, old.created_by)
           or (old.frozen_revision is not null and new.frozen_revision is distinct from old.frozen_revision) then
          raise exception 'what a run is about is not changed' using errcode = '23514', constraint = 'billing_runs_identity';
        end if;
        if new.state <> old.state and not (old.state || '>' || new.state = any (array[
          'draft>frozen', 'draft>discarded', 'frozen>computing', 'frozen>discarded', 'computing>computed', 'computing>discarded',
          'computed>checked', 'computed>discarded', 'checked>computed', 'checked>released', 'checked>discarded'])) then
          raise exception 'a run does not go from % to %', old.state, new.state using errcode = '23514', constraint = 'billing_runs_order';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger billing_runs_guard before update on billing_runs for each row execute function guard_billing_run()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table billing_run_transitions`);
    await runner.query(`drop table billing_runs`);
    await runner.query(`drop function guard_billing_run()`);
  }
}

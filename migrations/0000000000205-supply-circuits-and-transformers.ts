import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How an account is fed: its supply circuits, its transformers, and when each transformer ran or was suspended. */
export class SupplyCircuitsAndTransformers0000000000205 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table supply_circuits (
        supply_circuit_id bigint generated always as identity primary key,
        account_id bigint not null references accounts,
        supply_circuit_no text not null,
        kind text not null constraint supply_circuits_kind_known check (kind in ('main', 'standby', 'security')),
        voltage text not null constraint supply_circuits_voltage_known check (voltage in
          ('below-1kv', '1-10kv', '20kv', '35kv', '110kv', '220kv')),
        contract_demand_kw numeric(14,4) constraint supply_circuits_contract_demand_positive check (contract_demand_kw > 0),
        approved_capacity_kva numeric(14,4) constraint supply_circuits_approved_capacity_positive check (approved_capacity_kva > 0),
        valid_from date not null,
        valid_to date,
        reason text,
        recorded_by bigint not null,
        recorded_at timestamptz not null default app_now(),
        recorded_revision bigint not null default nextval('input_revision'),
        superseded_revision bigint,
        constraint supply_circuits_not_empty check (valid_to is null or valid_to > valid_from),
        constraint supply_circuits_no_overlap exclude using gist
          (account_id with =, supply_circuit_no with =, daterange(valid_from, valid_to) with &&) where (superseded_revision is null)
      )`);
    await runner.query(`
      create table transformers (
        transformer_id bigint generated always as identity primary key,
        account_id bigint not null references accounts,
        transformer_no text not null,
        ownership text not null constraint transformers_ownership_known check (ownership in ('own', 'public')),
        capacity_kva numeric(14,4) not null constraint transformers_capacity_positive check (capacity_kva > 0),
        voltage text constraint transformers_voltage_known check (voltage in
          ('below-1kv', '1-10kv', '20kv', '35kv', '110kv', '220kv')),
        model text,
        supply_circuit_no text,
        loss jsonb constraint transformers_loss_method_known check
          (loss is null or coalesce(loss ->> 'method', '') in ('formula', 'simplified', 'table', 'fixed', 'percentage')),
        recorded_by bigint not null,
        recorded_at timestamptz not null default app_now(),
        recorded_revision bigint not null default nextval('input_revision'),
        superseded_revision bigint
      )`);
    await runner.query(`
      create unique index transformers_no_once on transformers (account_id, transformer_no) where superseded_revision is null`);
    await runner.query(`
      create table transformer_states (
        transformer_state_id bigint generated always as identity primary key,
        transformer_id bigint not null references transformers,
        state text not null constraint transformer_states_state_known check (state in ('running', 'suspended')),
        valid_from date not null,
        valid_to date,
        reason text,
        recorded_by bigint not null,
        recorded_at timestamptz not null default app_now(),
        recorded_revision bigint not null default nextval('input_revision'),
        superseded_revision bigint,
        constraint transformer_states_not_empty check (valid_to is null or valid_to > valid_from),
        constraint transformer_states_no_overlap exclude using gist
          (transformer_id with =, daterange(valid_from, valid_to) with &&) where (superseded_revision is null)
      )`);
    await runner.query(`create index supply_circuits_by_account on supply_circuits (account_id)`);
    await runner.query(`create index transformers_by_account on transformers (account_id)`);
    await runner.query(`create index transformer_states_by_transformer on transformer_states (transformer_id, valid_from)`);
    for (const table of ['supply_circuits', 'transformers', 'transformer_states']) {
      await runner.query(`
        create trigger ${table}_guard before update or delete on ${table}
          for each row execute function guard_input_row()`);
      await runner.query(`
        create trigger ${table}_share_lock before insert or update or delete on ${table}
          for each statement execute function share_lock_inputs()`);
      await runner.query(`revoke update, delete on ${table} from wattledger_app`);
      await runner.query(`grant update (superseded_revision) on ${table} to wattledger_app`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table transformer_states`);
    await runner.query(`drop table transformers`);
    await runner.query(`drop table supply_circuits`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rules that an account is charged by, from a day to a day. A correction is a new row; the old one is superseded. */
export class AccountTerms0000000000204 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account_terms (
        terms_id bigint generated always as identity primary key,
        account_id bigint not null references accounts,
        valid_from date not null,
        valid_to date,
        category text not null constraint account_terms_category_known check (category in
          ('residential', 'residential-other', 'non-residential', 'general-industrial-commercial', 'large-industrial',
           'agriculture', 'irrigation', 'street-lighting', 'temporary')),
        voltage text not null constraint account_terms_voltage_known check (voltage in
          ('below-1kv', '1-10kv', '20kv', '35kv', '110kv', '220kv')),
        price_book text not null,
        plan_id text not null,
        charge_method text not null constraint account_terms_charge_method_known check (charge_method in
          ('none', 'capacity', 'contract-demand', 'actual-demand')),
        contract_demand_kw numeric(14,4) constraint account_terms_contract_demand_positive check (contract_demand_kw > 0),
        approved_capacity_kva numeric(14,4) constraint account_terms_approved_capacity_positive check (approved_capacity_kva > 0),
        power_factor_standard text not null constraint account_terms_power_factor_standard_known check (power_factor_standard in
          ('0.90', '0.85', '0.80', 'none')),
        power_factor_exemption text,
        household_size integer constraint account_terms_household_size_range check (household_size between 1 and 99),
        household_extension_from text
          constraint account_terms_household_extension_month check (household_extension_from ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        low_income boolean not null default false,
        policies jsonb,
        reason text,
        recorded_by bigint not null,
        recorded_at timestamptz not null default app_now(),
        recorded_revision bigint not null default nextval('input_revision'),
        superseded_revision bigint,
        constraint account_terms_not_empty check (valid_to is null or valid_to > valid_from),
        constraint account_terms_exemption_without_standard check (power_factor_exemption is null or power_factor_standard = 'none'),
        constraint account_terms_extension_needs_size check (household_extension_from is null or household_size is not null),
        constraint account_terms_no_overlap exclude using gist
          (account_id with =, daterange(valid_from, valid_to) with &&) where (superseded_revision is null)
      )`);
    await runner.query(`create index account_terms_by_account on account_terms (account_id, valid_from)`);
    await runner.query(`
      create trigger account_terms_guard before update or delete on account_terms
        for each row execute function guard_input_row()`);
    await runner.query(`
      create trigger account_terms_share_lock before insert or update or delete on account_terms
        for each statement execute function share_lock_inputs()`);
    await runner.query(`revoke update, delete on account_terms from wattledger_app`);
    await runner.query(`grant update (superseded_revision) on account_terms to wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table account_terms`);
  }
}

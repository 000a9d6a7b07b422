import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is served and where. Personal data stand encrypted, with a mask to show and a keyed hash to look up by. */
export class CustomersAndPremises0000000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table customers (
        customer_id bigint generated always as identity primary key,
        kind text not null constraint customers_kind_known check (kind in ('person', 'organisation')),
        name_enc bytea not null,
        name_hash bytea not null,
        name_masked text not null,
        identity_kind text constraint customers_identity_kind_known check (identity_kind in
          ('resident-id', 'passport', 'hk-macao-permit', 'taiwan-permit', 'unified-social-credit-code', 'other')),
        identity_enc bytea,
        identity_hash bytea,
        identity_masked text,
        phone_enc bytea,
        phone_hash bytea,
        phone_masked text,
        version integer not null default 1,
        created_at timestamptz not null default app_now(),
        updated_at timestamptz not null default app_now(),
        constraint customers_identity_whole check (num_nulls(identity_kind, identity_enc, identity_hash, identity_masked) in (0, 4)),
        constraint customers_phone_whole check (num_nulls(phone_enc, phone_hash, phone_masked) in (0, 3))
      )`);
    await runner.query(
      `create unique index customers_identity_once on customers (identity_kind, identity_hash) where identity_hash is not null`,
    );
    await runner.query(`create index customers_by_name on customers (name_hash)`);
    await runner.query(`create index customers_by_phone on customers (phone_hash) where phone_hash is not null`);
    await runner.query(`
      create table premises (
        premise_id bigint generated always as identity primary key,
        region_code text not null constraint premises_region_code_form check (region_code ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,31}$'),
        address_enc bytea not null,
        address_masked text not null,
        created_at timestamptz not null default app_now()
      )`);
    await runner.query(`revoke delete on customers, premises from wattledger_app`);
    await runner.query(`revoke update on premises from wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table premises`);
    await runner.query(`drop table customers`);
  }
}

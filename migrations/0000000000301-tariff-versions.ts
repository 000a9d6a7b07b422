import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Price tables as immutable published documents. When a version is in force stands beside it: an open version ends
 * where its successor begins, and a frozen run keeps the end that it saw.
 */
export class TariffVersions0000000000301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tariff_versions (
        tariff_version_id bigint generated always as identity primary key,
        price_book text not null,
        version text not null,
        region_code text not null,
        valid_from date not null,
        valid_to date,
        state text not null default 'draft'
          constraint tariff_versions_state_known check (state in ('draft', 'published', 'withdrawn')),
        content_hash text not null constraint tariff_versions_content_hash_form check (content_hash ~ '^[0-9a-f]{64}$'),
        document jsonb not null,
        created_by bigint not null,
        created_at timestamptz not null default app_now(),
        published_by bigint,
        published_at timestamptz,
        withdrawn_by bigint,
        withdrawn_at timestamptz,
        constraint tariff_versions_not_empty check (valid_to is null or valid_to > valid_from),
        constraint tariff_versions_publication_whole check
          ((state = 'published') = (published_by is not null) and (published_by is null) = (published_at is null)),
        constraint tariff_versions_second_person check (published_by <> created_by)
      )`);
    await runner.query(`create unique index tariff_versions_content_once on tariff_versions (content_hash) where state <> 'withdrawn'`);
    await runner.query(`create unique index tariff_versions_name_once on tariff_versions (price_book, version) where state <> 'withdrawn'`);
    await runner.query(`
      create table tariff_validities (
        tariff_validity_id bigint generated always as identity primary key,
        tariff_version_id bigint not null references tariff_versions,
        price_book text not null,
        valid_from date not null,
        valid_to date,
        recorded_revision bigint not null default nextval('input_revision'),
        superseded_revision bigint,
        constraint tariff_validities_not_empty check (valid_to is null or valid_to > valid_from),
        constraint tariff_validities_no_overlap exclude using gist
          (price_book with =, daterange(valid_from, valid_to) with &&) where (superseded_revision is null)
      )`);
    await runner.query(`create index tariff_validities_by_version on tariff_validities (tariff_version_id)`);
    await runner.query(`
      create function guard_tariff_version() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.state <> 'draft' then
          raise exception 'a published or withdrawn tariff version is not changed'
            using errcode = '23514', constraint = 'tariff_versions_immutable';
        end if;
        if (to_jsonb(new) - '{state,published_by,published_at,withdrawn_by,withdrawn_at}'::text[])
           <> (to_jsonb(old) - '{state,published_by,published_at,withdrawn_by,withdrawn_at}'::text[]) then
          raise exception 'the document of a tariff version is not changed'
            using errcode = '23514', constraint = 'tariff_versions_immutable';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger tariff_versions_guard before update or delete on tariff_versions
        for each row execute function guard_tariff_version()`);
    await runner.query(`
      create trigger tariff_validities_guard before update or delete on tariff_validities
        for each row execute function guard_input_row()`);
    await runner.query(`
      create trigger tariff_validities_share_lock before insert or update or delete on tariff_validities
        for each statement execute function share_lock_inputs()`);
    await runner.query(`revoke update, delete on tariff_versions, tariff_validities from wattledger_app`);
    await runner.query(`
      grant update (state, published_by, published_at, withdrawn_by, withdrawn_at) on tariff_versions to wattledger_app`);
    await runner.query(`grant update (superseded_revision) on tariff_validities to wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table tariff_validities`);
    await runner.query(`drop table tariff_versions`);
    await runner.query(`drop function guard_tariff_version()`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reading routes with their day, and which account is read on which route from which month on. */
export class ReadingRoutes0000000000403 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reading_routes (
        route_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        route_code text NOT NULL
          CONSTRAINT reading_routes_code_unique UNIQUE
          CONSTRAINT reading_routes_code_form CHECK (route_code ~ '^[0-9A-Z][0-9A-Z-]{1,23}$'),
        region_code text NOT NULL,
        reading_day smallint NOT NULL CONSTRAINT reading_routes_day_in_range CHECK (reading_day BETWEEN 1 AND 28),
        window_days smallint NOT NULL DEFAULT 3 CONSTRAINT reading_routes_window_in_range CHECK (window_days BETWEEN 0 AND 14),
        created_at timestamptz NOT NULL DEFAULT app_now()
      );
      REVOKE UPDATE, DELETE ON reading_routes FROM wattledger_app;

      CREATE TABLE route_accounts (
        route_account_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        route_id bigint NOT NULL CONSTRAINT route_accounts_route_known REFERENCES reading_routes (route_id),
        account_id bigint NOT NULL CONSTRAINT route_accounts_account_known REFERENCES accounts (account_id),
        valid_from date NOT NULL,
        valid_to date,
        recorded_by bigint NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT route_accounts_dates_in_order CHECK (valid_to > valid_from),
        CONSTRAINT route_accounts_from_a_month
          CHECK (extract(day FROM valid_from) = 1 AND (valid_to IS NULL OR extract(day FROM valid_to) = 1)),
        CONSTRAINT route_accounts_one_route_at_a_time
          EXCLUDE USING gist (account_id WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (superseded_revision IS NULL)
      );
      CREATE INDEX route_accounts_by_account ON route_accounts (account_id, valid_from);
      CREATE INDEX route_accounts_by_route ON route_accounts (route_id, account_id);
      CREATE TRIGGER route_accounts_share_lock BEFORE INSERT OR UPDATE OR DELETE ON route_accounts
        FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs();
      CREATE TRIGGER route_accounts_guard BEFORE UPDATE OR DELETE ON route_accounts
        FOR EACH ROW EXECUTE FUNCTION guard_input_row();
      REVOKE UPDATE, DELETE ON route_accounts FROM wattledger_app;
      GRANT UPDATE (superseded_revision) ON route_accounts TO wattledger_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE route_accounts;
      DROP TABLE reading_routes;
    `);
  }
}

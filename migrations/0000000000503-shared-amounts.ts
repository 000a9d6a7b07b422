import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Monthly amounts shared out to single accounts (market allocation, deviation): an input of billing like a reading,
 * corrected by a new row that supersedes the old one, so that a run's freeze sees one of them.
 */
export class SharedAmounts0000000000503 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shared_amounts (
        shared_amount_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES accounts (account_id),
        period text NOT NULL,
        name text NOT NULL,
        title_zh text NOT NULL,
        title_en text NOT NULL,
        amount numeric(18,2) NOT NULL,
        in_power_factor_base boolean NOT NULL DEFAULT true,
        recorded_by bigint NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT shared_amounts_period_is_a_month CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        CONSTRAINT shared_amounts_name CHECK (name ~ '^[a-zA-Z][a-zA-Z0-9-]{0,59}$')
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX shared_amounts_one_live ON shared_amounts (account_id, period, name)
      WHERE superseded_revision IS NULL`);
    await runner.query(`
      CREATE TRIGGER shared_amounts_freeze BEFORE INSERT OR UPDATE OR DELETE ON shared_amounts
      FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs()`);
    await runner.query(`
      CREATE TRIGGER shared_amounts_guard BEFORE UPDATE OR DELETE ON shared_amounts
      FOR EACH ROW EXECUTE FUNCTION guard_input_row()`);
    await runner.query('REVOKE UPDATE, DELETE ON shared_amounts FROM wattledger_app');
    await runner.query('GRANT UPDATE (superseded_revision) ON shared_amounts TO wattledger_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE shared_amounts');
  }
}

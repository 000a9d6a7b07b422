import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a person has confirmed about an account's bill (a main meter that was not enough for its sub-meters, say), so
 * that the finding no longer keeps the bill back: an input of billing like the others, frozen with the run.
 */
export class FindingConfirmations0000000000504 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE finding_confirmations (
        finding_confirmation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES accounts (account_id),
        period text NOT NULL,
        code text NOT NULL,
        subject text NOT NULL DEFAULT '',
        reason text NOT NULL,
        recorded_by bigint NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT finding_confirmations_period_is_a_month CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        CONSTRAINT finding_confirmations_code CHECK (code ~ '^[A-Z][A-Z0-9_]*[.][A-Z][A-Z0-9_]*$')
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX finding_confirmations_one_live ON finding_confirmations (account_id, period, code, subject)
      WHERE superseded_revision IS NULL`);
    await runner.query(`
      CREATE TRIGGER finding_confirmations_freeze BEFORE INSERT OR UPDATE OR DELETE ON finding_confirmations
      FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs()`);
    await runner.query(`
      CREATE TRIGGER finding_confirmations_guard BEFORE UPDATE OR DELETE ON finding_confirmations
      FOR EACH ROW EXECUTE FUNCTION guard_input_row()`);
    await runner.query('REVOKE UPDATE, DELETE ON finding_confirmations FROM wattledger_app');
    await runner.query('GRANT UPDATE (superseded_revision) ON finding_confirmations TO wattledger_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE finding_confirmations');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Readings, what is doubtful about them, and what people decided about the doubts. */
export class Readings0000000000404 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE readings (
        reading_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        installation_id bigint NOT NULL
          CONSTRAINT readings_installation_known REFERENCES meter_installations (installation_id),
        register text NOT NULL CONSTRAINT readings_register_listed CHECK (register IN
          ('total', 'sharp', 'peak', 'flat', 'valley', 'deep-valley', 'reactive-forward', 'reactive-reverse', 'maximum-demand')),
        read_on date NOT NULL,
        reading numeric(18, 4) NOT NULL CONSTRAINT readings_not_negative CHECK (reading >= 0),
        kind text NOT NULL CONSTRAINT readings_kind_listed CHECK (kind IN ('initial', 'periodic', 'final')),
        source text NOT NULL
          CONSTRAINT readings_source_listed CHECK (source IN ('manual', 'mobile', 'automatic', 'customer', 'estimated')),
        corrects_reading_id bigint CONSTRAINT readings_corrected_known REFERENCES readings (reading_id),
        correction_reason text,
        import_id bigint,
        recorded_by bigint NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT readings_correction_has_reason CHECK ((corrects_reading_id IS NULL) = (correction_reason IS NULL)),
        CONSTRAINT readings_one_live UNIQUE NULLS NOT DISTINCT (installation_id, register, read_on, superseded_revision)
      );
      CREATE TRIGGER readings_share_lock BEFORE INSERT OR UPDATE OR DELETE ON readings
        FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs();
      CREATE TRIGGER readings_guard BEFORE UPDATE OR DELETE ON readings
        FOR EACH ROW EXECUTE FUNCTION guard_input_row();
      REVOKE UPDATE, DELETE ON readings FROM wattledger_app;
      GRANT UPDATE (superseded_revision) ON readings TO wattledger_app;

      CREATE TABLE reading_findings (
        finding_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        installation_id bigint NOT NULL
          CONSTRAINT reading_findings_installation_known REFERENCES meter_installations (installation_id),
        register text NOT NULL,
        reading_id bigint CONSTRAINT reading_findings_reading_known REFERENCES readings (reading_id),
        concerns_on date NOT NULL,
        code text NOT NULL,
        blocking boolean NOT NULL,
        figures jsonb NOT NULL DEFAULT '{}',
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT reading_findings_code_listed CHECK (code IN
          ('METERING.READING_MISSING', 'METERING.READING_FELL', 'METERING.READING_ABOVE_NEXT', 'METERING.USAGE_JUMP', 'METERING.USAGE_DROP',
           'METERING.ZERO_USE', 'METERING.USE_WHILE_SUSPENDED', 'METERING.DEMAND_ABOVE_CAPACITY'))
      );
      CREATE UNIQUE INDEX reading_findings_missing_once ON reading_findings (installation_id, register, concerns_on)
        WHERE superseded_revision IS NULL AND reading_id IS NULL;
      CREATE INDEX reading_findings_by_reading ON reading_findings (reading_id);
      CREATE INDEX reading_findings_by_installation ON reading_findings (installation_id, concerns_on);
      CREATE INDEX reading_findings_open ON reading_findings (code, finding_id) WHERE superseded_revision IS NULL;
      CREATE TRIGGER reading_findings_share_lock BEFORE INSERT OR UPDATE OR DELETE ON reading_findings
        FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs();
      CREATE TRIGGER reading_findings_guard BEFORE UPDATE OR DELETE ON reading_findings
        FOR EACH ROW EXECUTE FUNCTION guard_input_row();
      REVOKE UPDATE, DELETE ON reading_findings FROM wattledger_app;
      GRANT UPDATE (superseded_revision) ON reading_findings TO wattledger_app;

      CREATE TABLE reading_finding_decisions (
        finding_id bigint PRIMARY KEY
          CONSTRAINT reading_finding_decisions_finding_known REFERENCES reading_findings (finding_id),
        outcome text NOT NULL CONSTRAINT reading_finding_decisions_outcome_listed CHECK (outcome IN ('confirmed', 'corrected')),
        reason text NOT NULL,
        decided_by bigint NOT NULL,
        decided_at timestamptz NOT NULL DEFAULT app_now()
      );
      REVOKE UPDATE, DELETE ON reading_finding_decisions FROM wattledger_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE reading_finding_decisions;
      DROP TABLE reading_findings;
      DROP TABLE readings;
    `);
  }
}

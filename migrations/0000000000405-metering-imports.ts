import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports of readings and installations, with the lines that were refused. */
export class MeteringImports0000000000405 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE metering_imports (
        import_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CONSTRAINT metering_imports_kind_listed CHECK (kind IN ('readings', 'installations')),
        state text NOT NULL DEFAULT 'running'
          CONSTRAINT metering_imports_state_listed CHECK (state IN ('running', 'finished', 'interrupted')),
        lines integer NOT NULL DEFAULT 0,
        accepted integer NOT NULL DEFAULT 0,
        unchanged integer NOT NULL DEFAULT 0,
        refused integer NOT NULL DEFAULT 0,
        suspicious integer NOT NULL DEFAULT 0,
        stopped_because text,
        started_by bigint NOT NULL,
        started_at timestamptz NOT NULL DEFAULT app_now(),
        progressed_at timestamptz NOT NULL DEFAULT app_now(),
        ended_at timestamptz,
        CONSTRAINT metering_imports_lines_add_up CHECK (lines = accepted + unchanged + refused),
        CONSTRAINT metering_imports_end_is_stated CHECK ((state = 'running') = (ended_at IS NULL))
      );
      REVOKE DELETE ON metering_imports FROM wattledger_app;

      CREATE TABLE metering_import_refusals (
        import_id bigint NOT NULL CONSTRAINT metering_import_refusals_import_known REFERENCES metering_imports (import_id),
        line_no integer NOT NULL,
        field text NOT NULL,
        code text NOT NULL,
        reason_zh text NOT NULL,
        reason_en text NOT NULL,
        allowed text,
        value text,
        PRIMARY KEY (import_id, line_no)
      );
      REVOKE UPDATE, DELETE ON metering_import_refusals FROM wattledger_app;

      ALTER TABLE readings ADD CONSTRAINT readings_import_known FOREIGN KEY (import_id) REFERENCES metering_imports (import_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE readings DROP CONSTRAINT readings_import_known;
      DROP TABLE metering_import_refusals;
      DROP TABLE metering_imports;
    `);
  }
}

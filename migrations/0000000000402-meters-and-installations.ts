import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Meters with their dials, and which meter stood at which usage point behind which ratios. */
export class MetersAndInstallations0000000000402 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE meters (
        meter_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        asset_no text NOT NULL
          CONSTRAINT meters_asset_no_unique UNIQUE
          CONSTRAINT meters_asset_no_form CHECK (asset_no ~ '^[0-9A-Z][0-9A-Z-]{3,31}$'),
        phases smallint NOT NULL CONSTRAINT meters_phases_listed CHECK (phases IN (1, 3)),
        model text,
        created_at timestamptz NOT NULL DEFAULT app_now()
      );
      REVOKE UPDATE, DELETE ON meters FROM wattledger_app;

      CREATE TABLE meter_registers (
        meter_id bigint NOT NULL CONSTRAINT meter_registers_meter_known REFERENCES meters (meter_id),
        register text NOT NULL CONSTRAINT meter_registers_register_listed CHECK (register IN
          ('total', 'sharp', 'peak', 'flat', 'valley', 'deep-valley', 'reactive-forward', 'reactive-reverse', 'maximum-demand')),
        dial_digits smallint NOT NULL CONSTRAINT meter_registers_digits_in_range CHECK (dial_digits BETWEEN 1 AND 10),
        decimals smallint NOT NULL CONSTRAINT meter_registers_decimals_in_range CHECK (decimals BETWEEN 0 AND 4),
        PRIMARY KEY (meter_id, register)
      );
      REVOKE UPDATE, DELETE ON meter_registers FROM wattledger_app;

      CREATE TABLE meter_installations (
        installation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        meter_id bigint NOT NULL CONSTRAINT meter_installations_meter_known REFERENCES meters (meter_id),
        usage_point_id bigint NOT NULL CONSTRAINT meter_installations_point_known REFERENCES usage_points (usage_point_id),
        created_at timestamptz NOT NULL DEFAULT app_now(),
        CONSTRAINT meter_installations_identity UNIQUE (installation_id, meter_id, usage_point_id)
      );
      REVOKE UPDATE, DELETE ON meter_installations FROM wattledger_app;

      CREATE TABLE meter_installation_versions (
        installation_version_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        installation_id bigint NOT NULL,
        meter_id bigint NOT NULL,
        usage_point_id bigint NOT NULL,
        installed_on date NOT NULL,
        removed_on date,
        pt_primary integer NOT NULL,
        pt_secondary integer NOT NULL,
        ct_primary integer NOT NULL,
        ct_secondary integer NOT NULL,
        recorded_by bigint NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT meter_installation_versions_same_place FOREIGN KEY (installation_id, meter_id, usage_point_id)
          REFERENCES meter_installations (installation_id, meter_id, usage_point_id),
        CONSTRAINT meter_installation_versions_dates_in_order CHECK (removed_on > installed_on),
        CONSTRAINT meter_installation_versions_ratios_in_range CHECK (
          pt_primary BETWEEN 1 AND 1000000 AND pt_secondary BETWEEN 1 AND 1000000
          AND ct_primary BETWEEN 1 AND 1000000 AND ct_secondary BETWEEN 1 AND 1000000),
        CONSTRAINT meter_installation_versions_one_place_at_a_time
          EXCLUDE USING gist (meter_id WITH =, daterange(installed_on, removed_on) WITH &&) WHERE (superseded_revision IS NULL)
      );
      CREATE UNIQUE INDEX meter_installation_versions_one_live ON meter_installation_versions (installation_id)
        WHERE superseded_revision IS NULL;
      CREATE INDEX meter_installation_versions_by_point ON meter_installation_versions (usage_point_id, installed_on);
      CREATE INDEX meter_installation_versions_by_meter ON meter_installation_versions (meter_id, installed_on);
      CREATE TRIGGER meter_installation_versions_share_lock BEFORE INSERT OR UPDATE OR DELETE ON meter_installation_versions
        FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs();
      CREATE TRIGGER meter_installation_versions_guard BEFORE UPDATE OR DELETE ON meter_installation_versions
        FOR EACH ROW EXECUTE FUNCTION guard_input_row();
      REVOKE UPDATE, DELETE ON meter_installation_versions FROM wattledger_app;
      GRANT UPDATE (superseded_revision) ON meter_installation_versions TO wattledger_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE meter_installation_versions;
      DROP TABLE meter_installations;
      DROP TABLE meter_registers;
      DROP TABLE meters;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Energy added or taken off by hand: the request, and the approved row that billing reads. */
export class EnergyAdjustments0000000000406 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE energy_adjustment_requests (
        adjustment_request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        usage_point_id bigint NOT NULL
          CONSTRAINT energy_adjustment_requests_point_known REFERENCES usage_points (usage_point_id),
        stage text NOT NULL CONSTRAINT energy_adjustment_requests_stage_listed CHECK (stage IN ('before-losses', 'after-losses')),
        standing boolean NOT NULL,
        first_period text NOT NULL CONSTRAINT energy_adjustment_requests_first_is_month CHECK (first_period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        last_period text CONSTRAINT energy_adjustment_requests_last_is_month CHECK (last_period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        total_kwh numeric(18, 4),
        sharp_kwh numeric(18, 4),
        peak_kwh numeric(18, 4),
        flat_kwh numeric(18, 4),
        valley_kwh numeric(18, 4),
        deep_valley_kwh numeric(18, 4),
        reactive_kvarh numeric(18, 4),
        reason text NOT NULL,
        work_order_no text,
        state text NOT NULL DEFAULT 'requested'
          CONSTRAINT energy_adjustment_requests_state_listed CHECK (state IN ('requested', 'approved', 'rejected', 'ended')),
        requested_by bigint NOT NULL,
        requested_at timestamptz NOT NULL DEFAULT app_now(),
        decided_by bigint,
        decided_at timestamptz,
        CONSTRAINT energy_adjustment_requests_periods_in_order CHECK (last_period >= first_period),
        CONSTRAINT energy_adjustment_requests_once_is_one_period CHECK (standing OR last_period = first_period),
        CONSTRAINT energy_adjustment_requests_total_or_periods CHECK (
          total_kwh IS NULL OR coalesce(sharp_kwh, peak_kwh, flat_kwh, valley_kwh, deep_valley_kwh) IS NULL),
        CONSTRAINT energy_adjustment_requests_some_energy CHECK (
          coalesce(total_kwh, sharp_kwh, peak_kwh, flat_kwh, valley_kwh, deep_valley_kwh, reactive_kvarh) IS NOT NULL),
        CONSTRAINT energy_adjustment_requests_another_person CHECK (state <> 'approved' OR decided_by <> requested_by)
      );
      CREATE INDEX energy_adjustment_requests_by_point ON energy_adjustment_requests (usage_point_id);
      REVOKE UPDATE, DELETE ON energy_adjustment_requests FROM wattledger_app;
      GRANT UPDATE (state, decided_by, decided_at) ON energy_adjustment_requests TO wattledger_app;

      CREATE TABLE energy_adjustments (
        adjustment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        adjustment_request_id bigint NOT NULL
          CONSTRAINT energy_adjustments_request_known REFERENCES energy_adjustment_requests (adjustment_request_id),
        usage_point_id bigint NOT NULL CONSTRAINT energy_adjustments_point_known REFERENCES usage_points (usage_point_id),
        first_period text NOT NULL,
        last_period text,
        recorded_by bigint NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT energy_adjustments_periods_in_order CHECK (last_period >= first_period)
      );
      CREATE UNIQUE INDEX energy_adjustments_one_live ON energy_adjustments (adjustment_request_id) WHERE superseded_revision IS NULL;
      CREATE INDEX energy_adjustments_by_point ON energy_adjustments (usage_point_id, first_period);
      CREATE TRIGGER energy_adjustments_share_lock BEFORE INSERT OR UPDATE OR DELETE ON energy_adjustments
        FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs();
      CREATE TRIGGER energy_adjustments_guard BEFORE UPDATE OR DELETE ON energy_adjustments
        FOR EACH ROW EXECUTE FUNCTION guard_input_row();
      REVOKE UPDATE, DELETE ON energy_adjustments FROM wattledger_app;
      GRANT UPDATE (superseded_revision) ON energy_adjustments TO wattledger_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE energy_adjustments;
      DROP TABLE energy_adjustment_requests;
    `);
  }
}

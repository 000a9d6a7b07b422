import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Usage points, their dated versions, and the tree of main meters and sub-meters. */
export class UsagePoints0000000000401 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE usage_points (
        usage_point_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        usage_point_no text NOT NULL
          CONSTRAINT usage_points_no_unique UNIQUE
          CONSTRAINT usage_points_no_form CHECK (usage_point_no ~ '^[0-9A-Z][0-9A-Z-]{3,23}$'),
        account_id bigint NOT NULL CONSTRAINT usage_points_account_known REFERENCES accounts (account_id),
        created_at timestamptz NOT NULL DEFAULT app_now()
      );
      CREATE INDEX usage_points_by_account ON usage_points (account_id);
      REVOKE UPDATE, DELETE ON usage_points FROM wattledger_app;

      CREATE TABLE usage_point_versions (
        usage_point_version_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        usage_point_id bigint NOT NULL CONSTRAINT usage_point_versions_point_known REFERENCES usage_points (usage_point_id),
        valid_from date NOT NULL,
        valid_to date,
        kind text NOT NULL CONSTRAINT usage_point_versions_kind_listed CHECK (kind IN ('metered', 'fixed-quantity', 'fixed-ratio')),
        role text NOT NULL CONSTRAINT usage_point_versions_role_listed CHECK (role IN ('billing', 'check')),
        plan_id text,
        category text,
        voltage text,
        time_of_use boolean NOT NULL,
        metering_mode text NOT NULL
          CONSTRAINT usage_point_versions_mode_listed CHECK (metering_mode IN ('high-high', 'high-low', 'low-low')),
        lighting_connection text
          CONSTRAINT usage_point_versions_lighting_listed CHECK (lighting_connection IN ('series', 'parallel')),
        transformer_no text,
        supply_circuit_no text,
        fixed_quantity_kwh numeric(18, 4),
        fixed_ratio_percent numeric(7, 4),
        line_loss jsonb,
        recorded_by bigint NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT usage_point_versions_dates_in_order CHECK (valid_to > valid_from),
        CONSTRAINT usage_point_versions_quantity_of_kind
          CHECK ((kind = 'fixed-quantity') = (fixed_quantity_kwh IS NOT NULL) AND fixed_quantity_kwh >= 0),
        CONSTRAINT usage_point_versions_ratio_of_kind
          CHECK ((kind = 'fixed-ratio') = (fixed_ratio_percent IS NOT NULL)),
        CONSTRAINT usage_point_versions_ratio_in_range CHECK (fixed_ratio_percent BETWEEN 0 AND 100),
        CONSTRAINT usage_point_versions_no_overlap
          EXCLUDE USING gist (usage_point_id WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (superseded_revision IS NULL)
      );
      CREATE INDEX usage_point_versions_by_point ON usage_point_versions (usage_point_id, valid_from);
      CREATE INDEX usage_point_versions_by_transformer ON usage_point_versions (transformer_no) WHERE transformer_no IS NOT NULL;
      CREATE TRIGGER usage_point_versions_share_lock BEFORE INSERT OR UPDATE OR DELETE ON usage_point_versions
        FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs();
      CREATE TRIGGER usage_point_versions_guard BEFORE UPDATE OR DELETE ON usage_point_versions
        FOR EACH ROW EXECUTE FUNCTION guard_input_row();
      REVOKE UPDATE, DELETE ON usage_point_versions FROM wattledger_app;
      GRANT UPDATE (superseded_revision) ON usage_point_versions TO wattledger_app;
    `);
    await runner.query(`
      CREATE TABLE usage_point_parents (
        parent_link_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        child_usage_point_id bigint NOT NULL CONSTRAINT usage_point_parents_child_known REFERENCES usage_points (usage_point_id),
        parent_usage_point_id bigint NOT NULL CONSTRAINT usage_point_parents_parent_known REFERENCES usage_points (usage_point_id),
        position smallint NOT NULL CONSTRAINT usage_point_parents_at_most_two CHECK (position IN (1, 2)),
        valid_from date NOT NULL,
        valid_to date,
        recorded_by bigint NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT app_now(),
        recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'),
        superseded_revision bigint,
        CONSTRAINT usage_point_parents_dates_in_order CHECK (valid_to > valid_from),
        CONSTRAINT usage_point_parents_not_itself CHECK (child_usage_point_id <> parent_usage_point_id),
        CONSTRAINT usage_point_parents_one_per_position
          EXCLUDE USING gist (child_usage_point_id WITH =, position WITH =, daterange(valid_from, valid_to) WITH &&)
          WHERE (superseded_revision IS NULL),
        CONSTRAINT usage_point_parents_each_once
          EXCLUDE USING gist (child_usage_point_id WITH =, parent_usage_point_id WITH =, daterange(valid_from, valid_to) WITH &&)
          WHERE (superseded_revision IS NULL)
      );
      CREATE INDEX usage_point_parents_by_child ON usage_point_parents (child_usage_point_id);
      CREATE INDEX usage_point_parents_by_parent ON usage_point_parents (parent_usage_point_id);
      CREATE TRIGGER usage_point_parents_share_lock BEFORE INSERT OR UPDATE OR DELETE ON usage_point_parents
        FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs();
      CREATE TRIGGER usage_point_parents_guard BEFORE UPDATE OR DELETE ON usage_point_parents
        FOR EACH ROW EXECUTE FUNCTION guard_input_row();
      REVOKE UPDATE, DELETE ON usage_point_parents FROM wattledger_app;
      GRANT UPDATE (superseded_revision) ON usage_point_parents TO wattledger_app;
    `);
    await runner.query(`
      CREATE FUNCTION guard_usage_point_tree() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        days daterange := daterange(NEW.valid_from, NEW.valid_to);
        levels_above integer;
        levels_below integer;
      BEGIN
        IF NEW.superseded_revision IS NOT NULL THEN RETURN NULL; END IF;
        -- Two writers could each see only their own link and close a ring between them.
        PERFORM pg_advisory_xact_lock(7001, 2);
        IF EXISTS (
          WITH RECURSIVE above (point) AS (
            SELECT NEW.parent_usage_point_id
            UNION
            SELECT link.parent_usage_point_id FROM usage_point_parents link JOIN above ON link.child_usage_point_id = above.point
            WHERE link.superseded_revision IS NULL AND daterange(link.valid_from, link.valid_to) && days
          )
          SELECT 1 FROM above WHERE point = NEW.child_usage_point_id
        ) THEN
          RAISE EXCEPTION 'usage point % would be above itself', NEW.child_usage_point_id
            USING ERRCODE = '23514', CONSTRAINT = 'usage_point_parents_no_cycle', TABLE = 'usage_point_parents';
        END IF;
        WITH RECURSIVE above (point, level) AS (
          SELECT NEW.parent_usage_point_id, 1
          UNION
          SELECT link.parent_usage_point_id, above.level + 1
          FROM usage_point_parents link JOIN above ON link.child_usage_point_id = above.point
          WHERE link.superseded_revision IS NULL AND daterange(link.valid_from, link.valid_to) && days AND above.level < 5
        )
        SELECT max(level) INTO levels_above FROM above;
        WITH RECURSIVE below (point, level) AS (
          SELECT NEW.child_usage_point_id, 1
          UNION
          SELECT link.child_usage_point_id, below.level + 1
          FROM usage_point_parents link JOIN below ON link.parent_usage_point_id = below.point
          WHERE link.superseded_revision IS NULL AND daterange(link.valid_from, link.valid_to) && days AND below.level < 5
        )
        SELECT max(level) INTO levels_below FROM below;
        IF levels_above + levels_below > 4 THEN
          RAISE EXCEPTION 'the tree of usage point % would have % levels', NEW.child_usage_point_id, levels_above + levels_below
            USING ERRCODE = '23514', CONSTRAINT = 'usage_point_parents_four_levels', TABLE = 'usage_point_parents';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER usage_point_parents_tree AFTER INSERT ON usage_point_parents
        FOR EACH ROW EXECUTE FUNCTION guard_usage_point_tree();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE usage_point_parents;
      DROP FUNCTION guard_usage_point_tree();
      DROP TABLE usage_point_versions;
      DROP TABLE usage_points;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The clean cut between what a billing run reads and what is written meanwhile. Every table that billing reads has
 *   recorded_revision bigint NOT NULL DEFAULT nextval('input_revision'), superseded_revision bigint
 * with the triggers
 *   BEFORE INSERT OR UPDATE OR DELETE FOR EACH STATEMENT EXECUTE FUNCTION share_lock_inputs()
 *   BEFORE UPDATE OR DELETE FOR EACH ROW EXECUTE FUNCTION guard_input_row()
 * A writer share-locks the inputs until it commits and numbers its rows after it got the lock; freeze_inputs()
 * waits for the writers and answers a revision: rows up to it are in the run, later ones are not, and nothing
 * slips in between. A correction supersedes the old row with next_input_revision() and inserts a new one.
 */
export class BillingInputs0000000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SEQUENCE input_revision AS bigint;

      CREATE FUNCTION share_lock_inputs() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(7001, 1);
        RETURN NULL;
      END $$;

      CREATE FUNCTION next_input_revision() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(7001, 1);
        RETURN nextval('public.input_revision');
      END $$;

      CREATE FUNCTION freeze_inputs() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(7001, 1);
        RETURN nextval('public.input_revision');
      END $$;

      CREATE FUNCTION guard_input_row() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        free text[] := array_append(TG_ARGV::text[], 'superseded_revision');
      BEGIN
        IF TG_OP = 'UPDATE'
          AND to_jsonb(NEW) - free = to_jsonb(OLD) - free
          AND (OLD.superseded_revision IS NULL OR NEW.superseded_revision = OLD.superseded_revision)
          AND (NEW.superseded_revision IS NULL OR NEW.superseded_revision > NEW.recorded_revision)
        THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a recorded row of % is final: a correction is a new row', TG_TABLE_NAME
          USING ERRCODE = 'check_violation', CONSTRAINT = 'input_row_is_final', TABLE = TG_TABLE_NAME;
      END $$;
      COMMENT ON FUNCTION guard_input_row() IS
        'Lets an input row only be superseded, once; columns named as trigger arguments stay changeable.';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION guard_input_row();
      DROP FUNCTION freeze_inputs();
      DROP FUNCTION next_input_revision();
      DROP FUNCTION share_lock_inputs();
      DROP SEQUENCE input_revision;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of one bill, by which the guards are told apart. */
const PARTS = ['bill_lines', 'bill_documents'] as const;

/**
 * A bill of a released run is never edited or removed; only its cancellation (live → not live) is let through.
 * Bills of a run that is not released may be removed, because such a run can be thrown away and computed again.
 * The removal guards look at whole statements, so that discarding an interval costs one check, not one a row.
 */
export class BillGuards0000000000502 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createFunctions(runner);
    await runner.query(`
      CREATE TRIGGER bills_only_cancellation BEFORE UPDATE ON bills
      FOR EACH ROW EXECUTE FUNCTION guard_bill_update()`);
    await runner.query(`
      CREATE TRIGGER bills_released_stay AFTER DELETE ON bills
      REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION guard_bill_rows()`);
    await runner.query(`
      CREATE TRIGGER bills_not_into_released_run AFTER INSERT ON bills
      REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_bill_insert()`);
    for (const table of PARTS) {
      await runner.query(`
        CREATE TRIGGER ${table}_never_edited BEFORE UPDATE ON ${table}
        FOR EACH ROW EXECUTE FUNCTION guard_bill_part_update('${table}_never_edited')`);
      await runner.query(`
        CREATE TRIGGER ${table}_released_stay AFTER DELETE ON ${table}
        REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION guard_bill_part_rows()`);
    }
    await runner.query('REVOKE TRUNCATE ON bills, bill_lines, bill_documents FROM wattledger_app');
    await runner.query('REVOKE UPDATE ON bills, bill_lines, bill_documents FROM wattledger_app');
    await runner.query('GRANT UPDATE (live) ON bills TO wattledger_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER bills_only_cancellation ON bills');
    await runner.query('DROP TRIGGER bills_released_stay ON bills');
    await runner.query('DROP TRIGGER bills_not_into_released_run ON bills');
    for (const table of PARTS) {
      await runner.query(`DROP TRIGGER ${table}_never_edited ON ${table}`);
      await runner.query(`DROP TRIGGER ${table}_released_stay ON ${table}`);
    }
    for (const name of ['guard_bill_part_rows', 'guard_bill_part_update', 'guard_bill_insert', 'guard_bill_rows', 'guard_bill_update']) {
      await runner.query(`DROP FUNCTION ${name}()`);
    }
    await runner.query('REVOKE UPDATE (live) ON bills FROM wattledger_app');
    await runner.query('GRANT UPDATE ON bills, bill_lines, bill_documents TO wattledger_app');
  }

  private async createFunctions(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION guard_bill_update() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        cancelled bills;
      BEGIN
        cancelled := NEW;
        cancelled.live := OLD.live;
        IF cancelled IS DISTINCT FROM OLD OR NEW.live OR NOT OLD.live THEN
          RAISE EXCEPTION 'a bill is never edited, only cancelled'
            USING ERRCODE = '23001', CONSTRAINT = 'bills_only_cancellation';
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE FUNCTION guard_bill_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM (SELECT DISTINCT run_id FROM removed) gone
                   JOIN billing_runs USING (run_id) WHERE released_at IS NOT NULL) THEN
          RAISE EXCEPTION 'a released bill is never removed'
            USING ERRCODE = '23001', CONSTRAINT = 'bills_released_stay';
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE FUNCTION guard_bill_insert() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM (SELECT DISTINCT run_id FROM added) come
                   JOIN billing_runs USING (run_id) WHERE released_at IS NOT NULL) THEN
          RAISE EXCEPTION 'a released run takes no further bill'
            USING ERRCODE = '23001', CONSTRAINT = 'bills_not_into_released_run';
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE FUNCTION guard_bill_part_update() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'lines and documents of a bill are never edited'
          USING ERRCODE = '23001', CONSTRAINT = TG_ARGV[0];
      END $$`);
    await runner.query(`
      CREATE FUNCTION guard_bill_part_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM (SELECT DISTINCT period, bill_id FROM removed) gone
                   JOIN bills USING (period, bill_id)
                   JOIN billing_runs USING (run_id) WHERE released_at IS NOT NULL) THEN
          RAISE EXCEPTION 'lines and documents of a released bill are never removed'
            USING ERRCODE = '23001', CONSTRAINT = TG_TABLE_NAME || '_released_stay';
        END IF;
        RETURN NULL;
      END $$`);
  }
}

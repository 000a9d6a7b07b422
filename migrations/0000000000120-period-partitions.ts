import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * ensure_period_partitions('2026-03') creates the month's partition of every table that is partitioned by a column
 * named period (LIST or RANGE, text 'YYYY-MM' or the first day of the month) and answers how many were missing.
 * It runs with the owner's rights, since the application's role owns nothing. Rows are reached through the parent
 * alone: no privilege is left on the partitions, so a right that is taken from the parent is gone for good.
 */
export class PeriodPartitions0000000000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION ensure_period_partitions(period text) RETURNS integer
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        parent record;
        partition_name text;
        month date;
        created integer := 0;
        lower_bound text;
        upper_bound text;
      BEGIN
        IF period !~ '^20[0-9]{2}-(0[1-9]|1[0-2])$' THEN
          RAISE EXCEPTION 'a billing period is written YYYY-MM'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'billing_period_format';
        END IF;
        month := (period || '-01')::date;
        FOR parent IN
          SELECT c.relname AS table_name, p.partstrat::text AS strategy, a.atttypid = 'date'::regtype AS is_date
          FROM pg_partitioned_table p
          JOIN pg_class c ON c.oid = p.partrelid AND c.relnamespace = 'public'::regnamespace
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0] AND a.attname = 'period'
          WHERE p.partnatts = 1
          ORDER BY c.oid
        LOOP
          partition_name := format('%s_%s', parent.table_name, to_char(month, 'YYYY_MM'));
          CONTINUE WHEN to_regclass(format('public.%I', partition_name)) IS NOT NULL;
          PERFORM pg_advisory_xact_lock(7002, 1);
          CONTINUE WHEN to_regclass(format('public.%I', partition_name)) IS NOT NULL;
          lower_bound := CASE WHEN parent.is_date THEN month::text ELSE period END;
          upper_bound := CASE WHEN parent.is_date THEN (month + interval '1 month')::date::text
                              ELSE to_char(month + interval '1 month', 'YYYY-MM') END;
          EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES %s', partition_name, parent.table_name,
            CASE parent.strategy WHEN 'l' THEN format('IN (%L)', lower_bound)
                                 ELSE format('FROM (%L) TO (%L)', lower_bound, upper_bound) END);
          EXECUTE format('REVOKE ALL ON %I FROM wattledger_app, wattledger_reader', partition_name);
          created := created + 1;
        END LOOP;
        RETURN created;
      END $$;
      REVOKE ALL ON FUNCTION ensure_period_partitions(text) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ensure_period_partitions(text) TO wattledger_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION ensure_period_partitions(text)');
  }
}

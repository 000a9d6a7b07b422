import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the roles may do by default, and the one clock of the database. Runs as the owner; the application's role
 * owns nothing and later migrations take away what a table must not suffer (UPDATE and DELETE on append-only tables).
 */
export class RolesAndClock0000000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist;

      GRANT USAGE ON SCHEMA public TO wattledger_app, wattledger_reader;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO wattledger_app;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO wattledger_app;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO wattledger_reader;
      GRANT SELECT ON schema_migrations TO wattledger_app, wattledger_reader;

      CREATE TABLE sandbox_clock (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        offset_by interval NOT NULL
      );
      INSERT INTO sandbox_clock (offset_by) VALUES (interval '0');
      REVOKE INSERT, UPDATE, DELETE ON sandbox_clock FROM wattledger_app;
      COMMENT ON TABLE sandbox_clock IS 'How far tests and sandboxes moved the clock; only the owner can move it.';

      CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT now() + coalesce((SELECT offset_by FROM public.sandbox_clock), interval '0')
      $$;
      CREATE FUNCTION app_today() RETURNS date LANGUAGE sql STABLE AS $$
        SELECT (public.app_now() AT TIME ZONE 'Asia/Shanghai')::date
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION app_today();
      DROP FUNCTION app_now();
      DROP TABLE sandbox_clock;
      REVOKE SELECT ON schema_migrations FROM wattledger_app, wattledger_reader;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM wattledger_reader;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM wattledger_app;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM wattledger_app;
      REVOKE USAGE ON SCHEMA public FROM wattledger_app, wattledger_reader;
      DROP EXTENSION IF EXISTS btree_gist;
    `);
  }
}

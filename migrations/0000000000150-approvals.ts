import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one place where a second person agrees. The database itself refuses that both are the same. */
export class Approvals0000000000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE approvals (
        approval_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT approvals_pk PRIMARY KEY,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        action text NOT NULL,
        requested_by bigint NOT NULL CONSTRAINT approvals_requested_by_fk REFERENCES users (user_id),
        approved_by bigint NOT NULL CONSTRAINT approvals_approved_by_fk REFERENCES users (user_id),
        approved_at timestamptz NOT NULL DEFAULT app_now(),
        request_id text,
        CONSTRAINT approvals_by_another_person CHECK (requested_by <> approved_by),
        CONSTRAINT approvals_once UNIQUE (subject_type, subject_id, action)
      );
      REVOKE UPDATE, DELETE ON approvals FROM wattledger_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE approvals;');
  }
}

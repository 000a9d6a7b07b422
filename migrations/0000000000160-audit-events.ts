import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who did what to which record, and when. Append-only by privilege: the application can neither change nor delete it. */
export class AuditEvents0000000000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_events (
        audit_event_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_events_pk PRIMARY KEY,
        happened_at timestamptz NOT NULL DEFAULT app_now(),
        user_id bigint CONSTRAINT audit_events_user_fk REFERENCES users (user_id),
        action text NOT NULL CONSTRAINT audit_events_action_form CHECK (action ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$'),
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        detail jsonb NOT NULL DEFAULT '{}',
        request_id text,
        CONSTRAINT audit_events_detail_is_object CHECK (jsonb_typeof(detail) = 'object')
      );
      COMMENT ON COLUMN audit_events.user_id IS 'null: done by the system itself, not on behalf of a user';
      CREATE INDEX audit_events_subject ON audit_events (subject_type, subject_id, audit_event_id);
      CREATE INDEX audit_events_user ON audit_events (user_id, audit_event_id);
      REVOKE UPDATE, DELETE ON audit_events FROM wattledger_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_events;');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The keys under which work was started, with the answer that a repetition gets. While the first attempt runs it
 * holds a lease with a fencing number; its own transactions confirm the number before they commit, so that of two
 * attempts only one can take effect.
 */
export class IdempotencyKeys0000000000170 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_keys (
        user_id bigint NOT NULL CONSTRAINT idempotency_keys_user_fk REFERENCES users (user_id),
        operation text NOT NULL,
        key text NOT NULL CONSTRAINT idempotency_keys_key_form CHECK (key ~ '^[A-Za-z0-9._:-]{8,128}$'),
        input_hash bytea NOT NULL CONSTRAINT idempotency_keys_hash_length CHECK (octet_length(input_hash) = 32),
        fence bigint NOT NULL DEFAULT 1,
        lease_until timestamptz NOT NULL,
        effect_at timestamptz,
        answered_at timestamptz,
        answer_status integer,
        answer_headers jsonb,
        answer_body json,
        created_at timestamptz NOT NULL DEFAULT app_now(),
        CONSTRAINT idempotency_keys_pk PRIMARY KEY (user_id, operation, key),
        CONSTRAINT idempotency_keys_answer_complete CHECK ((answered_at IS NULL) = (answer_status IS NULL))
      );
      CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys;');
  }
}

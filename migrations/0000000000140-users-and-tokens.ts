import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may call. A token is kept as its SHA-256 only, so that a copy of the table lets nobody in; it always expires,
 * and a revoked or expired token is never deleted, because the audit names the user behind it.
 */
export class UsersAndTokens0000000000140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        user_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT users_pk PRIMARY KEY,
        name text NOT NULL CONSTRAINT users_name_form CHECK (name ~ '^[[:alnum:]][[:alnum:]._@-]{0,63}$'),
        roles text[] NOT NULL,
        agency_id bigint,
        customer_id bigint,
        created_at timestamptz NOT NULL DEFAULT app_now(),
        disabled_at timestamptz,
        CONSTRAINT users_name_unique UNIQUE (name),
        CONSTRAINT users_roles_known CHECK (
          cardinality(roles) >= 1
          AND roles <@ ARRAY['operator', 'supervisor', 'clerk', 'auditor', 'agent', 'customer']
        ),
        CONSTRAINT users_agent_has_agency CHECK (agency_id IS NULL OR roles = ARRAY['agent']),
        CONSTRAINT users_customer_is_one CHECK (customer_id IS NULL OR roles = ARRAY['customer'])
      );
      REVOKE DELETE ON users FROM wattledger_app;

      CREATE TABLE access_tokens (
        token_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT access_tokens_pk PRIMARY KEY,
        user_id bigint NOT NULL CONSTRAINT access_tokens_user_fk REFERENCES users (user_id),
        token_hash bytea NOT NULL CONSTRAINT access_tokens_hash_length CHECK (octet_length(token_hash) = 32),
        created_at timestamptz NOT NULL DEFAULT app_now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        CONSTRAINT access_tokens_hash_unique UNIQUE (token_hash),
        CONSTRAINT access_tokens_expire CHECK (expires_at > created_at)
      );
      CREATE INDEX access_tokens_user ON access_tokens (user_id);
      REVOKE UPDATE, DELETE ON access_tokens FROM wattledger_app;
      GRANT UPDATE (revoked_at) ON access_tokens TO wattledger_app;
      REVOKE SELECT ON access_tokens FROM wattledger_reader;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access_tokens; DROP TABLE users;');
  }
}

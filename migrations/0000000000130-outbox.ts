import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events that a transaction leaves for others, and one delivery for each subscriber: a subscriber that fails
 * is tried again alone, and parked with its last error when its attempts are used up.
 */
export class Outbox0000000000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox_events (
        event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL CHECK (length(topic) BETWEEN 1 AND 100),
        payload jsonb NOT NULL,
        published_at timestamptz NOT NULL DEFAULT app_now()
      );
      REVOKE UPDATE ON outbox_events FROM wattledger_app;

      CREATE TABLE outbox_deliveries (
        delivery_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id bigint NOT NULL REFERENCES outbox_events ON DELETE CASCADE,
        subscriber text NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'parked')),
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        last_error text,
        CONSTRAINT outbox_delivery_once UNIQUE (event_id, subscriber)
      );
      CREATE INDEX outbox_deliveries_due ON outbox_deliveries (due_at, delivery_id) WHERE state = 'pending';
      CREATE INDEX outbox_deliveries_parked ON outbox_deliveries (delivery_id) WHERE state = 'parked';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox_deliveries; DROP TABLE outbox_events;');
  }
}

import { runMigrations } from 'bullmq';
import type { Client } from 'pg';

/** The schema in which the queue keeps its jobs when there is no Redis. */
export const QUEUE_SCHEMA = 'bullmq';

/**
 * Brings the queue's own schema up to date as the owner, and lets the application's role work with it. The queue makes
 * a sequence for each new queue itself, so that role may create in this one schema; nothing in it is a record of the trade.
 */
export async function migrateQueueSchema(client: Client): Promise<void> {
  await runMigrations(client, QUEUE_SCHEMA);
  await client.query(`
    GRANT USAGE, CREATE ON SCHEMA ${QUEUE_SCHEMA} TO wattledger_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO wattledger_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO wattledger_app;
  `);
  // Not ON ALL SEQUENCES: those that the application made for its queues are its own, and nobody else can grant them.
  await client.query(`
    DO $$
    DECLARE own regclass;
    BEGIN
      FOR own IN SELECT oid FROM pg_class
        WHERE relkind = 'S' AND relnamespace = '${QUEUE_SCHEMA}'::regnamespace AND pg_get_userbyid(relowner) = current_user
      LOOP
        EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO wattledger_app', own);
      END LOOP;
    END $$`);
}

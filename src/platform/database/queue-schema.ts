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
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO wattledger_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO wattledger_app;
  `);
}

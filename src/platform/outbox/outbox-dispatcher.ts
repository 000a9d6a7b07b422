import { Injectable, Logger } from '@nestjs/common';
import { Database, type Tx } from '../database';
import { Sweep } from '../queue';
import { Outbox, type OutboxEvent } from './outbox';

const SWEEP_MS = 500;
const MAX_ATTEMPTS = 10;
const BATCH = 200;
/** Events whose deliveries are all done are kept so long for questions. */
const KEEP = '30 days';

interface ClaimedDelivery {
  delivery_id: string;
  subscriber: string;
  event_id: string;
  topic: string;
  payload: unknown;
}

/** A delivery that was given up after its last attempt. */
export interface ParkedDelivery {
  deliveryId: string;
  topic: string;
  subscriber: string;
  attempts: number;
  lastError: string | null;
}

/** Brings events to their subscribers, at least once, a failing one again after 2, 4, 8 … seconds, and parks it in the end. */
@Injectable()
export class OutboxDispatcher {
  private readonly logger = new Logger('Outbox');

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Delivers what is due, a bounded number at a time; several processes share the work. */
  @Sweep(SWEEP_MS)
  async dispatch(): Promise<number> {
    for (let delivered = 0; delivered < BATCH; delivered += 1) {
      if (!(await this.deliverNext())) return delivered;
    }
    return BATCH;
  }

  @Sweep(3_600_000)
  async forgetOld(): Promise<void> {
    await this.database.query(
      `DELETE FROM outbox_events e WHERE published_at < app_now() - interval '${KEEP}'
         AND NOT EXISTS (SELECT 1 FROM outbox_deliveries d WHERE d.event_id = e.event_id AND d.state <> 'done')`,
    );
  }

  /** Deliveries whose attempts are used up, oldest first, at most so many. */
  async parked(limit = 100): Promise<ParkedDelivery[]> {
    return this.database.query<ParkedDelivery>(
      `SELECT d.delivery_id AS "deliveryId", e.topic, d.subscriber, d.attempts, d.last_error AS "lastError"
       FROM outbox_deliveries d JOIN outbox_events e USING (event_id)
       WHERE d.state = 'parked' ORDER BY d.delivery_id LIMIT $1`,
      [limit],
    );
  }

  /** Lets all parked deliveries start afresh. Answers how many. */
  async retryParked(): Promise<number> {
    const rows = await this.database.query(
      `UPDATE outbox_deliveries SET state = 'pending', attempts = 0, due_at = now(), finished_at = NULL WHERE state = 'parked' RETURNING delivery_id`,
    );
    return rows.length;
  }

  private async deliverNext(): Promise<boolean> {
    let claimed: ClaimedDelivery | undefined;
    try {
      await this.database.transaction(async (tx) => {
        claimed = await this.claim(tx);
        if (claimed) await this.deliver(tx, claimed);
      });
    } catch (error) {
      if (!claimed) throw error;
      await this.recordFailure(claimed, error);
    }
    return claimed !== undefined;
  }

  private async claim(tx: Tx): Promise<ClaimedDelivery | undefined> {
    const [row] = await tx.query<ClaimedDelivery[]>(
      `SELECT d.delivery_id, d.subscriber, e.event_id, e.topic, e.payload
       FROM outbox_deliveries d JOIN outbox_events e USING (event_id)
       WHERE d.state = 'pending' AND d.due_at <= now()
       ORDER BY d.due_at, d.delivery_id LIMIT 1 FOR UPDATE OF d SKIP LOCKED`,
    );
    return row;
  }

  private async deliver(tx: Tx, claimed: ClaimedDelivery): Promise<void> {
    const subscriber = this.outbox.subscribers(claimed.topic).find(({ name }) => name === claimed.subscriber);
    if (!subscriber) throw new Error(`this process knows no subscriber ${claimed.subscriber} of ${claimed.topic}`);
    const event: OutboxEvent = { eventId: claimed.event_id, topic: claimed.topic, payload: claimed.payload };
    await subscriber.call(event, tx);
    await tx.query(
      `UPDATE outbox_deliveries SET state = 'done', attempts = attempts + 1, finished_at = app_now(), last_error = NULL WHERE delivery_id = $1`,
      [claimed.delivery_id],
    );
  }

  private async recordFailure(claimed: ClaimedDelivery, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    this.logger.warn(`${claimed.topic} to ${claimed.subscriber} failed: ${message}`);
    await this.database.query(
      `UPDATE outbox_deliveries
       SET attempts = attempts + 1,
           last_error = left($2, 1000),
           due_at = now() + least(power(2, attempts + 1), 3600) * interval '1 second',
           state = CASE WHEN attempts + 1 >= $3 THEN 'parked' ELSE state END,
           finished_at = CASE WHEN attempts + 1 >= $3 THEN app_now() END
       WHERE delivery_id = $1 AND state = 'pending'`,
      [claimed.delivery_id, message, MAX_ATTEMPTS],
    );
  }
}

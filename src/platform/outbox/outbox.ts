import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../database';
import { DecoratedMethods, type DecoratedMethod } from '../queue';

const TOPIC = Symbol('wattledger:outbox-topic');

/** What a subscriber is told. The same event can arrive again: `eventId` tells. */
export interface OutboxEvent<Payload = unknown> {
  eventId: string;
  topic: string;
  payload: Payload;
}

/**
 * A subscriber's method. What it writes through `tx` is committed together with the note that the event was
 * delivered; anything else it does may happen more than once.
 */
export type OutboxSubscriber<Payload = never> = (event: OutboxEvent<Payload>, tx: Tx) => Promise<unknown>;

/** Marks a method that is called for every event of a topic. Each subscriber has its own attempts. */
export function OnOutbox(topic: string) {
  return <Method extends OutboxSubscriber>(_target: object, _key: string | symbol, method: TypedPropertyDescriptor<Method>): void => {
    if (method.value) Reflect.defineMetadata(TOPIC, topic, method.value);
  };
}

/** Leaves events in the transaction that causes them: they exist if and only if it commits. */
@Injectable()
export class Outbox {
  private byTopic: Map<string, DecoratedMethod[]> | undefined;

  constructor(private readonly methods: DecoratedMethods) {}

  /** Writes an event and one delivery for each subscriber of its topic. The payload carries ids, no personal data. */
  async publish(tx: Tx, topic: string, payload: object): Promise<void> {
    const subscribers = this.subscribers(topic).map(({ name }) => name);
    await tx.query(
      `WITH event AS (INSERT INTO outbox_events (topic, payload) VALUES ($1, $2) RETURNING event_id)
       INSERT INTO outbox_deliveries (event_id, subscriber) SELECT event_id, unnest($3::text[]) FROM event`,
      [topic, JSON.stringify(payload), subscribers],
    );
  }

  /** The subscribers of a topic, by the name under which their deliveries are kept. */
  subscribers(topic: string): readonly DecoratedMethod[] {
    if (this.byTopic === undefined) {
      this.byTopic = new Map();
      for (const method of this.methods.find((candidate) => Reflect.hasMetadata(TOPIC, candidate))) {
        const name = Reflect.getMetadata(TOPIC, method.source) as string;
        this.byTopic.set(name, [...(this.byTopic.get(name) ?? []), method]);
      }
    }
    return this.byTopic.get(topic) ?? [];
  }
}

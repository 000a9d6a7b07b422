import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Database, type Tx } from '../../../src/platform/database';
import { OnOutbox, Outbox, OutboxDispatcher, type OutboxEvent } from '../../../src/platform/outbox';
import { openDatabase, type DatabaseFixture } from '../../support/database';
import { platformContext, testConfig } from '../../support/platform-module';

@Injectable()
class Ledger {
  broken = true;

  @OnOutbox('bill.released')
  async open(event: OutboxEvent<{ bill: string }>, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO noted (bill) VALUES ($1)', [event.payload.bill]);
  }

  @OnOutbox('bill.released')
  async notify(_event: OutboxEvent<{ bill: string }>, tx: Tx): Promise<void> {
    await tx.query(`INSERT INTO noted (bill) VALUES ('half-written')`);
    if (this.broken) throw new Error('the notice could not be sent');
  }
}

describe('the outbox', () => {
  let fixture: DatabaseFixture;
  let app: INestApplicationContext;

  beforeEach(async () => {
    fixture = await openDatabase();
    await fixture.owner.query('CREATE TABLE noted (bill text)');
    app = await platformContext(testConfig(fixture), [Ledger]);
  });
  afterEach(async () => {
    await app.close();
    await fixture.close();
  });

  const noted = async (): Promise<unknown[]> => (await fixture.app.query<{ bill: string }>('SELECT bill FROM noted')).rows.map(({ bill }) => bill);
  const publish = (bill: string): Promise<void> =>
    app.get(Database).transaction((tx) => app.get(Outbox).publish(tx, 'bill.released', { bill }));

  it('delivers to each subscriber once, and leaves nothing behind of a subscriber that failed', async () => {
    await publish('B-1');
    expect(await app.get(OutboxDispatcher).dispatch()).toBe(2);
    expect(await noted()).toEqual(['B-1']);
    expect((await fixture.app.query('SELECT subscriber, state, attempts, last_error FROM outbox_deliveries ORDER BY subscriber')).rows).toEqual([
      { subscriber: 'Ledger.notify', state: 'pending', attempts: 1, last_error: 'the notice could not be sent' },
      { subscriber: 'Ledger.open', state: 'done', attempts: 1, last_error: null },
    ]);
  });

  it('has no event of a transaction that failed', async () => {
    const failing = app.get(Database).transaction(async (tx) => {
      await app.get(Outbox).publish(tx, 'bill.released', { bill: 'B-2' });
      throw new Error('no release after all');
    });
    await expect(failing).rejects.toThrow('no release after all');
    expect(await app.get(OutboxDispatcher).dispatch()).toBe(0);
  });

  it('tries a failing subscriber again when its delivery is due, ten times, and parks it until it is retried', async () => {
    await publish('B-3');
    for (let round = 0; round < 12; round += 1) {
      await app.get(OutboxDispatcher).dispatch();
      await fixture.app.query('UPDATE outbox_deliveries SET due_at = now()');
    }
    const [parked] = await app.get(OutboxDispatcher).parked();
    expect(parked).toMatchObject({ topic: 'bill.released', subscriber: 'Ledger.notify', attempts: 10, lastError: 'the notice could not be sent' });
    app.get(Ledger).broken = false;
    expect(await app.get(OutboxDispatcher).retryParked()).toBe(1);
    await app.get(OutboxDispatcher).dispatch();
    expect(await noted()).toEqual(['B-3', 'half-written']);
    expect(await app.get(OutboxDispatcher).parked()).toEqual([]);
  });

  it('gives each delivery to one process only when several dispatch at once', async () => {
    app.get(Ledger).broken = false;
    for (let bill = 0; bill < 20; bill += 1) await publish(`C-${String(bill)}`);
    const dispatcher = app.get(OutboxDispatcher);
    await Promise.all([dispatcher.dispatch(), dispatcher.dispatch(), dispatcher.dispatch()]);
    expect((await noted()).filter((bill) => bill !== 'half-written')).toHaveLength(20);
  });
});

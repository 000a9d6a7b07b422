import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ledgerDifferences } from '../support/ledger-check';
import { type PaymentLoad, paymentPost, startPaymentLoad } from '../support/load/payment-load';
import { tallyPayments } from '../support/load/payment-tally';
import type { Post } from '../support/load/persistent-client';

const PROCESSES = 2;
const FLAWLESS = { doubled: 0, lost: 0, missing: 0, strangers: 0, differing: 0, refused: 0, stuck: 0 };

jest.setTimeout(180_000);

/** The small sister of `npm run test:long -- payments`. */
describe('payments through two API processes', () => {
  let load: PaymentLoad;

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/run.mjs', 'build'], { cwd: join(__dirname, '../..'), stdio: 'ignore' });
    load = await startPaymentLoad(20, PROCESSES);
  });
  afterAll(() => load.stop());
  afterEach(async () => expect(await ledgerDifferences(load.app.db)).toEqual({}));

  test('300 posts of one key at once are one payment, one journal and one answer', async () => {
    const answers = await load.client(300).sendAll(Array.from({ length: 300 }, () => paymentPost('one-key-0001', load.accounts[0]!)));
    expect(await tallyPayments(load.app.db, 'one-key-', answers)).toMatchObject({ ...FLAWLESS, keys: 1, payments: 1, journals: 1 });
    const [other] = await load.client(1).sendAll([paymentPost('one-key-0001', load.accounts[0]!, '12.35')]);
    expect([other?.status, other?.text]).toEqual([422, expect.stringContaining('IDEMPOTENCY.KEY_REUSED')]);
  });

  test('are neither lost nor doubled when processes are killed, and each gets its final answer', async () => {
    const client = load.client(16);
    let killing = true;
    function* payments(): Generator<Post> {
      for (let index = 0; killing; index += 1) yield paymentPost(`killed-${String(index)}`, load.accounts[index % load.accounts.length]!);
    }
    const sent = client.sendAll(payments());
    for (const victim of [0, 1]) {
      while (client.waitingFor(victim) < 4) await new Promise((resolve) => setTimeout(resolve, 5));
      await load.fleet.kill(victim);
      await load.fleet.answering(victim);
    }
    killing = false;
    // What the dead ones held is free after a minute; let it pass at once, also for what the living hold.
    const minute = setInterval(() => void load.app.db.query('update idempotency_keys set lease_until = app_now() where answered_at is null'), 200);
    const answers = await sent;
    clearInterval(minute);
    const tally = await tallyPayments(load.app.db, 'killed-', answers);
    expect(tally).toMatchObject({ ...FLAWLESS, keys: answers.length, payments: answers.length, journals: answers.length });
    expect(answers.some(({ unanswered }) => unanswered > 0)).toBe(true);
    expect(load.fleet.collapses).toEqual([]);
  });
});

import { type PaymentLoad, paymentPost, startPaymentLoad } from '../support/load/payment-load';
import { type PaymentTally, tallyPayments } from '../support/load/payment-tally';
import type { FinalAnswer, Post } from '../support/load/persistent-client';
import { ledgerDifferences } from '../support/ledger-check';
import { seededRandom } from './support/fault-plan';
import { readNumbers } from './support/numbers';

/** Posts of one key; keys that are posted ten times each; kills, with so many requests under way at once; `PAYMENTS=posts=100,kills=5`. */
const PLAN = readNumbers('PAYMENTS', { posts: 10_000, keys: 1_000, kills: 50, clients: 48, seed: 1 });
const TIMES = 10;
const PROCESSES = 2;
const FLAWLESS = { doubled: 0, lost: 0, missing: 0, strangers: 0, differing: 0, refused: 0, stuck: 0 };

let load: PaymentLoad;
const random = seededRandom(PLAN.seed);

beforeAll(async () => {
  load = await startPaymentLoad(PLAN.keys, PROCESSES);
});
afterAll(() => load.stop());
afterEach(async () => {
  expect(load.fleet.collapses).toEqual([]);
  expect(await ledgerDifferences(load.app.db)).toEqual({});
});

const account = (index: number) => load.accounts[index % load.accounts.length]!;
const sum = (answers: readonly FinalAnswer[], of: (answer: FinalAnswer) => number): number => answers.reduce((total, answer) => total + of(answer), 0);

/** One line of JSON for each part: what was counted, and how it came about. */
function report(part: string, began: number, tally: PaymentTally, answers: readonly FinalAnswer[], more: object = {}): void {
  const told = { posts: answers.length, replayed: sum(answers, ({ replayed }) => (replayed ? 1 : 0)), unanswered: sum(answers, ({ unanswered }) => unanswered), toldToWait: sum(answers, ({ toldToWait }) => toldToWait) };
  process.stdout.write(`${JSON.stringify({ test: 'payments', part, ...told, ...tally, ...more, seconds: Math.round((Date.now() - began) / 1_000) })}\n`);
}

test(`${String(PLAN.posts)} posts of one key through two processes at once are one payment, one journal and one answer`, async () => {
  const began = Date.now();
  const client = load.client(PLAN.posts);
  const answers = await client.sendAll(Array.from({ length: PLAN.posts }, () => paymentPost('one-key-0001', account(0))));
  const tally = await tallyPayments(load.app.db, 'one-key-', answers);
  report('one key', began, tally, answers, { concurrency: PLAN.posts });
  expect(tally).toMatchObject({ ...FLAWLESS, keys: 1, payments: 1, journals: 1 });
});

test(`${String(PLAN.keys)} keys of ${String(TIMES)} posts each are as many payments, and other content under a key is refused`, async () => {
  const began = Date.now();
  const client = load.client(PLAN.keys);
  const posts = Array.from({ length: PLAN.keys * TIMES }, (_, index) => paymentPost(`many-keys-${String(index % PLAN.keys)}`, account(index % PLAN.keys)));
  const answers = await client.sendAll(shuffled(posts));
  const before = await tallyPayments(load.app.db, 'many-keys-', answers);
  const others = await client.sendAll(Array.from({ length: PLAN.keys }, (_, index) => paymentPost(`many-keys-${String(index)}`, account(index), '12.35')));
  const codes = others.map(({ status, text }) => `${String(status)} ${(JSON.parse(text) as { code: string }).code}`);
  const tally = await tallyPayments(load.app.db, 'many-keys-', answers);
  report('many keys', began, tally, answers, { concurrency: PLAN.keys, otherContentRefused: codes.length });
  expect(new Set(codes)).toEqual(new Set(['422 IDEMPOTENCY.KEY_REUSED']));
  expect(tally).toEqual(before);
  expect(tally).toMatchObject({ ...FLAWLESS, keys: PLAN.keys, payments: PLAN.keys, journals: PLAN.keys });
});

test(`when API processes are killed ${String(PLAN.kills)} times under load, no acknowledged payment is lost, none is doubled, and each gets its final answer`, async () => {
  const began = Date.now();
  const client = load.client(PLAN.clients);
  let killing = true;
  let inFlightAtKill = 0;
  function* payments(): Generator<Post> {
    for (let index = 0; killing; index += 1) yield paymentPost(`killed-${String(index)}`, account(index));
  }
  const sent = client.sendAll(payments());
  try {
    for (let kills = 0; kills < PLAN.kills; kills += 1) {
      const victim = kills % PROCESSES;
      await load.fleet.answering(victim);
      await pause(800 + random() * 1_200);
      while (client.waitingFor(victim) === 0) await pause(5);
      inFlightAtKill += client.waitingFor(victim);
      await load.fleet.kill(victim);
    }
  } finally {
    killing = false;
  }
  const answers = await sent;
  const tally = await tallyPayments(load.app.db, 'killed-', answers);
  report('killed processes', began, tally, answers, { kills: PLAN.kills, concurrency: PLAN.clients, inFlightAtKill, answeredAfterDeath: sum(answers, ({ replayed }) => (replayed ? 1 : 0)) });
  expect(tally).toMatchObject({ ...FLAWLESS, keys: answers.length, payments: answers.length, journals: answers.length });
  expect(inFlightAtKill).toBeGreaterThanOrEqual(PLAN.kills);
});

function shuffled<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

import { type Plan, play } from '../integration/collection/play';
import { openStage, type Stage } from '../integration/collection/story';
import { readNumbers } from './support/numbers';

/** Accounts, and events of each; `SEQUENCES=sequences=100,seed=7` chooses. */
const PLAN: Plan = readNumbers('SEQUENCES', { sequences: 2_000, steps: 50, seed: 1_001 });

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.app.close());

test(`${String(PLAN.sequences)} random sequences of ${String(PLAN.steps)} bills, payments, refunds, returns, cancellations and rebills leave what plain reasoning says`, async () => {
  const began = Date.now();
  const seconds = (): number => Math.round((Date.now() - began) / 1_000);
  const played = await play(stage, PLAN, (sequence) => {
    if (sequence % 100 === 0) process.stdout.write(`${String(sequence)} sequences, ${String(seconds())} s\n`);
  });
  const events = Object.values(played.events).reduce((total, count) => total + count, 0);
  process.stdout.write(`${JSON.stringify({ test: 'sequences', ...PLAN, differences: 0, moneyEvents: events, ...played, seconds: seconds() })}\n`);
}, 6 * 3_600_000);

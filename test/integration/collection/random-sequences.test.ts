import { play } from './play';
import { openStage, type Stage } from './story';

const PLAN = { sequences: 200, steps: 20, seed: 1 };

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.app.close());

/** Every kind of event, and every refusal that chance brings about, must have been seen. */
const EVENTS = [
  'bill done', 'rebill done', 'payment done', 'payment refused', 'reversal done', 'reversal refused', 'return done', 'return refused', 'refund done', 'refund refused',
  'write-off done', 'write-off refused', 'cancellation done', 'cancellation refused', 'freeing done', 'freeing refused', 'hand-over done', 'hand-over refused', 'prepayment done', 'return-after-cancellation done',
  'reversal-after-cancellation done', 'reversal-after-cancellation refused',
];
const JOURNALS = [
  'bill-issued', 'cancellation-credit', 'credit-recall', 'credit-withdrawal', 'payment', 'payment-reversal', 'prepayment-refund', 'prepayment-use', 'reversal',
  'tender-return', 'write-off',
];

test(`${String(PLAN.sequences)} random sequences of ${String(PLAN.steps)} events leave what plain reasoning says, and books that agree`, async () => {
  const played = await play(stage, PLAN);
  const rare = [...EVENTS.filter((name) => (played.events[name] ?? 0) < 5), ...JOURNALS.filter((name) => (played.journals[name] ?? 0) < 5)];
  expect({ rare, ...(rare.length === 0 ? {} : played) }).toEqual({ rare: [] });
  const { rows } = await stage.app.db.query<{ late: number; claims: number; credited: number; handedOver: number }>(
    `select count(*) filter (where late_charge < 0 and cause = 'moved-to-credit')::int as late, (select count(*)::int from tender_returns where claimed > 0) as claims,
            (select count(*)::int from tender_returns where credit_taken > 0) as credited,
            (select count(*)::int from settlements b join settlements o on o.settlement_id = b.undoes_settlement_id join tender_returns r on r.tender_return_id = b.cause_id
              where b.cause = 'tender-return' and o.cause = 'payment' and o.cause_id <> r.payment_id) as "handedOver" from settlements`);
  expect(rows[0]?.late).toBeGreaterThan(2);
  expect(rows[0]?.claims).toBeGreaterThan(2);
  expect(rows[0]?.credited).toBeGreaterThan(2);
  expect(rows[0]?.handedOver).toBeGreaterThan(2);
}, 600_000);

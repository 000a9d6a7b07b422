import { Debts } from '../../../src/modules/collection/debts/debts';
import { ReturnTender } from '../../../src/modules/collection/payments/return-tender';
import { ReversePayment } from '../../../src/modules/collection/payments/reverse-payment';
import { TakePayment } from '../../../src/modules/collection/payments/take-payment';
import { RefundPrepayment } from '../../../src/modules/collection/prepayments/refund-prepayment';
import { WriteOffReceivable } from '../../../src/modules/collection/write-offs/write-off-receivable';
import { Database } from '../../../src/platform/database';
import { AppError } from '../../../src/platform/errors';
import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { ledgerDifferences } from '../../support/ledger-check';
import { AccountModel, type ModelPayment } from './model';

const SEQUENCES = 200;
const STEPS = 20;
const FIRST_DAY = Date.parse('2026-01-05T09:00:00+08:00');

let app: TestApp;
let clerk: { userId: string };
let chief: { userId: string };
/** Days since the first one; the clock only goes forward, through all sequences. */
let today = 0;

beforeAll(async () => {
  app = await startApp({ at: '2026-01-05T09:00:00+08:00' });
  const { rows } = await app.db.query<{ userId: string }>(`insert into users (name, roles) values ('lin', '{cashier}'), ('zhao', '{supervisor}') returning user_id as "userId"`);
  [clerk, chief] = rows as [{ userId: string }, { userId: string }];
});
afterAll(() => app.close());

const yuan = (fen: bigint): string => {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** The same numbers for the same seed. */
function chance(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

/** How often each kind of event happened, and how often it was refused. */
const happened = new Map<string, number>();

/** One account in the product and in the model, taken through the same events. */
class Story {
  readonly model = new AccountModel();
  readonly told: string[] = [];
  private readonly paymentIds = new Map<ModelPayment, string>();
  private readonly receivableIds: string[] = [];

  constructor(
    private readonly account: OwingAccount,
    private readonly pick: (below: number) => number,
  ) {}

  /** Both do it, or both refuse it. */
  private async both(what: string, expected: boolean, act: () => Promise<unknown>): Promise<void> {
    this.told.push(`day ${String(today)}: ${what}`);
    const done = await act().then(() => true, (error: unknown) => {
      if (error instanceof AppError) return false;
      throw error;
    });
    const name = `${what.split(' ')[0] ?? ''} ${done ? 'done' : 'refused'}`;
    happened.set(name, (happened.get(name) ?? 0) + 1);
    expect({ told: this.told, done }).toEqual({ told: this.told, done: expected });
  }

  async step(no: number): Promise<void> {
    const { model, pick } = this;
    const kind = pick(14);
    if (kind < 3) await this.release(pick(8) === 0 ? -BigInt(pick(9_000) + 1) : BigInt(pick(30_000) + 1));
    else if (kind < 7) await this.pay(no);
    else if (kind < 9) await this.wait(pick(25) + 1);
    else if (kind < 11) await this.undo(kind === 9);
    else if (kind < 13) await this.refund(BigInt(pick(2) === 0 ? pick(20_000) + 1 : 1) + (pick(3) === 0 ? model.held : 0n));
    else await this.writeOff();
  }

  private async release(fen: bigint): Promise<void> {
    this.model.release(fen, today);
    await this.both(`bill of ${yuan(fen)}`, true, async () => {
      const ids = await releaseBills(app, '2026-01', [{ accountId: this.account.accountId, total: yuan(fen) }]);
      const id = ids.get(this.account.accountId);
      if (id !== undefined) this.receivableIds.push(id);
    });
  }

  private async pay(no: number): Promise<void> {
    const owed = this.model.bills.map((bill) => this.model.owes(bill, today)).filter((fen) => fen > 0n);
    const bills = owed.slice(0, this.pick(owed.length + 1)).reduce((total, fen) => total + fen, 0n);
    const fen = bills + (bills === 0n || this.pick(3) === 0 ? BigInt(this.pick(20_000) + 1) : 0n);
    const event = `pay-${String(no)}`;
    const taken = this.model.pay(event, fen, today);
    const amount = yuan(fen);
    await this.both(`payment of ${amount}`, taken, async () => {
      const view = await app.get(TakePayment).execute({ amount, tenders: [{ kind: 'cheque', amount }], accountNos: [this.account.accountNo] }, clerk);
      const payment = this.model.payments.find((each) => each.event === event);
      if (payment) this.paymentIds.set(payment, view.paymentId);
    });
  }

  private async undo(reversal: boolean): Promise<void> {
    const payment = this.model.payments.at(-1 - this.pick(3));
    if (!payment) return;
    const id = this.paymentIds.get(payment) ?? '';
    if (reversal) await this.both(`reversal of ${payment.event}`, this.model.reverse(payment, today), () => app.get(ReversePayment).execute(id, 'x', clerk));
    else await this.both(`return of ${payment.event}`, this.model.giveBack(payment), () => app.get(ReturnTender).execute(id, 1, 'x', clerk));
  }

  private async refund(fen: bigint): Promise<void> {
    await this.both(`refund of ${yuan(fen)}`, this.model.refund(fen), async () => {
      const refunds = app.get(RefundPrepayment);
      const { state, refundId } = await refunds.request(this.account.accountNo, { amount: yuan(fen), tender: 'cash', reason: 'x' }, clerk);
      if (state === 'requested') await refunds.approve(refundId, chief);
    });
  }

  private async writeOff(): Promise<void> {
    const place = this.pick(this.model.bills.length + 1) - 1;
    const bill = this.model.bills[place];
    if (!bill) return;
    await this.both(`write-off of bill ${String(place)}`, this.model.writeOff(bill, today), async () => {
      const { writeOffId } = await app.get(WriteOffReceivable).request(this.receivableIds[place] ?? '', 'x', clerk);
      await app.get(WriteOffReceivable).approve(writeOffId, chief);
    });
  }

  private async wait(days: number): Promise<void> {
    today += days;
    await app.clock.set(new Date(FIRST_DAY + today * 86_400_000).toISOString());
  }

  async compare(): Promise<void> {
    const day = new Date(FIRST_DAY + today * 86_400_000).toISOString().slice(0, 10);
    const debts = await app.get(Database).transaction((tx) => app.get(Debts).load(tx, this.receivableIds, day));
    const { rows } = await app.db.query<{ held: string; claims: string }>(
      `select coalesce((select balance from account_prepayments where account_id = $1), 0)::numeric(18,2)::text as held,
              coalesce((select sum(claimed) from tender_returns r join payments p using (payment_id) where p.prepaid_account_id = $1), 0)::numeric(18,2)::text as claims`,
      [this.account.accountId],
    );
    const found = { told: this.told, bills: debts.map(({ outstanding, lateCharge }) => [outstanding.toFixed(2), lateCharge.toFixed(2)]), ...rows[0] };
    const { model } = this;
    const expected = { told: this.told, bills: model.bills.map((bill) => [yuan(model.rest(bill)), yuan(model.late(bill, today))]), held: yuan(model.held), claims: yuan(model.claims) };
    expect(found).toEqual(expected);
  }
}

test(`${String(SEQUENCES)} random sequences of ${String(STEPS)} events leave what plain reasoning says, and books that agree`, async () => {
  const accounts = await addOwingAccounts(app, SEQUENCES);
  for (const [index, account] of accounts.entries()) {
    const story = new Story(account, chance(index + 1));
    for (let no = 1; no <= STEPS; no += 1) {
      await story.step(no);
      await story.compare();
    }
    if (index % 20 === 19) expect(await ledgerDifferences(app.db)).toEqual({});
  }
  const rare = ['bill done', 'payment done', 'payment refused', 'reversal done', 'reversal refused', 'return done', 'return refused', 'refund done', 'refund refused', 'write-off done']
    .filter((name) => (happened.get(name) ?? 0) < 20);
  expect({ rare, happened }).toMatchObject({ rare: [] });
  const { rows } = await app.db.query<{ kind: string }>('select kind from journals group by kind having count(*) >= 20 order by kind');
  expect(rows.map(({ kind }) => kind)).toEqual(['bill-issued', 'payment', 'payment-reversal', 'prepayment-refund', 'prepayment-use', 'tender-return', 'write-off']);
  const { rows: late } = await app.db.query<{ paid: number; claims: number }>(
    'select count(*) filter (where late_charge_paid > 0)::int as paid, (select count(*)::int from tender_returns where claimed > 0) as claims from receivables');
  expect(late[0]?.paid).toBeGreaterThan(50);
  expect(late[0]?.claims).toBeGreaterThan(0);
}, 300_000);

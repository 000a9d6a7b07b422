import { DecideCancellation } from '../../../src/modules/billing/cancellations/decide-cancellation';
import { RequestCancellation } from '../../../src/modules/billing/cancellations/request-cancellation';
import { CancellationCredits } from '../../../src/modules/collection/credits/cancellation-credits';
import { Debts } from '../../../src/modules/collection/debts/debts';
import type { NewPayment } from '../../../src/modules/collection/payments/dto/payment.dto';
import { ReturnTender } from '../../../src/modules/collection/payments/return-tender';
import { ReversePayment } from '../../../src/modules/collection/payments/reverse-payment';
import { TakePayment } from '../../../src/modules/collection/payments/take-payment';
import { RefundPrepayment } from '../../../src/modules/collection/prepayments/refund-prepayment';
import { WriteOffReceivable } from '../../../src/modules/collection/write-offs/write-off-receivable';
import type { Actor } from '../../../src/platform/auth';
import { Database } from '../../../src/platform/database';
import { AppError } from '../../../src/platform/errors';
import { startApp, type TestApp } from '../../support/app';
import { addOwingAccounts, type OwingAccount, releaseBills } from '../../support/collection-builder';
import { AccountModel, type ModelPayment, type YearEnd } from './model';

const FIRST_DAY = Date.parse('2026-01-05T09:00:00+08:00');

export const yuan = (fen: bigint): string => {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** The same numbers for the same seed. */
export function chance(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

/** Days since the first one up to the last day of a day's year. */
const yearEnd: YearEnd = (day) => {
  const year = new Date(Date.UTC(2026, 0, 5 + day)).getUTCFullYear();
  return (Date.UTC(year, 11, 31) - Date.UTC(2026, 0, 5)) / 86_400_000;
};

const monthOf = (place: number): string => `${String(2026 + Math.floor(place / 12))}-${String((place % 12) + 1).padStart(2, '0')}`;

/** The application, the persons, and the days, which only go forward through all stories. */
export interface Stage {
  readonly app: TestApp;
  readonly clerk: Actor;
  readonly chief: Actor;
  today: number;
  /** How often each kind of event happened, and how often it was refused. */
  readonly happened: Map<string, number>;
}

export async function openStage(): Promise<Stage> {
  const app = await startApp({ at: new Date(FIRST_DAY).toISOString() });
  const { rows } = await app.db.query<{ userId: string; name: string }>(
    `insert into users (name, roles) values ('lin', '{clerk}'), ('zhao', '{supervisor}') returning user_id as "userId", name`);
  const [clerk, chief] = rows.map((row): Actor => ({ ...row, roles: ['supervisor'], permissions: new Set() }));
  if (!clerk || !chief) throw new Error('nobody is there');
  return { app, clerk, chief, today: 0, happened: new Map() };
}

/** One account in the product and in the model, taken through the same events. */
export class Story {
  readonly model: AccountModel;
  private readonly category: string;
  readonly told: string[] = [];
  private readonly paymentIds = new Map<ModelPayment, string>();
  private months = 0;

  constructor(
    private readonly stage: Stage,
    private readonly account: OwingAccount,
    private readonly pick: (below: number) => number,
  ) {
    const industry = pick(3) === 0;
    this.model = new AccountModel(industry ? yearEnd : null);
    this.category = industry ? 'large-industrial' : 'residential';
    this.told.push(this.category);
  }

  /** Both do it, or both refuse it. */
  private async both(what: string, expected: boolean, act: () => Promise<unknown>): Promise<void> {
    const { today, happened } = this.stage;
    this.told.push(`day ${String(today)}: ${what}`);
    const done = await act().then(() => true, (error: unknown) => {
      if (error instanceof AppError) return false;
      throw error;
    });
    const name = `${what.split(' ')[0] ?? ''} ${done ? 'done' : 'refused'}`;
    happened.set(name, (happened.get(name) ?? 0) + 1);
    expect({ told: this.told, done }).toEqual({ told: this.told, done: expected });
  }

  /** One event; what cannot even be tried just now is drawn again. */
  async step(no: number): Promise<void> {
    const events = this.told.length;
    for (let attempt = 0; attempt < 10 && this.told.length === events; attempt += 1) await this.event(no);
  }

  private async event(no: number): Promise<void> {
    const { model, pick } = this;
    const kind = pick(22);
    if (kind < 3) await this.release();
    else if (kind < 7) await this.pay(no);
    else if (kind < 8) await this.wait(pick(25) + 1);
    else if (kind < 11) await this.undo(kind < 10);
    else if (kind < 13) await this.refund([1n, BigInt(pick(20_000) + 1), model.held, model.held, model.held + 1n][pick(5)] ?? 0n);
    else if (kind < 14) await this.writeOff();
    else if (kind < 17) await this.cancel();
    else if (kind < 19) await this.rebill();
    else if (kind < 20) await this.free();
    else await this.handOver(no);
  }

  private amount(): bigint {
    const kind = this.pick(16);
    if (kind === 0) return 0n;
    return kind < 6 ? -BigInt(this.pick(9_000) + 1) : BigInt(this.pick(30_000) + 1);
  }

  private async release(): Promise<void> {
    await this.issue('bill', (this.months += 1), this.amount());
  }

  private async issue(what: string, month: number, fen: bigint): Promise<void> {
    const { app, today } = this.stage;
    this.model.release(month, fen, today);
    await this.both(`${what} of ${yuan(fen)} for month ${String(month)}`, true, () => releaseBills(app, monthOf(month), [{ accountId: this.account.accountId, total: yuan(fen), category: this.category }]));
  }

  private async pay(no: number): Promise<void> {
    const { today } = this.stage;
    const owed = this.model.ordered().map((bill) => this.model.owes(bill, today)).filter((fen) => fen > 0n);
    const bills = owed.slice(0, this.pick(owed.length + 1)).reduce((total, fen) => total + fen, 0n);
    const fen = bills + (bills === 0n || this.pick(3) === 0 ? BigInt(this.pick(20_000) + 1) : 0n);
    const event = `pay-${String(no)}`;
    const taken = this.model.pay(event, fen, today);
    await this.both(`payment of ${yuan(fen)}`, taken, () => this.take(event, 'cheque', fen, { accountNos: [this.account.accountNo] }));
  }

  /** Pays what is owed, or any amount, with prepayment; where less is held a cheque brings some first. */
  private async handOver(no: number): Promise<void> {
    const { model, pick } = this;
    const { today } = this.stage;
    const owed = model.ordered().map((bill) => model.owes(bill, today)).filter((fen) => fen > 0n);
    const bills = owed.slice(0, pick(owed.length) + 1).reduce((total, fen) => total + fen, 0n);
    const fen = pick(5) === 0 || bills === 0n ? BigInt(pick(5_000) + 1) : bills;
    if (model.held < fen && bills > 0n) await this.prepay(`pay-${String(no)}-before`, fen - BigInt(pick(2)) * model.held);
    const event = `pay-${String(no)}`;
    await this.both(`hand-over of ${yuan(fen)}`, model.handOver(event, fen, today), () => this.take(event, 'prepayment', fen, { accountNos: [this.account.accountNo] }));
  }

  /** A cheque that pays one fen for a neighbour: the rest is prepayment, though bills are open. */
  private async prepay(event: string, fen: bigint): Promise<void> {
    const { app, today } = this.stage;
    const [neighbour] = await addOwingAccounts(app, 1);
    const accountId = neighbour?.accountId ?? '';
    await releaseBills(app, monthOf(0), [{ accountId, total: '0.01' }]);
    const { rows } = await app.db.query<{ id: string }>('select receivable_id as id from receivables where account_id = $1', [accountId]);
    this.model.prepay(event, fen, today);
    await this.both(`prepayment of ${yuan(fen)}`, true, () => this.take(event, 'cheque', fen + 1n, { receivableIds: rows.map(({ id }) => id), prepayAccountNo: this.account.accountNo }));
  }

  private async take(event: string, kind: 'cheque' | 'prepayment', fen: bigint, target: Pick<NewPayment, 'accountNos' | 'receivableIds' | 'prepayAccountNo'>): Promise<void> {
    const { app, clerk } = this.stage;
    const amount = yuan(fen);
    const view = await app.get(TakePayment).execute({ amount, tenders: [{ kind, amount }], ...target }, clerk);
    const payment = this.model.payments.find((each) => each.event === event);
    if (payment) this.paymentIds.set(payment, view.paymentId);
  }

  private async undo(reversal: boolean): Promise<void> {
    const { app, today, clerk } = this.stage;
    // What happens after a cancellation is rare unless it is looked for.
    const credited = this.model.payments.filter((each) => each.credited > 0n && !each.undone).at(-1);
    const payment = this.pick(3) > 0 && credited ? credited : this.model.payments.at(-1 - this.pick(4));
    if (!payment) return;
    const id = this.paymentIds.get(payment) ?? '';
    const after = payment.credited > 0n ? '-after-cancellation' : '';
    if (reversal) await this.both(`reversal${after} of ${payment.event}`, this.model.reverse(payment, today), () => app.get(ReversePayment).execute(id, 'x', clerk));
    else await this.both(`return${after} of ${payment.event}`, this.model.giveBack(payment), () => app.get(ReturnTender).execute(id, 1, 'x', clerk));
  }

  private async refund(fen: bigint): Promise<void> {
    if (fen === 0n) return;
    const { app, clerk, chief } = this.stage;
    await this.both(`refund of ${yuan(fen)}`, this.model.refund(fen), async () => {
      const refunds = app.get(RefundPrepayment);
      const { state, refundId } = await refunds.request(this.account.accountNo, { amount: yuan(fen), tender: 'cash', reason: 'x' }, clerk);
      if (state === 'requested') await refunds.approve(refundId, chief);
    });
  }

  private async writeOff(): Promise<void> {
    const { app, today, clerk, chief } = this.stage;
    const ids = await this.receivableIds();
    const place = this.pick(ids.length + 1) - 1;
    const bill = this.model.ordered()[place];
    if (!bill) return;
    await this.both(`write-off of receivable ${String(place)}`, this.model.writeOff(bill, today), async () => {
      const { writeOffId } = await app.get(WriteOffReceivable).request(ids[place] ?? '', 'x', clerk);
      await app.get(WriteOffReceivable).approve(writeOffId, chief);
    });
  }

  /** One of the last months, with all after it. */
  private async cancel(): Promise<void> {
    const { app, today, clerk, chief } = this.stage;
    const issued = [...this.model.issued.keys()].sort((one, other) => other - one);
    const month = this.pick(5) === 0 ? this.months : issued[this.pick(3)];
    if (month === undefined || month < 1) return;
    const { rows } = await app.db.query<{ billNo: string }>(
      `select bill_no as "billNo" from bills where account_id = $1 and period = $2 and (live or not live) order by bill_id desc limit 1`,
      [this.account.accountId, monthOf(month)],
    );
    await this.both(`cancellation of month ${String(month)}`, this.model.cancel(month, today), async () => {
      const { requestId } = await app.get(RequestCancellation).request(clerk, rows[0]?.billNo ?? '', { reason: 'x', dependents: 'cancel' });
      await app.get(DecideCancellation).approve(requestId, 'x', chief);
    });
  }

  private async rebill(): Promise<void> {
    const months = [...this.model.cancelledMonths].sort((a, b) => a - b);
    const month = months[this.pick(2)] ?? months[0];
    if (month !== undefined) await this.issue('rebill', month, this.amount());
  }

  private async free(): Promise<void> {
    const { app, chief } = this.stage;
    const place = this.model.waiting.length - 1 - this.pick(3);
    const credit = this.model.waiting[place];
    if (!credit) return;
    const again = this.model.waiting.slice(0, place).filter(({ month }) => month === credit.month).length;
    const { rows } = await app.db.query<{ id: string }>(
      'select cancellation_id as id from cancellation_credits where account_id = $1 and period = $2 order by cancellation_id offset $3 limit 1',
      [this.account.accountId, monthOf(credit.month), again],
    );
    await this.both(`freeing of the credit for month ${String(credit.month)}`, this.model.free(place), () => app.get(CancellationCredits).free(rows[0]?.id ?? '', 'x', chief));
  }

  private async wait(days: number): Promise<void> {
    this.stage.today += days;
    this.told.push(`${String(days)} days pass`);
    await this.stage.app.clock.set(new Date(FIRST_DAY + this.stage.today * 86_400_000).toISOString());
  }

  private async receivableIds(): Promise<string[]> {
    const { rows } = await this.stage.app.db.query<{ id: string }>('select receivable_id as id from receivables where account_id = $1 order by period, due_on, receivable_id', [this.account.accountId]);
    return rows.map(({ id }) => id);
  }

  /** What the product says of the account is what the model says. */
  async compare(): Promise<void> {
    const { app, today } = this.stage;
    const day = new Date(FIRST_DAY + today * 86_400_000).toISOString().slice(0, 10);
    const ids = await this.receivableIds();
    const debts = await app.get(Database).transaction((tx) => app.get(Debts).load(tx, ids, day));
    const { rows } = await app.db.query<{ held: string; claims: string }>(
      `select coalesce((select balance from account_prepayments where account_id = $1), 0)::numeric(18,2)::text as held,
              coalesce((select sum(amount) from journal_entries where account_id = $1 and ledger_code = '1221'), 0)::numeric(18,2)::text as claims`,
      [this.account.accountId],
    );
    const found = { told: this.told, bills: debts.map(({ outstanding, lateCharge }) => [outstanding.toFixed(2), lateCharge.toFixed(2)]), ...rows[0] };
    const { model } = this;
    const bills = model.ordered().map((bill) => [yuan(model.rest(bill)), yuan(model.late(bill, today))]);
    expect(found).toEqual({ told: this.told, bills, held: yuan(model.held), claims: yuan(model.claims) });
  }
}

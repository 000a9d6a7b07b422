import { Injectable } from '@nestjs/common';
import { journalOfCollection } from '../../../core/ledger';
import { type Allocation, allocatePayment, changeOf, fillInOrder, keptOf } from '../../../core/receivables';
import { dec, type Decimal, sum, text, ZERO } from '../../../core/quantity';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, prepared, type Tx } from '../../../platform/database';
import { AppError, fieldError } from '../../../platform/errors';
import { type ClaimPart, ClaimRepository, type OpenClaim } from '../claims/claim.repository';
import { type Debt, Debts } from '../debts/debts';
import { type NewSettlement, settle } from '../debts/settlements';
import { postJournals } from '../ledger/post-journals';
import { addPrepayment, lockPrepayment, takePrepayment } from '../prepayments/prepayments';
import type { NewPayment, PaymentView } from './dto/payment.dto';
import { type InsertedPayment, PaymentRepository } from './payment.repository';
import { LEDGER_OF_TENDER, VALUE_DATED } from './payments.codes';

interface Account {
  readonly accountId: string;
  readonly accountNo: string;
}

interface AccountToday extends Account {
  readonly today: string;
}

interface Chosen {
  readonly debts: readonly Debt[];
  /** Named claims, the oldest first. */
  readonly claims: readonly OpenClaim[];
  /** Account that would keep a rest. */
  readonly keeper: Account;
  /** Earlier day on which the money counts. */
  readonly valueOn: string | null;
}

const ACCOUNTS = `select account_no as "accountNo", account_id as "accountId", app_today() as today from accounts where account_no = any($1::text[])`;

/**
 * Takes a payment: holds the receivables still, sets the money against them by the core's rule, then against the claims
 * that were named, keeps the rest as prepayment, and books it. A bill that may not be paid in part refuses money that would pay it in part.
 */
@Injectable()
export class TakePayment {
  constructor(
    private readonly database: Database,
    private readonly debts: Debts,
    private readonly payments: PaymentRepository,
    private readonly claims: ClaimRepository,
    private readonly audit: Audit,
  ) {}

  execute(input: NewPayment, actor: Pick<Actor, 'userId'>): Promise<PaymentView> {
    const tenders = input.tenders.map(({ kind, amount }) => ({ kind, cash: kind === 'cash', amount: dec(amount) }));
    const { tendered, change } = changeOf(tenders, dec(input.amount));
    return this.database.transaction(async (tx) => {
      const { debts, claims, keeper, valueOn } = await this.choose(tx, input);
      const bills = debts.map((debt) => ({ billId: debt.receivableId, principal: debt.outstanding, lateCharge: debt.lateCharge, rule: debt.rule }));
      const allocation = allocatePayment(bills, dec(input.amount), ZERO);
      this.requireWhole(allocation, allocation.advanceBalanceAfter);
      const { parts: claimed, rest } = fillInOrder(claims, allocation.advanceBalanceAfter);
      const used = sum(tenders.filter(({ kind }) => kind === 'prepayment').map(({ amount }) => amount));
      await this.takeUsed(tx, keeper, used, { rest, others: [...debts, ...claimed].some(({ accountId }) => accountId !== keeper.accountId) });
      const prepaid = rest.isZero() ? null : { ...keeper, amount: rest };
      const payment = await this.payments.insert(tx, { receivedBy: actor.userId, amount: input.amount, tendered, change, prepaid, tenders: input.tenders, valueOn, keeperId: keeper.accountId });
      const { paymentId } = payment;
      const settled = settledOf(allocation, debts, paymentId);
      await settle(tx, 'payment', settled, valueOn);
      await this.claims.settle(tx, 'payment', paymentId, paymentId, claimed);
      await addPrepayment(tx, keeper.accountId, rest);
      await this.audit.record(tx, { actor, action: 'collection.payment.create', subjectType: 'payment', subjectId: paymentId, detail: { amount: input.amount, receivables: settled.length, prepaid: text(rest, 2) } });
      const journal = journalOfCollection({
        money: keptOf(tenders, change).flatMap(({ kind, amount }) => (kind === 'prepayment' ? [] : [{ ledgerCode: LEDGER_OF_TENDER[kind], amount }])),
        settled,
        held: [...(prepaid ? [prepaid] : []), { accountId: keeper.accountId, amount: used.negated() }],
        claims: claimed.map(({ accountId, amount }) => ({ accountId, amount: amount.negated() })),
      });
      await postJournals(tx, [{ kind: 'payment', sourceId: paymentId, journal }]);
      return viewOf(payment, settled, claimed, prepaid);
    });
  }

  /** The debts that are paid, locked, as of the day on which the money counts. */
  private async choose(tx: Tx, { accountNos, receivableIds, claimIds, prepayAccountNo, ...payment }: NewPayment): Promise<Chosen> {
    if (accountNos === undefined && receivableIds === undefined ? claimIds === undefined : accountNos !== undefined && receivableIds !== undefined) {
      const message = { en: 'either accountNos or receivableIds must be given, or claimIds', zh: '须在 accountNos 与 receivableIds 中二选一，或给出 claimIds' };
      throw new AppError('REQUEST.INVALID', { errors: [fieldError('accountNos', 'ONE_OF', message, 'accountNos | receivableIds')] });
    }
    const accounts = await this.accounts(tx, accountNos ?? []);
    const today = accounts[0]?.today ?? (await this.debts.today(tx));
    const ids = await this.debts.lockOpen(tx, receivableIds ? { receivableIds } : { accountIds: accounts.map(({ accountId }) => accountId) });
    if (receivableIds && ids.length !== new Set(receivableIds).size) throw new AppError('COLLECTION.RECEIVABLE_NOT_OPEN');
    const claims = await this.claims.lockOpen(tx, claimIds ?? []);
    const valueOn = await this.valueDay(tx, payment, today);
    const debts = await this.debts.load(tx, ids, today, valueOn ?? today);
    const [named] = prepayAccountNo === undefined ? [] : await this.accounts(tx, [prepayAccountNo]);
    const keeper = named ?? accounts[0] ?? debts[0] ?? claims[0];
    if (keeper === undefined) throw new AppError('COLLECTION.RECEIVABLE_NOT_OPEN');
    return { debts, claims, keeper: { accountId: keeper.accountId, accountNo: keeper.accountNo }, valueOn };
  }

  /** Takes prepayment that is handed over: what its own account owes can be paid with it, and no more. */
  private async takeUsed(tx: Tx, { accountId }: Account, used: Decimal, { rest, others }: { readonly rest: Decimal; readonly others: boolean }): Promise<void> {
    if (used.isZero()) return;
    if (others || !rest.isZero()) throw new AppError('COLLECTION.PREPAYMENT_NOT_FOR_THIS');
    if ((await lockPrepayment(tx, accountId)).lessThan(used)) throw new AppError('COLLECTION.PREPAYMENT_TOO_SMALL');
    await takePrepayment(tx, accountId, used);
  }

  /** The earlier day on which the money counts, null for today; refused where it came otherwise than by the bank, or the day lies beyond the rule. */
  private async valueDay(tx: Tx, { valueOn, tenders }: Pick<NewPayment, 'valueOn' | 'tenders'>, today: string): Promise<string | null> {
    if (valueOn === undefined || valueOn === today) return null;
    const earliest = await this.payments.earliestValueDay(tx);
    const byBank = tenders.every(({ kind }) => VALUE_DATED.includes(kind));
    if (!byBank || valueOn > today || valueOn < earliest) throw new AppError('COLLECTION.VALUE_DATE_REFUSED', { params: { earliest, today } });
    return valueOn;
  }

  /** The accounts with these numbers, in the order of the numbers. */
  private async accounts(tx: Tx, accountNos: readonly string[]): Promise<AccountToday[]> {
    if (accountNos.length === 0) return [];
    const rows = await prepared<AccountToday>(tx, ACCOUNTS, [accountNos]);
    const found = new Map(rows.map((row) => [row.accountNo, row]));
    return accountNos.map((accountNo) => {
      const account = found.get(accountNo);
      if (account === undefined) throw new AppError('COLLECTION.ACCOUNT_NOT_FOUND');
      return account;
    });
  }

  /** Money is left over while something is still owed: only where a bill must be paid as a whole. */
  private requireWhole({ outstandingTotal }: Allocation, rest: Decimal): void {
    if (rest.isZero() || outstandingTotal.isZero()) return;
    throw new AppError('COLLECTION.PARTIAL_NOT_ALLOWED', { params: { owed: text(outstandingTotal, 2), rest: text(rest, 2) } });
  }
}

interface SettledDebt extends NewSettlement {
  readonly debt: Debt;
}

function settledOf(allocation: Allocation, debts: readonly Debt[], paymentId: string): SettledDebt[] {
  return allocation.bills.flatMap((bill, index) => {
    const debt = debts[index];
    if (!debt || (bill.principalPaid.isZero() && bill.lateChargePaid.isZero())) return [];
    const closes = bill.principalOutstanding.isZero() && bill.lateChargeOutstanding.isZero();
    return [{ debt, receivableId: debt.receivableId, accountId: debt.accountId, causeId: paymentId, principal: bill.principalPaid, lateCharge: bill.lateChargePaid, closes }];
  });
}

/** The payment as `PaymentRepository.view` would read it, without asking for what is known. */
function viewOf(payment: InsertedPayment, settled: readonly SettledDebt[], claimed: readonly ClaimPart[], prepaid: (Account & { readonly amount: Decimal }) | null): PaymentView {
  const allocations = settled.map(({ debt: { receivableId, accountNo, period, billNo }, principal, lateCharge }) => ({
    receivableId,
    accountNo,
    period,
    billNo,
    principal: text(principal, 2),
    lateCharge: text(lateCharge, 2),
  }));
  const claims = claimed.map(({ claimId, accountNo, amount }) => ({ claimId, accountNo, amount: text(amount, 2) }));
  return { ...payment, allocations, claims, prepaid: prepaid && { accountNo: prepaid.accountNo, amount: text(prepaid.amount, 2) } };
}

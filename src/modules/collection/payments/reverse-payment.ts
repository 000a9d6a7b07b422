import { Injectable } from '@nestjs/common';
import { type AccountEntry, balancedJournal, journalOfCollection, reversalOf } from '../../../core/ledger';
import { dec, sum } from '../../../core/quantity';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { ClaimRepository } from '../claims/claim.repository';
import { Debts } from '../debts/debts';
import { creditedOfPayment, settle, type Standing, standingOfPayment, wentBack, withdrawCredit } from '../debts/settlements';
import { postJournals } from '../ledger/post-journals';
import { addPrepayment, lockPrepayments, takePrepayment } from '../prepayments/prepayments';
import type { PaymentView } from './dto/payment.dto';
import { type LockedPayment, PaymentRepository } from './payment.repository';

/** The opposite of what stands of a settlement; its receivable is open again. */
export function undoing(standing: Standing, causeId: string) {
  const { receivableId, accountId, settlementId, principal, lateCharge } = standing;
  return { receivableId, accountId, causeId, undoes: settlementId, principal: principal.negated(), lateCharge: lateCharge.negated(), closes: false };
}

/**
 * Undoes a payment as a whole on its own business day: receivables are open again, the prepayment and what cancelled
 * bills made credit of it are taken back, the journal is reversed. Refused on a later day, after a returned tender (also
 * the one that prepayment handed over for it had come from), and where its prepayment or credit has been used.
 */
@Injectable()
export class ReversePayment {
  constructor(
    private readonly database: Database,
    private readonly debts: Debts,
    private readonly payments: PaymentRepository,
    private readonly claims: ClaimRepository,
    private readonly audit: Audit,
  ) {}

  execute(paymentId: string, reason: string, actor: Pick<Actor, 'userId'>): Promise<PaymentView> {
    return this.database.transaction(async (tx) => {
      const payment = await this.payments.lock(tx, paymentId);
      if (payment.state === 'reversed') throw new AppError('COLLECTION.PAYMENT_ALREADY_REVERSED');
      if (payment.receivedOn !== payment.today) throw new AppError('COLLECTION.REVERSAL_NOT_SAME_DAY', { params: { receivedOn: payment.receivedOn } });
      if (payment.state === 'returned') throw new AppError('COLLECTION.TENDER_ALREADY_RETURNED');
      await this.debts.lock(tx, (await standingOfPayment(tx, paymentId)).map(({ receivableId }) => receivableId));
      if (await wentBack(tx, paymentId)) throw new AppError('COLLECTION.TENDER_ALREADY_RETURNED');
      const settled = await standingOfPayment(tx, paymentId);
      await settle(tx, 'payment-reversal', settled.map((standing) => undoing(standing, paymentId)));
      const claimed = await this.claims.standingOfPayment(tx, paymentId);
      await this.claims.settle(tx, 'payment-reversal', paymentId, paymentId, claimed.map((part) => ({ ...part, amount: part.amount.negated() })));
      const credited = await creditedOfPayment(tx, paymentId);
      await withdrawCredit(tx, 'payment-reversal', paymentId, credited);
      await this.takeHeld(tx, payment, credited);
      for (const { accountId, amount } of await this.payments.prepaymentTenders(tx, paymentId)) await addPrepayment(tx, accountId, dec(amount));
      await tx.query('insert into payment_reversals (payment_id, received_on, reversed_by, reason) values ($1, $2, $3, $4)', [paymentId, payment.receivedOn, actor.userId, reason]);
      await this.payments.setState(tx, paymentId, 'reversed');
      await this.audit.record(tx, { actor, action: 'collection.payment.reverse', subjectType: 'payment', subjectId: paymentId, detail: { reason } });
      const view = await this.payments.view(tx, paymentId);
      await this.reverseJournal(tx, paymentId, credited);
      return view;
    });
  }

  /** Takes back what is held of the payment: as prepayment, and as credit of the accounts whose bills were cancelled. */
  private async takeHeld(tx: Tx, { prepaidAccountId, prepaidAmount }: LockedPayment, credited: readonly Standing[]): Promise<void> {
    const parts = credited.map(({ accountId, principal, lateCharge }) => ({ accountId, amount: principal.plus(lateCharge) }));
    if (prepaidAccountId !== null) parts.push({ accountId: prepaidAccountId, amount: dec(prepaidAmount) });
    const accountIds = [...new Set(parts.map(({ accountId }) => accountId))];
    const balanceOf = await lockPrepayments(tx, accountIds);
    for (const accountId of accountIds) {
      const amount = sum(parts.filter((part) => part.accountId === accountId).map((part) => part.amount));
      if (balanceOf(accountId).lessThan(amount)) throw new AppError('COLLECTION.PREPAYMENT_USED');
      await takePrepayment(tx, accountId, amount);
    }
  }

  /** The journal is reversed as it was booked; what had become credit meanwhile is turned back first. */
  private async reverseJournal(tx: Tx, paymentId: string, credited: readonly Standing[]): Promise<void> {
    const entries = await tx.query<{ journalId: string; ledgerCode: string; accountId: string | null; amount: string }[]>(
      `select journal_id as "journalId", ledger_code as "ledgerCode", account_id as "accountId", amount::text
         from journals join journal_entries using (journal_id) where kind = 'payment' and source_id = $1 order by entry_no`,
      [paymentId],
    );
    const booked = balancedJournal<AccountEntry>(entries.map(({ ledgerCode, accountId, amount }) => ({ ledgerCode, accountId, amount: dec(amount) })));
    const reversesJournalId = entries[0]?.journalId;
    if (reversesJournalId === undefined) throw new Error(`payment ${paymentId} has no journal`);
    const withdrawal = journalOfCollection({
      money: [],
      settled: credited,
      held: credited.map(({ accountId, principal, lateCharge }) => ({ accountId, amount: principal.plus(lateCharge).negated() })),
    });
    await postJournals(tx, [
      ...(credited.length === 0 ? [] : [{ kind: 'credit-withdrawal' as const, sourceId: paymentId, journal: withdrawal }]),
      { kind: 'payment-reversal', sourceId: paymentId, reversesJournalId, journal: reversalOf(booked) },
    ]);
  }
}

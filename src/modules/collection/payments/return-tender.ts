import { Injectable } from '@nestjs/common';
import { journalOfCollection } from '../../../core/ledger';
import { sharesOfReturn, takeBack } from '../../../core/receivables';
import { dec, type Decimal, text, ZERO } from '../../../core/quantity';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { Debts } from '../debts/debts';
import { settle, type Standing, standingOfPayment, standingUses } from '../debts/settlements';
import { postJournals } from '../ledger/post-journals';
import { lockPrepayment, takePrepayment } from '../prepayments/prepayments';
import type { PaymentView } from './dto/payment.dto';
import { type LockedPayment, PaymentRepository } from './payment.repository';
import { LEDGER_OF_TENDER, RETURNABLE } from './payments.codes';
import { undoing } from './reverse-payment';

/** Where the money of a returned tender is taken from, yuan. */
interface Recovery {
  readonly settlements: readonly Standing[];
  /** From the prepayment that is still held. */
  readonly held: Decimal;
  /** Of the payment's prepaid part: held, used or paid out. */
  readonly prepaid: Decimal;
  /** What had been paid out already: from now on a claim. */
  readonly claim: Decimal;
}

/**
 * Records that a cheque or debit came back: its money is taken from the payment's prepaid part first (what is held,
 * then what releases have used of it, the youngest first), then from what the payment settled, the youngest first.
 * The receivables are open again, with their late charges from the first due date. What had been refunded becomes a
 * claim in the books.
 */
@Injectable()
export class ReturnTender {
  constructor(
    private readonly database: Database,
    private readonly debts: Debts,
    private readonly payments: PaymentRepository,
    private readonly audit: Audit,
  ) {}

  execute(paymentId: string, tenderNo: number, reason: string, actor: Pick<Actor, 'userId'>): Promise<PaymentView> {
    return this.database.transaction(async (tx) => {
      const payment = await this.payments.lock(tx, paymentId);
      const tender = await this.payments.tender(tx, paymentId, tenderNo);
      if (!tender) throw new AppError('COLLECTION.TENDER_NOT_FOUND');
      if (payment.state === 'reversed') throw new AppError('COLLECTION.PAYMENT_ALREADY_REVERSED');
      if (tender.returned) throw new AppError('COLLECTION.TENDER_ALREADY_RETURNED');
      if (!RETURNABLE.includes(tender.kind)) throw new AppError('COLLECTION.TENDER_NOT_RETURNABLE');
      const amount = dec(tender.amount);
      const recovery = await this.recover(tx, payment, amount);
      const [row] = await tx.query<{ id: string }[]>(
        `insert into tender_returns (payment_id, tender_no, returned_by, reason, prepaid_taken, claimed) values ($1, $2, $3, $4, $5, $6) returning tender_return_id as id`,
        [paymentId, tenderNo, actor.userId, reason, text(recovery.prepaid, 2), text(recovery.claim, 2)],
      );
      const returnId = row?.id ?? '';
      const undone = recovery.settlements.map((standing) => undoing(standing, returnId));
      await settle(tx, 'tender-return', undone);
      const keeper = payment.prepaidAccountId ?? '';
      await takePrepayment(tx, keeper, recovery.held);
      await this.payments.setState(tx, paymentId, 'returned');
      await this.audit.record(tx, { actor, action: 'collection.tender.return', subjectType: 'payment', subjectId: paymentId, detail: { tenderNo, reason, amount: tender.amount } });
      const journal = journalOfCollection({
        money: [{ ledgerCode: LEDGER_OF_TENDER[tender.kind], amount: amount.negated() }],
        settled: undone,
        held: [{ accountId: keeper, amount: recovery.held.negated() }],
        claims: [{ accountId: keeper, amount: recovery.claim }],
      });
      const view = await this.payments.view(tx, paymentId);
      await postJournals(tx, [{ kind: 'tender-return', sourceId: returnId, journal }]);
      return view;
    });
  }

  /** Locks everything that the money may lie in, and finds it. */
  private async recover(tx: Tx, { paymentId, prepaidAccountId, prepaidAmount }: LockedPayment, amount: Decimal): Promise<Recovery> {
    const usesOf = (): Promise<Standing[]> => (prepaidAccountId === null ? Promise.resolve([]) : standingUses(tx, prepaidAccountId));
    const touched = [...(await standingOfPayment(tx, paymentId)), ...(await usesOf())];
    await this.debts.lock(tx, touched.map(({ receivableId }) => receivableId));
    const balance = prepaidAccountId === null ? ZERO : await lockPrepayment(tx, prepaidAccountId);
    const [earlier] = await tx.query<{ taken: string }[]>('select coalesce(sum(prepaid_taken), 0)::text as taken from tender_returns where payment_id = $1', [paymentId]);
    const shares = sharesOfReturn(amount, dec(prepaidAmount).minus(dec(earlier?.taken ?? '0')), balance);
    const uses = takeBack(await usesOf(), shares.used);
    const own = takeBack(await standingOfPayment(tx, paymentId), shares.settled);
    if (!own.rest.isZero()) throw new Error(`payment ${paymentId} settled less than it took`);
    return { settlements: [...uses.taken, ...own.taken], held: shares.held, prepaid: shares.prepaid, claim: uses.rest };
  }
}

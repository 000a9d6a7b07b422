import { Injectable } from '@nestjs/common';
import { journalOfCollection } from '../../../core/ledger';
import { fillInOrder, findHeld, type HeldPart, takeBack } from '../../../core/receivables';
import { dec, type Decimal, sum, text } from '../../../core/quantity';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { type ClaimPart, ClaimRepository } from '../claims/claim.repository';
import { Debts } from '../debts/debts';
import { creditedOfPayment, settle, type Standing, standingOfPayment, standingUses, withdrawCredit } from '../debts/settlements';
import { postJournals } from '../ledger/post-journals';
import { lockPrepayments, takePrepayment } from '../prepayments/prepayments';
import type { PaymentView } from './dto/payment.dto';
import { type LockedPayment, PaymentRepository } from './payment.repository';
import { LEDGER_OF_TENDER, RETURNABLE } from './payments.codes';
import { undoing } from './reverse-payment';

/** What one account loses by a returned tender, yuan. */
interface Loss {
  readonly accountId: string;
  /** From the prepayment that is still held. */
  readonly held: Decimal;
  /** From prepayment that was used after the money had come. */
  readonly uses: readonly Standing[];
  /** What had been paid out already: from now on a claim. */
  readonly claim: Decimal;
}

/** Where the money of a returned tender is taken from, yuan. */
interface Recovery {
  readonly losses: readonly Loss[];
  /** Of the payment's prepaid part: held, used or paid out. */
  readonly prepaid: Decimal;
  /** Of what cancelled bills made credit of the payment. */
  readonly credits: readonly Standing[];
  /** Of the claims that the payment paid. */
  readonly claimed: readonly ClaimPart[];
  /** Of what the payment still settles. */
  readonly own: readonly Standing[];
}

const totalOf = (rows: readonly Standing[]): Decimal => sum(rows.flatMap(({ principal, lateCharge }) => [principal, lateCharge]));

/**
 * Records that a cheque or debit came back. Its money is taken from the payment's prepaid part first, then from what
 * cancelled bills made credit of it (each out of what is held, then out of what was used since, by releases or by handing it
 * over, the youngest use first), then from the claims that it paid, then from what the payment still settles, the youngest
 * first. The receivables are open again, with their late charges from the first due date. What had been refunded becomes a
 * claim in the books.
 */
@Injectable()
export class ReturnTender {
  constructor(
    private readonly database: Database,
    private readonly debts: Debts,
    private readonly payments: PaymentRepository,
    private readonly claims: ClaimRepository,
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
      const { losses, prepaid, credits, claimed, own } = await this.recover(tx, payment, amount);
      const [row] = await tx.query<{ id: string }[]>(
        `insert into tender_returns (payment_id, tender_no, returned_by, reason, prepaid_taken, credit_taken, claimed)
         values ($1, $2, $3, $4, $5, $6, $7) returning tender_return_id as id`,
        [paymentId, tenderNo, actor.userId, reason, text(prepaid, 2), text(totalOf(credits), 2), text(sum(losses.map(({ claim }) => claim)), 2)],
      );
      const returnId = row?.id ?? '';
      const undone = [...losses.flatMap(({ uses }) => uses), ...own].map((standing) => undoing(standing, returnId));
      await settle(tx, 'tender-return', undone);
      await this.claims.settle(tx, 'tender-return', returnId, paymentId, claimed.map((part) => ({ ...part, amount: part.amount.negated() })));
      await this.claims.open(tx, returnId, losses.map(({ accountId, claim }) => ({ accountId, amount: claim })));
      await withdrawCredit(tx, 'tender-return', returnId, credits);
      for (const { accountId, held } of losses) await takePrepayment(tx, accountId, held);
      await this.payments.setState(tx, paymentId, 'returned');
      await this.audit.record(tx, { actor, action: 'collection.tender.return', subjectType: 'payment', subjectId: paymentId, detail: { tenderNo, reason, amount: tender.amount } });
      const journal = journalOfCollection({
        money: [{ ledgerCode: LEDGER_OF_TENDER[tender.kind], amount: amount.negated() }],
        settled: undone,
        held: losses.map(({ accountId, held }) => ({ accountId, amount: held.negated() })),
        claims: [...claimed, ...losses.map(({ accountId, claim }) => ({ accountId, amount: claim }))],
      });
      const view = await this.payments.view(tx, paymentId);
      await postJournals(tx, [{ kind: 'tender-return', sourceId: returnId, journal }]);
      return view;
    });
  }

  /** Locks everything that the money may lie in, and finds it. */
  private async recover(tx: Tx, { paymentId, prepaidAccountId, prepaidAmount }: LockedPayment, amount: Decimal): Promise<Recovery> {
    const keepers = [...(prepaidAccountId === null ? [] : [prepaidAccountId]), ...(await creditedOfPayment(tx, paymentId)).map(({ accountId }) => accountId)];
    const accountIds = [...new Set([...keepers, ...(await standingOfPayment(tx, paymentId)).map(({ accountId }) => accountId)])];
    await this.lockAll(tx, paymentId, accountIds);
    const paidClaims = await this.claims.standingOfPayment(tx, paymentId);
    const balanceOf = await lockPrepayments(tx, accountIds);
    const { booking, taken } = await this.payments.prepaidPart(tx, paymentId);
    const left = dec(prepaidAmount).minus(dec(taken));
    const prepaid = left.lessThan(amount) ? left : amount;
    const credits = takeBack(await creditedOfPayment(tx, paymentId), amount.minus(prepaid));
    const { parts: claimed, rest } = fillInOrder(paidClaims.map((part) => ({ ...part, open: part.amount })), credits.rest);
    const own = takeBack(await standingOfPayment(tx, paymentId), rest);
    if (!own.rest.isZero()) throw new Error(`payment ${paymentId} settled less than it took`);
    const uses = await standingUses(tx, accountIds);
    const lost: (HeldPart & { readonly accountId: string })[] = [
      ...(prepaidAccountId === null || prepaid.isZero() ? [] : [{ accountId: prepaidAccountId, amount: prepaid, booking: BigInt(booking) }]),
      ...credits.taken.map((credit) => ({ accountId: credit.accountId, amount: totalOf([credit]), booking: credit.booking })),
    ];
    const losses = [...new Set(lost.map(({ accountId }) => accountId))].map((accountId): Loss => {
      const of = <Row extends { readonly accountId: string }>(rows: readonly Row[]): Row[] => rows.filter((row) => row.accountId === accountId);
      return { accountId, ...findHeld(of(lost), balanceOf(accountId), of(uses)) };
    });
    return { losses, prepaid, credits: credits.taken, claimed, own: own.taken };
  }

  /** Receivables first, in the order of their ids: what the payment settles, and what prepayment of its accounts was used for. */
  private async lockAll(tx: Tx, paymentId: string, accountIds: readonly string[]): Promise<void> {
    const touched = [...(await standingOfPayment(tx, paymentId)), ...(await standingUses(tx, accountIds))];
    await this.debts.lock(tx, touched.map(({ receivableId }) => receivableId));
  }
}

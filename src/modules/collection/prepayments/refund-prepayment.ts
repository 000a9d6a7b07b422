import { Injectable } from '@nestjs/common';
import { journalOfCollection, LEDGER_CODES } from '../../../core/ledger';
import { dec } from '../../../core/quantity';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { FourEyes } from '../../../platform/four-eyes';
import { postJournals } from '../ledger/post-journals';
import type { NewRefund, RefundTender, RefundView } from './dto/refund.dto';
import { lockPrepayment, takePrepayment } from './prepayments';
import { RefundRepository } from './refund.repository';

interface LockedRefund {
  readonly accountId: string;
  readonly amount: string;
  readonly tender: RefundTender;
  readonly state: RefundView['state'];
  readonly requestedBy: string;
}

const LEDGER_OF_REFUND: Readonly<Record<RefundTender, string>> = { cash: LEDGER_CODES.cash, transfer: LEDGER_CODES.bank };

/**
 * Pays prepayment back. What one account gets back on one day is paid at once up to the limit of the dated rule; above
 * it, the request waits for a second person. Nothing is held back for a request: the balance decides when it is paid.
 */
@Injectable()
export class RefundPrepayment {
  constructor(
    private readonly database: Database,
    private readonly refunds: RefundRepository,
    private readonly fourEyes: FourEyes,
    private readonly audit: Audit,
  ) {}

  request(accountNo: string, { amount, tender, reason }: NewRefund, actor: Pick<Actor, 'userId'>): Promise<RefundView> {
    return this.database.transaction(async (tx) => {
      const [account] = await tx.query<{ accountId: string }[]>('select account_id as "accountId" from accounts where account_no = $1', [accountNo]);
      if (!account) throw new AppError('COLLECTION.ACCOUNT_NOT_FOUND');
      const balance = await lockPrepayment(tx, account.accountId);
      if (balance.lessThan(dec(amount))) throw new AppError('COLLECTION.PREPAYMENT_TOO_SMALL');
      const [row] = await tx.query<{ refundId: string; atOnce: boolean }[]>(
        `with rule as (select single_person_limit from refund_rules where valid_from <= app_today() order by valid_from desc limit 1),
         today as (select coalesce(sum(amount), 0) as paid from prepayment_refunds where account_id = $1 and paid_on = app_today() and approved_by is null)
         insert into prepayment_refunds (account_id, amount, tender, reason, single_person_limit, state, requested_by, paid_on)
         select $1, $2::numeric, $3, $4, single_person_limit, case when at_once then 'paid' else 'requested' end, $5, case when at_once then app_today() end
           from (select single_person_limit, paid + $2::numeric <= single_person_limit as at_once from rule, today) decided
         returning refund_id as "refundId", state = 'paid' as "atOnce"`,
        [account.accountId, amount, tender, reason, actor.userId],
      );
      if (!row) throw new Error('there is no rule for refunds');
      await this.audit.record(tx, { actor, action: 'collection.refund.request', subjectType: 'prepayment-refund', subjectId: row.refundId, detail: { amount, reason } });
      const paid = { accountId: account.accountId, amount, tender };
      if (row.atOnce) await this.pay(tx, row.refundId, paid);
      return this.refunds.view(tx, row.refundId);
    });
  }

  approve(refundId: string, actor: Pick<Actor, 'userId'>): Promise<RefundView> {
    return this.database.transaction(async (tx) => {
      const [refund] = await tx.query<LockedRefund[]>(
        `select account_id as "accountId", amount::text, tender, state, requested_by as "requestedBy" from prepayment_refunds where refund_id = $1 for update`,
        [refundId],
      );
      if (!refund) throw new AppError('COLLECTION.REFUND_NOT_FOUND');
      if (refund.state === 'paid') throw new AppError('COLLECTION.REFUND_ALREADY_PAID');
      if (refund.state !== 'requested') throw new AppError('COLLECTION.REQUEST_TURNED_DOWN');
      await this.fourEyes.approve(tx, { subjectType: 'prepayment-refund', subjectId: refundId, action: 'pay', requestedBy: refund.requestedBy, actor });
      await tx.query(`update prepayment_refunds set state = 'paid', approved_by = $2, paid_on = app_today() where refund_id = $1`, [refundId, actor.userId]);
      await this.audit.record(tx, { actor, action: 'collection.refund.approve', subjectType: 'prepayment-refund', subjectId: refundId, detail: { amount: refund.amount } });
      await this.pay(tx, refundId, refund);
      return this.refunds.view(tx, refundId);
    });
  }

  private async pay(tx: Tx, refundId: string, { accountId, amount, tender }: Pick<LockedRefund, 'accountId' | 'amount' | 'tender'>): Promise<void> {
    const money = dec(amount);
    if ((await lockPrepayment(tx, accountId)).lessThan(money)) throw new AppError('COLLECTION.PREPAYMENT_TOO_SMALL');
    await takePrepayment(tx, accountId, money);
    const journal = journalOfCollection({
      money: [{ ledgerCode: LEDGER_OF_REFUND[tender], amount: money.negated() }],
      settled: [],
      held: [{ accountId, amount: money.negated() }],
    });
    await postJournals(tx, [{ kind: 'prepayment-refund', sourceId: refundId, journal }]);
  }
}

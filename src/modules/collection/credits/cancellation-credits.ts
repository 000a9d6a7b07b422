import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { CancellationCreditView } from './dto/credit.dto';

const CREDITS = `
  select c.cancellation_id as "cancellationId", a.account_no as "accountNo", c.period, b.bill_no as "billNo", c.principal::text, c.late_charge::text as "lateCharge",
         c.written_off::text as "writtenOff", c.recalled::text, c.shortfall::text, c.opened_on as "openedOn", c.freed_on as "freedOn", c.freed_reason as "freedReason"
    from cancellation_credits c join accounts a using (account_id) join bills b on b.period = c.period and b.bill_id = c.bill_id`;

/** The credit that cancelled bills left on accounts. It waits for the successor, unless a person lets it be used for any debt. */
@Injectable()
export class CancellationCredits {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Credits of an account, the oldest cancellation first. */
  ofAccount(accountNo: string, limit: number, after: string | undefined): Promise<CancellationCreditView[]> {
    return this.database.query<CancellationCreditView>(
      `${CREDITS} where a.account_no = $1 and ($2::bigint is null or c.cancellation_id > $2) order by c.cancellation_id limit $3`,
      [accountNo, after ?? null, limit],
    );
  }

  /** Frees a credit, for instance where the month will not be billed again; from then on it is prepayment like any other. */
  free(cancellationId: string, reason: string, actor: Pick<Actor, 'userId'>): Promise<CancellationCreditView> {
    return this.database.transaction(async (tx) => {
      const [credit] = await tx.query<{ freedOn: string | null }[]>('select freed_on as "freedOn" from cancellation_credits where cancellation_id = $1 for update', [cancellationId]);
      if (!credit) throw new AppError('COLLECTION.CREDIT_NOT_FOUND');
      if (credit.freedOn !== null) throw new AppError('COLLECTION.CREDIT_FREED');
      await tx.query('update cancellation_credits set freed_on = app_today(), freed_by = $2, freed_reason = $3 where cancellation_id = $1', [cancellationId, actor.userId, reason]);
      await this.audit.record(tx, { actor, action: 'collection.credit.free', subjectType: 'bill-cancellation', subjectId: cancellationId, detail: { reason } });
      return this.view(tx, cancellationId);
    });
  }

  private async view(tx: Tx, cancellationId: string): Promise<CancellationCreditView> {
    const [view] = await tx.query<CancellationCreditView[]>(`${CREDITS} where c.cancellation_id = $1`, [cancellationId]);
    if (!view) throw new AppError('COLLECTION.CREDIT_NOT_FOUND');
    return view;
  }
}

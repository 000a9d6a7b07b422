import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { REQUEST_COLUMNS, requestConditions, requestFilter } from '../requests/request-sql';
import type { RefundListQuery, RefundView } from './dto/refund.dto';

const VIEW = `
  select q.refund_id as "refundId", a.account_no as "accountNo", q.amount::text, q.tender, q.reason, q.state, q.paid_on as "paidOn", ${REQUEST_COLUMNS}
    from prepayment_refunds q join accounts a using (account_id)`;

/** Refunds, as they are shown. */
@Injectable()
export class RefundRepository {
  constructor(private readonly database: Database) {}

  /** Throws COLLECTION.REFUND_NOT_FOUND. */
  async view(tx: Pick<Tx, 'query'>, refundId: string): Promise<RefundView> {
    const [view] = await tx.query<RefundView[]>(`${VIEW} where q.refund_id = $1`, [refundId]);
    if (!view) throw new AppError('COLLECTION.REFUND_NOT_FOUND');
    return view;
  }

  one(refundId: string): Promise<RefundView> {
    return this.database.transaction((tx) => this.view(tx, refundId));
  }

  /** From the newest on, one more than the limit. */
  list(query: RefundListQuery, before: string | undefined): Promise<RefundView[]> {
    return this.database.query(`${VIEW} where ${requestConditions('q.refund_id')}`, requestFilter(query, before));
  }
}

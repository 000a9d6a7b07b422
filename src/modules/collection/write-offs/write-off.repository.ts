import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { REQUEST_COLUMNS, requestConditions, requestFilter } from '../requests/request-sql';
import type { WriteOffListQuery, WriteOffView } from './dto/write-off.dto';

const VIEW = `
  select q.write_off_id as "writeOffId", q.receivable_id as "receivableId", a.account_no as "accountNo", r.period, q.reason, q.state,
         q.approved_on as "approvedOn", q.amount::text, ${REQUEST_COLUMNS}
    from write_offs q join receivables r using (receivable_id) join accounts a using (account_id)`;

/** Write-offs, as they are shown. */
@Injectable()
export class WriteOffRepository {
  constructor(private readonly database: Database) {}

  /** Throws COLLECTION.WRITE_OFF_NOT_FOUND. */
  async view(tx: Pick<Tx, 'query'>, writeOffId: string): Promise<WriteOffView> {
    const [view] = await tx.query<WriteOffView[]>(`${VIEW} where q.write_off_id = $1`, [writeOffId]);
    if (!view) throw new AppError('COLLECTION.WRITE_OFF_NOT_FOUND');
    return view;
  }

  one(writeOffId: string): Promise<WriteOffView> {
    return this.database.transaction((tx) => this.view(tx, writeOffId));
  }

  /** From the newest on, one more than the limit. */
  list(query: WriteOffListQuery, before: string | undefined): Promise<WriteOffView[]> {
    return this.database.query(`${VIEW} where ${requestConditions('q.write_off_id')}`, requestFilter(query, before));
  }
}

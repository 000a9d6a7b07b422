import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';

export interface ReceivableRow {
  readonly receivableId: string;
  readonly accountNo: string;
  readonly period: string;
  readonly billNo: string;
  readonly amount: string;
  readonly openedOn: string;
  readonly dueOn: string;
}

/** Reading of what is owed. */
@Injectable()
export class ReceivableQueries {
  constructor(private readonly database: Database) {}

  /** Who owns an account, or undefined where there is no such account. */
  async owner(accountNo: string): Promise<{ customerId: string } | undefined> {
    const rows = await this.database.query<{ customerId: string }>(`select customer_id as "customerId" from accounts where account_no = $1`, [accountNo]);
    return rows[0];
  }

  /** Receivables of an account, the oldest first. */
  ofAccount(accountNo: string, limit: number, after: string | undefined): Promise<ReceivableRow[]> {
    return this.database.query<ReceivableRow>(
      `select r.receivable_id as "receivableId", a.account_no as "accountNo", r.period, b.bill_no as "billNo", r.amount::text,
              r.opened_on as "openedOn", r.due_on as "dueOn"
         from accounts a join receivables r using (account_id) join bills b on b.period = r.period and b.bill_id = r.bill_id
        where a.account_no = $1 and ($2::bigint is null or r.receivable_id > $2) order by r.receivable_id limit $3`,
      [accountNo, after ?? null, limit],
    );
  }
}

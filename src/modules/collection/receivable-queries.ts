import { Injectable } from '@nestjs/common';
import { text } from '../../core/quantity';
import { Database } from '../../platform/database';
import { type Debt, Debts } from './debts/debts';
import type { ReceivableView } from './dto/collection.views';

/** Reading of what is owed. */
@Injectable()
export class ReceivableQueries {
  constructor(
    private readonly database: Database,
    private readonly debts: Debts,
  ) {}

  /** Who owns an account, or undefined where there is no such account. */
  async owner(accountNo: string): Promise<{ customerId: string } | undefined> {
    const rows = await this.database.query<{ customerId: string }>(`select customer_id as "customerId" from accounts where account_no = $1`, [accountNo]);
    return rows[0];
  }

  /** Receivables of an account that were open on a day or had been settled by it, the oldest first, as they stood then. */
  ofAccount(accountNo: string, asOf: string | undefined, limit: number, after: string | undefined): Promise<ReceivableView[]> {
    return this.database.transaction(async (tx) => {
      const day = asOf ?? (await this.debts.today(tx));
      const rows = await tx.query<{ id: string }[]>(
        `select r.receivable_id as id from accounts a join receivables r using (account_id)
          where a.account_no = $1 and r.opened_on <= $2 and ($3::bigint is null or r.receivable_id > $3) order by r.receivable_id limit $4`,
        [accountNo, day, after ?? null, limit],
      );
      const ids = rows.map(({ id }) => id);
      const debts = new Map((await this.debts.load(tx, ids, day)).map((debt) => [debt.receivableId, debt]));
      return ids.flatMap((id) => debts.get(id) ?? []).map((debt) => receivableView(debt, day));
    });
  }
}

function receivableView({ accountId: _accountId, rule: _rule, outstanding, lateCharge, ...debt }: Debt, asOf: string): ReceivableView {
  return {
    ...debt,
    asOf,
    outstanding: text(outstanding, 2),
    lateCharge: text(lateCharge, 2),
    totalOwed: text(outstanding.plus(lateCharge), 2),
  };
}

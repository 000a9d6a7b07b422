import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../../core/calendar';
import type { Tx } from '../../../../platform/database';
import type { RunKind } from '../run-states';

/** One account's draft bills in a run. */
export interface BilledMember {
  readonly accountId: string;
  readonly intervalNo: number;
  readonly billIds: readonly string[];
  /** Sum of the bills, yuan. */
  readonly totalAmount: string;
}

export interface RunOfBills {
  readonly runId: string;
  readonly period: LocalMonth;
  readonly kind: RunKind;
}

/** Draft bills of single accounts: taken out of a run while it is not released, and counted out of their interval. */
@Injectable()
export class AccountBillsRepository {
  /** A member's bills in the run; none where it was not billed; undefined where the account is no member. */
  async find(tx: Tx, { runId, period, kind }: RunOfBills, accountNo: string): Promise<BilledMember | undefined> {
    const rows = await tx.query<BilledMember[]>(
      `select m.account_id as "accountId", m.interval_no as "intervalNo", coalesce(array_agg(b.bill_id) filter (where b.bill_id is not null), '{}') as "billIds",
              coalesce(sum(b.total_amount), 0)::numeric(18,2)::text as "totalAmount"
         from accounts a join billing_run_members m on m.account_id = a.account_id and m.run_id = $1
         left join bills b on b.account_id = m.account_id and b.period = $2 and b.run_id = $1 and ${kind === 'trial' ? 'b.trial' : 'b.live'}
        where a.account_no = $3 group by m.account_id, m.interval_no`,
      [runId, period, accountNo],
    );
    return rows[0];
  }

  /** The ids of an account's bills in the run, as they are now. */
  async idsOf(tx: Tx, run: RunOfBills, accountNo: string): Promise<readonly string[]> {
    return (await this.find(tx, run, accountNo))?.billIds ?? [];
  }

  /** Removes draft bills with their parts; those of a released run are refused by the database. */
  async remove(tx: Tx, period: LocalMonth, billIds: readonly string[]): Promise<void> {
    for (const table of ['bill_documents', 'bill_lines', 'bills']) {
      await tx.query(`delete from ${table} where period = $1 and bill_id = any($2::bigint[])`, [period, billIds]);
    }
  }

  /** Counts one billed account of an interval elsewhere, and its amount as it is now: `amount` is new less old, yuan. */
  async count(tx: Tx, runId: string, intervalNo: number, to: 'billed' | 'excluded' | 'exceptions', amount: string): Promise<void> {
    const moved = to === 'billed' ? '' : `, billed = billed - 1, ${to} = ${to} + 1`;
    await tx.query(
      `update billing_run_intervals set total_amount = total_amount + $3::numeric${moved} where run_id = $1 and interval_no = $2`,
      [runId, intervalNo, amount],
    );
  }
}

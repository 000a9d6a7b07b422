import { Injectable } from '@nestjs/common';
import { copyRows, type Tx } from '../../../platform/database';
import type { FoundException } from './found-exception';

const COLUMNS = ['run_id', 'interval_no', 'account_id', 'code', 'subject', 'findings', 'correlation_id'];

export interface LockedException {
  readonly exceptionId: string;
  readonly intervalNo: number;
  readonly accountId: string;
  readonly code: string;
  readonly state: string;
}

/** How an exception ends. */
export type ExceptionEnd = 'excluded' | 'billed' | 'superseded';

/** The exceptions of runs. */
@Injectable()
export class ExceptionRepository {
  async copy(tx: Tx, runId: string, intervalNo: number, found: readonly FoundException[]): Promise<void> {
    if (found.length === 0) return;
    const rows = found.map(({ accountId, findings, correlationId }) => [
      runId,
      intervalNo,
      accountId,
      findings[0].code,
      findings[0].subject,
      JSON.stringify(findings),
      correlationId,
    ]);
    await copyRows(tx, 'billing_exceptions', COLUMNS, rows);
    await this.inheritOwners(tx, runId, found.map(({ accountId }) => accountId));
  }

  /**
   * Who dealt with an account's exception deals with the one in its place, in this run or in the next one of the period;
   * within the run it is as old as the first one was.
   */
  private async inheritOwners(tx: Tx, runId: string, accountIds: readonly string[]): Promise<void> {
    await tx.query(
      `with heirs as (
         select n.exception_id, before.owner_user_id, case when before.run_id = n.run_id then before.opened_at else n.opened_at end as opened_at
           from billing_exceptions n join billing_runs r on r.run_id = n.run_id
           cross join lateral (
             select o.owner_user_id, o.opened_at, o.run_id from billing_exceptions o join billing_runs own on own.run_id = o.run_id
              where o.account_id = n.account_id and o.exception_id < n.exception_id and own.period = r.period and o.state in ('superseded', 'discarded')
                and (own.kind = 'trial') = (r.kind = 'trial')
              order by o.exception_id desc limit 1) before
          where n.run_id = $1 and n.account_id = any($2::bigint[]) and n.state = 'open')
       update billing_exceptions n set owner_user_id = heirs.owner_user_id, opened_at = heirs.opened_at
         from heirs where n.exception_id = heirs.exception_id`,
      [runId, accountIds],
    );
  }

  /** The exception of a run, locked until the transaction ends, or undefined. */
  async lock(tx: Tx, runId: string, exceptionId: string): Promise<LockedException | undefined> {
    const rows = await tx.query<LockedException[]>(
      `select exception_id as "exceptionId", interval_no as "intervalNo", account_id as "accountId", code, state
         from billing_exceptions where run_id = $1 and exception_id = $2 for update`,
      [runId, exceptionId],
    );
    return rows[0];
  }

  async close(tx: Tx, exceptionId: string, state: ExceptionEnd, by: string, reason: string | null): Promise<void> {
    await tx.query(
      `update billing_exceptions set state = $2, closed_at = app_now(), closed_by = $3, closing_reason = $4 where exception_id = $1`,
      [exceptionId, state, by, reason],
    );
  }

  /** The id of an account's open exception. */
  async openOf(tx: Tx, runId: string, accountId: string): Promise<string | null> {
    const rows = await tx.query<{ exception_id: string }[]>(
      `select exception_id from billing_exceptions where run_id = $1 and account_id = $2 and state = 'open'`,
      [runId, accountId],
    );
    return rows[0]?.exception_id ?? null;
  }

  async closeOfDiscarded(tx: Tx, runId: string): Promise<void> {
    await tx.query(`update billing_exceptions set state = 'discarded', closed_at = app_now() where run_id = $1 and state = 'open'`, [runId]);
  }

  async setOwner(tx: Tx, exceptionId: string, ownerUserId: string | null): Promise<void> {
    await tx.query('update billing_exceptions set owner_user_id = $2 where exception_id = $1', [exceptionId, ownerUserId]);
  }
}

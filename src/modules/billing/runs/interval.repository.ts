import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';
import type { RunKind } from './run-states';

/** Seconds after which another worker may take an interval over. */
export const LEASE_SECONDS = 60;

/** An interval that a worker holds: until the lease ends, and only with this fence. */
export interface ClaimedInterval {
  readonly runId: string;
  readonly intervalNo: number;
  readonly fence: number;
  readonly period: string;
  readonly kind: RunKind;
  readonly frozenRevision: string;
  /** How often a worker ended or fell silent with it, this takeover included. */
  readonly losses: number;
}

/** What became of the accounts of an interval that were not excluded before. */
export interface IntervalResult {
  readonly billed: number;
  readonly excluded: number;
  readonly exceptions: number;
  readonly totalAmount: string;
}

/** The work list of a run: rows with lease and fence. Times are the server's own clock, which no sandbox moves. */
@Injectable()
export class IntervalRepository {
  constructor(private readonly database: Database) {}

  /**
   * The next interval that is free and need not wait, or whose worker let its lease run out, or undefined. Never waits
   * for another worker. A takeover counts as a loss, except where the server itself was restarted since the claim.
   */
  async claim(runId: string, worker: string): Promise<ClaimedInterval | undefined> {
    const rows = await this.database.query<ClaimedInterval>(
      // Materialised: as a plain subquery it could be run again for each row of the join and lock a further interval.
      `with free as materialized (
         select o.interval_no, (o.state = 'computing' and o.claimed_at > pg_postmaster_start_time())::int as lost, r.period, r.kind, r.frozen_revision
           from billing_run_intervals o join billing_runs r using (run_id)
          where o.run_id = $1 and r.state = 'computing'
            and ((o.state = 'pending' and (o.not_before is null or o.not_before <= clock_timestamp())) or (o.state = 'computing' and o.lease_until < clock_timestamp()))
          order by o.interval_no limit 1 for update of o skip locked)
       update billing_run_intervals i
          set state = 'computing', fence = i.fence + 1, losses = i.losses + free.lost, worker = $2, claimed_at = clock_timestamp(),
              lease_until = clock_timestamp() + make_interval(secs => $3)
         from free where i.run_id = $1 and i.interval_no = free.interval_no
       returning i.run_id as "runId", i.interval_no as "intervalNo", i.fence, i.losses, free.period, free.kind,
                 free.frozen_revision as "frozenRevision"`,
      [runId, worker, LEASE_SECONDS],
    );
    return rows[0];
  }

  /** Accounts of an interval that are to be billed, in order. */
  async accountIds(tx: Tx, runId: string, intervalNo: number): Promise<string[]> {
    const rows = await tx.query<{ account_id: string }[]>(
      `select m.account_id from billing_run_intervals i
         join billing_run_members m on m.run_id = i.run_id and m.account_id between i.first_account_id and i.last_account_id
        where i.run_id = $1 and i.interval_no = $2 and m.exclusion_code is null order by m.account_id`,
      [runId, intervalNo],
    );
    return rows.map((row) => row.account_id);
  }

  /** Whether the claim still holds; if so the interval stays locked until the transaction ends. */
  async proveFence(tx: Tx, claim: ClaimedInterval): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `select 1 from billing_run_intervals
        where run_id = $1 and interval_no = $2 and fence = $3 and state = 'computing' for update`,
      [claim.runId, claim.intervalNo, claim.fence],
    );
    return rows.length === 1;
  }

  /** Stores the counts of a finished interval; to be called under a proven fence. */
  async finish(tx: Tx, claim: ClaimedInterval, result: IntervalResult): Promise<void> {
    await tx.query(
      `update billing_run_intervals
          set state = 'done', lease_until = null, finished_at = clock_timestamp(),
              billed = $3, excluded = excluded + $4, exceptions = $5, total_amount = $6
        where run_id = $1 and interval_no = $2`,
      [claim.runId, claim.intervalNo, result.billed, result.excluded, result.exceptions, result.totalAmount],
    );
  }

  /** Moves one account of a finished interval from exceptions to billed or excluded. */
  async moveException(tx: Tx, runId: string, intervalNo: number, to: 'billed' | 'excluded', amount: string): Promise<void> {
    await tx.query(
      `update billing_run_intervals set exceptions = exceptions - 1, ${to} = ${to} + 1, total_amount = total_amount + $3
        where run_id = $1 and interval_no = $2`,
      [runId, intervalNo, amount],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../../platform/database';
import type { ClaimedInterval } from '../interval.repository';

/** What went wrong with an interval, and the id under which the log tells more. */
export interface RecordedFault {
  readonly code: string;
  readonly correlationId: string;
}

/** Which attempts a half has left: one of the kind that split its whole, all of the other. */
export interface HalfStart {
  readonly failures: number;
  readonly losses: number;
}

/** How intervals fare that could not be computed at the first attempt. */
@Injectable()
export class IntervalFaultRepository {
  constructor(private readonly database: Database) {}

  /** Gives an interval back that a fault of the moment interrupted; again after 2, 4, 8 … 30 seconds, however often. */
  async interrupt(claim: ClaimedInterval, { code, correlationId }: RecordedFault): Promise<void> {
    await this.database.query(
      `update billing_run_intervals
          set state = 'pending', lease_until = null, interruptions = interruptions + 1, fault_code = $4, correlation_id = $5, fault_at = clock_timestamp(),
              not_before = clock_timestamp() + make_interval(secs => least(power(2, least(interruptions + 1, 9)), 30))
        where run_id = $1 and interval_no = $2 and fence = $3 and state = 'computing'`,
      [claim.runId, claim.intervalNo, claim.fence, code, correlationId],
    );
  }

  /** Counts a failure and lets the interval wait 2, 4, 8 … seconds; answers how many there were. Under a proven fence. */
  async countFailure(tx: Tx, claim: ClaimedInterval, { code, correlationId }: RecordedFault): Promise<number> {
    const [row] = await tx.query<{ failures: number }[]>(
      `update billing_run_intervals
          set state = 'pending', lease_until = null, failures = failures + 1, fault_code = $3, correlation_id = $4, fault_at = clock_timestamp(),
              not_before = clock_timestamp() + make_interval(secs => least(power(2, least(failures + 1, 9)), 300))
        where run_id = $1 and interval_no = $2 returning failures`,
      [claim.runId, claim.intervalNo, code, correlationId],
    );
    return row?.failures ?? 0;
  }

  /** Intervals of a run that came into being by splitting. */
  async splits(tx: Tx, runId: string): Promise<number> {
    const [row] = await tx.query<{ n: number }[]>('select count(*)::int as n from billing_run_intervals where run_id = $1 and split_from is not null', [runId]);
    return row?.n ?? 0;
  }

  /** Moves the accounts from this one on into a new interval. Both halves wait for a worker. The run is locked for change. */
  async split(tx: Tx, claim: ClaimedInterval, fromAccountId: string, start: HalfStart): Promise<void> {
    const { runId, intervalNo } = claim;
    const [row] = await tx.query<{ next: number }[]>('select max(interval_no) + 1 as next from billing_run_intervals where run_id = $1', [runId]);
    await tx.query(
      `insert into billing_run_intervals (run_id, interval_no, first_account_id, last_account_id, population, excluded, failures, losses, fault_code, correlation_id, fault_at, split_from)
       select i.run_id, $4, $3, i.last_account_id, half.population, half.excluded, $5, $6, i.fault_code, i.correlation_id, i.fault_at, i.interval_no
         from billing_run_intervals i
         cross join lateral (select count(*) as population, count(m.exclusion_code) as excluded from billing_run_members m
                              where m.run_id = i.run_id and m.account_id between $3 and i.last_account_id) half
        where i.run_id = $1 and i.interval_no = $2`,
      [runId, intervalNo, fromAccountId, row?.next, start.failures, start.losses],
    );
    await tx.query(
      `update billing_run_members m set interval_no = n.interval_no from billing_run_intervals n
        where n.run_id = $1 and n.interval_no = $2 and m.run_id = n.run_id and m.account_id between n.first_account_id and n.last_account_id`,
      [runId, row?.next],
    );
    await tx.query(
      `update billing_run_intervals i
          set state = 'pending', lease_until = null, not_before = null, failures = $4, losses = $5,
              population = i.population - n.population, excluded = i.excluded - n.excluded,
              last_account_id = (select max(m.account_id) from billing_run_members m
                                  where m.run_id = i.run_id and m.account_id >= i.first_account_id and m.account_id < n.first_account_id)
         from billing_run_intervals n
        where i.run_id = $1 and i.interval_no = $2 and n.run_id = $1 and n.interval_no = $3`,
      [runId, intervalNo, row?.next, start.failures, start.losses],
    );
  }

  /** Takes an interval out of the work until a person resumes it; its accounts stay pending. */
  async park(tx: Tx, claim: ClaimedInterval, { code, correlationId }: RecordedFault): Promise<void> {
    await tx.query(
      `update billing_run_intervals
          set state = 'parked', lease_until = null, not_before = null, fault_code = $3, correlation_id = $4, fault_at = clock_timestamp()
        where run_id = $1 and interval_no = $2`,
      [claim.runId, claim.intervalNo, code, correlationId],
    );
  }

  /** Gives parked intervals (this one, or all of the run) all their attempts back, and the run all its splits. Answers their numbers. */
  async resume(tx: Tx, runId: string, intervalNo: number | null): Promise<number[]> {
    await tx.query('update billing_run_intervals set split_from = null where run_id = $1 and split_from is not null', [runId]);
    const rows = await tx.query<{ intervalNo: number }[]>(
      `update billing_run_intervals set state = 'pending', failures = 0, losses = 0, not_before = null
        where run_id = $1 and state = 'parked' and ($2::int is null or interval_no = $2) returning interval_no as "intervalNo"`,
      [runId, intervalNo],
    );
    return rows.map((row) => row.intervalNo).sort((a, b) => a - b);
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database';
import { defineCodeList, type CodeOf } from '../../../../platform/http';

export const INTERVAL_STATES = defineCodeList('billing-interval-states', [
  { code: 'pending', en: 'Waits for a worker', zh: '待计算' },
  { code: 'computing', en: 'Held by a worker', zh: '计算中' },
  { code: 'done', en: 'Computed', zh: '已计算' },
  { code: 'parked', en: 'Given up until a person resumes it', zh: '已搁置，待人工恢复' },
]);
export type IntervalState = CodeOf<typeof INTERVAL_STATES>;

/** How many intervals of a run are in which state; `waiting` are pending ones that a fault made wait. */
export interface IntervalCounts {
  readonly pending: number;
  readonly waiting: number;
  readonly computing: number;
  readonly done: number;
  readonly parked: number;
}

export interface IntervalRow {
  readonly intervalNo: number;
  readonly state: IntervalState;
  readonly accounts: number;
  readonly firstAccountNo: string;
  readonly lastAccountNo: string;
  readonly worker: string | null;
  readonly fence: number;
  readonly failures: number;
  readonly losses: number;
  readonly interruptions: number;
  readonly notBefore: Date | null;
  readonly faultCode: string | null;
  readonly correlationId: string | null;
  readonly faultAt: Date | null;
}

/** Reading of the intervals of a run, those that had trouble above all. */
@Injectable()
export class IntervalQueries {
  constructor(private readonly database: Database) {}

  async counts(runId: string): Promise<IntervalCounts> {
    const [row] = await this.database.query<IntervalCounts>(
      `select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'pending' and not_before > clock_timestamp())::int as waiting,
              count(*) filter (where state = 'computing')::int as computing, count(*) filter (where state = 'done')::int as done,
              count(*) filter (where state = 'parked')::int as parked
         from billing_run_intervals where run_id = $1`,
      [runId],
    );
    return row ?? { pending: 0, waiting: 0, computing: 0, done: 0, parked: 0 };
  }

  /** Intervals in the order of their numbers, after this one. */
  list(runId: string, state: string | undefined, limit: number, after: string | undefined): Promise<IntervalRow[]> {
    return this.database.query<IntervalRow>(
      `select i.interval_no as "intervalNo", i.state, i.population as accounts, f.account_no as "firstAccountNo", l.account_no as "lastAccountNo", i.worker,
              i.fence, i.failures, i.losses, i.interruptions, i.not_before as "notBefore", i.fault_code as "faultCode", i.correlation_id as "correlationId", i.fault_at as "faultAt"
         from billing_run_intervals i join accounts f on f.account_id = i.first_account_id join accounts l on l.account_id = i.last_account_id
        where i.run_id = $1 and ($2::text is null or i.state = $2) and ($3::int is null or i.interval_no > $3)
        order by i.interval_no limit $4`,
      [runId, state ?? null, after ?? null, limit],
    );
  }
}

import { EnumField, IdField, InstantField, IntField, PageQuery, TextField } from '../../../../platform/http';
import { INTERVAL_STATES } from './interval-queries';

/** The intervals of a run by state. */
export class IntervalCountsView {
  @IntField({ description: 'They wait for a worker.', example: 24 })
  pending!: number;

  @IntField({ description: 'Of the pending ones: made to wait by a fault, tried again by themselves.', example: 0 })
  waiting!: number;

  @IntField({ description: 'Held by a worker.', example: 4 })
  computing!: number;

  @IntField({ description: 'Computed.', example: 12 })
  done!: number;

  @IntField({ description: 'Given up until a person resumes them; their accounts are pending.', example: 0 })
  parked!: number;
}

export class IntervalListQuery extends PageQuery {
  @EnumField({ values: INTERVAL_STATES, description: 'Only intervals in this state.', example: 'parked', optional: true })
  state?: string;
}

/** An interval of a run: accounts that one worker computes at a time, and what happened to it. */
export class IntervalView {
  @IntField({ description: 'Number within the run.', example: 7 })
  intervalNo!: number;

  @EnumField({ values: INTERVAL_STATES, description: 'State.', example: 'parked' })
  state!: string;

  @IntField({ description: 'Accounts in it, excluded ones included.', example: 500 })
  accounts!: number;

  @TextField({ description: 'Its first account, in the order in which accounts were opened in the system.', example: '1000000014', maxLength: 10 })
  firstAccountNo!: string;

  @TextField({ description: 'Its last account.', example: '1000005147', maxLength: 10 })
  lastAccountNo!: string;

  @TextField({ description: 'Who held it last: host and process.', example: 'billing-2:4711', maxLength: 200, nullable: true })
  worker!: string | null;

  @IntField({ description: 'How often it was claimed; whoever writes proves this number.', example: 3 })
  fence!: number;

  @IntField({ description: 'Attempts that failed by its own fault.', example: 3 })
  failures!: number;

  @IntField({ description: 'Workers that ended or fell silent with it.', example: 0 })
  losses!: number;

  @IntField({ description: 'Attempts that a fault of the moment interrupted, such as a restart of the database; without a bound.', example: 0 })
  interruptions!: number;

  @InstantField({ description: 'It is not tried before; null where it need not wait.', example: '2026-06-01T01:00:12.000Z', nullable: true })
  notBefore!: string | null;

  @TextField({ description: 'What went wrong last.', example: 'BILLING.UNEXPECTED', maxLength: 64, nullable: true })
  faultCode!: string | null;

  @TextField({ description: 'Leads to the log.', example: '6f1c1c0e-6b0a-4c0e-9d53-2f4b1f0f8a11', maxLength: 64, nullable: true })
  correlationId!: string | null;

  @InstantField({ description: 'When it went wrong last.', example: '2026-06-01T01:00:10.000Z', nullable: true })
  faultAt!: string | null;
}

export class ResumeBody {
  @TextField({ description: 'Why; it stands in the audit.', example: 'Fault 6f1c mended in release 2026.6.1', maxLength: 500 })
  reason!: string;

  @IntField({ description: 'Only the interval of this number; all parked ones where it is missing.', example: 7, min: 1, max: 1_000_000, optional: true })
  intervalNo?: number;
}

export class ResumedView {
  @IdField({ description: 'Run.', example: '17' })
  runId!: string;

  @IntField({ description: 'Intervals that go back to work.', example: 1 })
  resumed!: number;
}

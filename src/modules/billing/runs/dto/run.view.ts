import { DecimalField, defineCodeList, EnumField, IdField, InstantField, IntField, ListField, MonthField, ObjectField, TextField, TextListField } from '../../../../platform/http';
import { IntervalCountsView } from '../intervals/interval.dto';
import { POPULATION_KINDS } from '../population';
import { RUN_KINDS, RUN_STATES } from '../run-states';

/** Which accounts a run covers. */
export class PopulationView {
  @EnumField({ values: POPULATION_KINDS, description: 'How the accounts were named.', example: 'region' })
  by!: string;

  @TextListField({ description: 'With by = region.', example: ['310101'], maxItems: 500, maxLength: 32, optional: true })
  regionCodes?: readonly string[];

  @TextListField({ description: 'With by = routes.', example: ['R-0101'], maxItems: 2000, maxLength: 24, optional: true })
  routeCodes?: readonly string[];

  @TextListField({ description: 'With by = accounts.', example: ['1000000014'], maxItems: 50000, maxLength: 10, optional: true })
  accountNos?: readonly string[];
}

/** Where the accounts of a run are: accounts = pending + billed + excluded + exceptions, at every moment. */
export class RunCountsView {
  @IntField({ description: 'Population: accounts that the run covers; 0 until the inputs are frozen.', example: 20000 })
  accounts!: number;

  @IntField({ description: 'Not computed yet.', example: 8000 })
  pending!: number;

  @IntField({ description: 'Billed.', example: 11800 })
  billed!: number;

  @IntField({ description: 'Left out, with a reason.', example: 120 })
  excluded!: number;

  @IntField({ description: 'Not billed, with code and owner.', example: 80 })
  exceptions!: number;
}

/** A billing run as lists show it. */
export class RunSummaryView {
  @IdField({ description: 'Identity of the run.', example: '17' })
  runId!: string;

  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;

  @EnumField({ values: RUN_KINDS, description: 'Kind.', example: 'regular' })
  kind!: string;

  @EnumField({ values: RUN_STATES, description: 'State.', example: 'computing' })
  state!: string;

  @ObjectField(() => PopulationView, { description: 'Accounts that it covers.' })
  population!: PopulationView;

  @ObjectField(() => RunCountsView, { description: 'Where its accounts are.' })
  counts!: RunCountsView;

  @DecimalField({ description: 'Total of the bills so far, yuan.', example: '1520344.18', decimals: 2, digits: 16 })
  totalAmount!: string;

  @IdField({ description: 'Who started it.', example: '3' })
  createdBy!: string;

  @InstantField({ description: 'When.', example: '2026-06-01T01:00:00.000Z' })
  createdAt!: string;

  @IdField({ description: 'Who released it; another person.', example: '4', nullable: true })
  releasedBy!: string | null;

  @InstantField({ description: 'When it was released.', example: '2026-06-02T01:00:00.000Z', nullable: true })
  releasedAt!: string | null;
}

export class WorkerView {
  @TextField({ description: 'Host and process.', example: 'billing-2:4711', maxLength: 200 })
  worker!: string;

  @IntField({ description: 'Intervals that it finished.', example: 12 })
  intervalsDone!: number;

  @IntField({ description: 'Intervals that it holds.', example: 2 })
  intervalsHeld!: number;

  @IntField({ description: 'Accounts in the finished intervals.', example: 6000 })
  accountsDone!: number;

  @InstantField({ description: 'Last claim or finish.', example: '2026-06-01T01:00:12.000Z' })
  lastSeenAt!: string;
}

/** How far a run is and how fast. */
export class RunProgressView {
  @DecimalField({ description: 'Share of the accounts that are no longer pending, percent.', example: '60.0', decimals: 1, digits: 3 })
  percent!: string;

  @IntField({ description: 'Accounts a second over the last half minute of work.', example: 4100 })
  accountsPerSecond!: number;

  @InstantField({ description: 'First claim of an interval.', example: '2026-06-01T01:00:02.000Z', nullable: true })
  startedAt!: string | null;

  @InstantField({ description: 'When the last interval was or will be finished; null while unknown.', example: '2026-06-01T01:00:07.000Z', nullable: true })
  expectedEnd!: string | null;

  @ObjectField(() => IntervalCountsView, { description: 'Pieces of the work by state.' })
  intervals!: IntervalCountsView;

  @ListField(() => WorkerView, { description: 'Who works at it.', maxItems: 1000 })
  workers!: WorkerView[];
}

export class TransitionView {
  @EnumField({ values: RUN_STATES, description: 'State before; null at the start.', example: 'draft', nullable: true })
  fromState!: string | null;

  @EnumField({ values: RUN_STATES, description: 'State after.', example: 'frozen' })
  toState!: string;

  @IdField({ description: 'Who; null for the system.', example: '3', nullable: true })
  changedBy!: string | null;

  @TextField({ description: 'Why.', example: 'inputs frozen', maxLength: 500 })
  reason!: string;

  @InstantField({ description: 'When.', example: '2026-06-01T01:00:01.000Z' })
  changedAt!: string;
}

/** Who verified a run, on the strength of which check and sample. */
export class RunVerificationView {
  @IdField({ description: 'Check report that it rests on.', example: '5' })
  checkId!: string;

  @IdField({ description: 'Sample that was looked through.', example: '4' })
  sampleId!: string;

  @IdField({ description: 'Who.', example: '3' })
  verifiedBy!: string;

  @InstantField({ description: 'When.', example: '2026-06-01T04:00:00.000Z' })
  verifiedAt!: string;

  @TextField({ description: 'What was looked at.', example: 'Sample of 46 bills looked through, totals plausible', maxLength: 500 })
  note!: string;
}

/** A tariff version in the place of a price book. */
export class TrialTariffView {
  @TextField({ description: 'Price book that accounts have in their terms.', example: 'guangxi-2026', maxLength: 80 })
  priceBook!: string;

  @IdField({ description: 'Version that they are priced under.', example: '12' })
  tariffVersionId!: string;

  @TextField({ description: 'Content hash that the bills name; another one than the version\'s where its days or book differ.', example: 'b'.repeat(64), maxLength: 64 })
  contentHash!: string;
}

export const WAITING_REASONS = defineCodeList('billing-run-waiting-reasons', [
  { code: 'other-period-computing', en: 'A run of another period is being computed', zh: '另一期的批次正在计算' },
  { code: 'bills-being-removed', en: 'The bills of a discarded run are being removed', zh: '已作废批次的账单正在清除' },
]);

/** What a draft waits for. */
export class WaitingView {
  @EnumField({ values: WAITING_REASONS, description: 'Why.', example: 'other-period-computing' })
  reason!: string;

  @IdField({ description: 'The run that it waits for.', example: '16' })
  runId!: string;

  @MonthField({ description: 'Period of that run.', example: '2026-04' })
  period!: string;
}

/** A billing run with progress and history. */
export class RunView extends RunSummaryView {
  @TextField({ description: 'Revision of the inputs that the run reads; later entries do not reach it.', example: '918273', maxLength: 19, nullable: true })
  frozenRevision!: string | null;

  @TextField({ description: 'SHA-256 over all bills and exceptions; equal inputs give equal hashes.', example: 'a'.repeat(64), maxLength: 64, nullable: true })
  resultHash!: string | null;

  @ListField(() => TrialTariffView, { description: 'Tariffs of a trial in place of those in force.', maxItems: 50 })
  tariffs!: readonly TrialTariffView[];

  @ObjectField(() => WaitingView, { description: 'Why a draft does not begin; null where nothing keeps it.', nullable: true })
  waitsFor!: WaitingView | null;

  @ObjectField(() => RunVerificationView, { description: 'The verification of this result; null while there is none.', nullable: true })
  verification!: RunVerificationView | null;

  @ObjectField(() => RunProgressView, { description: 'Progress.' })
  progress!: RunProgressView;

  @ListField(() => TransitionView, { description: 'History.', maxItems: 1000 })
  transitions!: TransitionView[];
}

/** What a release opened. */
export class ReleaseView {
  @IdField({ description: 'Run.', example: '17' })
  runId!: string;

  @IntField({ description: 'Receivables opened; bills of zero open none.', example: 19760 })
  receivables!: number;

  @IntField({ description: 'Credits opened for negative bills.', example: 3 })
  credits!: number;

  @DecimalField({ description: 'Receivables less credits, yuan: the total of the bills.', example: '1520344.18', decimals: 2, digits: 16 })
  amount!: string;
}

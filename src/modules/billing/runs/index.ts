import { AccountBilling } from './account-billing';
import { AssignException } from './assign-exception';
import { CheckRun } from './checks/check-run';
import { CheckRepository } from './checks/check.repository';
import { ChecksController } from './checks/checks.controller';
import './checks/check.errors';
import { CompareRuns } from './comparison/compare-runs';
import { ComparisonController } from './comparison/comparison.controller';
import './comparison/comparison.errors';
import { ComparisonRepository } from './comparison/comparison.repository';
import { ComputeInterval } from './compute-interval';
import { CreateRun } from './create-run';
import { DiscardRun } from './discard-run';
import { DriveRun } from './drive-run';
import { ExceptionQueries } from './exception-queries';
import { ExceptionRepository } from './exception.repository';
import { ExceptionsController } from './exceptions.controller';
import { FreezeRun } from './freeze-run';
import { IntervalRepository } from './interval.repository';
import { GiveUpInterval } from './intervals/give-up-interval';
import { IntervalFaultRepository } from './intervals/interval-faults.repository';
import { IntervalQueries } from './intervals/interval-queries';
import { IntervalsController } from './intervals/intervals.controller';
import { ResumeIntervals } from './intervals/resume-intervals';
import { MemberRepository } from './member.repository';
import { RecomputeAccount } from './recompute-account';
import { ReleaseRun } from './release-run';
import { ResolveException } from './resolve-exception';
import { RunEvents } from './run-events';
import { RunExists } from './run-exists.guard';
import { RunJobs } from './run.jobs';
import { RunQueries } from './run-queries';
import { RunStates } from './run-states';
import { RunViews } from './run-views';
import { TrialTariffs } from './trial-tariffs';
import { RunDecisionsController, RunsController } from './runs.controller';
import { VERIFICATION_CONTROLLERS, VERIFICATION_PROVIDERS } from './verification';
import './run.errors';
import './run.gauges';

/** What the billing module declares for its runs. */
export const RUN_CONTROLLERS = [RunsController, RunDecisionsController, ChecksController, ComparisonController, IntervalsController, ExceptionsController, ...VERIFICATION_CONTROLLERS];
export const RUN_PROVIDERS = [
  AccountBilling,
  AssignException,
  CheckRepository,
  CheckRun,
  CompareRuns,
  ComparisonRepository,
  ComputeInterval,
  CreateRun,
  DiscardRun,
  DriveRun,
  ExceptionQueries,
  ExceptionRepository,
  FreezeRun,
  GiveUpInterval,
  IntervalFaultRepository,
  IntervalQueries,
  IntervalRepository,
  MemberRepository,
  RecomputeAccount,
  ReleaseRun,
  ResolveException,
  ResumeIntervals,
  RunEvents,
  RunExists,
  RunJobs,
  RunQueries,
  RunStates,
  RunViews,
  TrialTariffs,
  ...VERIFICATION_PROVIDERS,
];

export { CheckRun, CreateRun, DiscardRun, DriveRun, ExceptionQueries, FreezeRun, ReleaseRun, RunQueries, RunViews };
export { CorrectAccount, DrawSample, freshSeed, JudgeSample, SampleViews, VerifyRun } from './verification';
export { RECEIVABLES_PORT, type CancelledBill, type CancelledDebt, type OpenedReceivables, type ReceivablesPort } from './receivables.port';
export { RUN_RELEASED } from './release-run';
export { registerRunCommands } from './run.commands';

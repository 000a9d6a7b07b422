import { AccountBilling } from './account-billing';
import { CheckRun } from './check-run';
import { CheckRepository } from './check.repository';
import { ComputeInterval } from './compute-interval';
import { CreateRun } from './create-run';
import { DiscardRun } from './discard-run';
import { DriveRun } from './drive-run';
import { ExceptionQueries } from './exception-queries';
import { ExceptionRepository } from './exception.repository';
import { ExceptionsController } from './exceptions.controller';
import { FreezeRun } from './freeze-run';
import { IntervalRepository } from './interval.repository';
import { MemberRepository } from './member.repository';
import { RecomputeAccount } from './recompute-account';
import { ReleaseRun } from './release-run';
import { ResolveException } from './resolve-exception';
import { RunEvents } from './run-events';
import { RunJobs } from './run.jobs';
import { RunQueries } from './run-queries';
import { RunStates } from './run-states';
import { RunViews } from './run-views';
import { RunDecisionsController, RunsController } from './runs.controller';
import './run.errors';
import './run.gauges';

/** What the billing module declares for its runs. */
export const RUN_CONTROLLERS = [RunsController, RunDecisionsController, ExceptionsController];
export const RUN_PROVIDERS = [
  AccountBilling,
  CheckRepository,
  CheckRun,
  ComputeInterval,
  CreateRun,
  DiscardRun,
  DriveRun,
  ExceptionQueries,
  ExceptionRepository,
  FreezeRun,
  IntervalRepository,
  MemberRepository,
  RecomputeAccount,
  ReleaseRun,
  ResolveException,
  RunEvents,
  RunJobs,
  RunQueries,
  RunStates,
  RunViews,
];

export { CheckRun, CreateRun, DiscardRun, DriveRun, ExceptionQueries, FreezeRun, ReleaseRun, RunQueries, RunViews };
export { RECEIVABLES_PORT, type OpenedReceivables, type ReceivablesPort } from './receivables.port';
export { RUN_RELEASED } from './release-run';
export { registerRunCommands } from './run.commands';

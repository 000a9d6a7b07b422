import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { ExceptionRepository, LockedException } from './exception.repository';
import { IntervalRepository } from './interval.repository';
import { MemberRepository } from './member.repository';
import { LockedRun, RunStates } from './run-states';

/** Decisions of people about accounts that a run could not bill. */
@Injectable()
export class ResolveException {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly exceptions: ExceptionRepository,
    private readonly intervals: IntervalRepository,
    private readonly members: MemberRepository,
    private readonly audit: Audit,
  ) {}

  /** Leaves the account out of this run, with a reason. A run that was checked must be checked again. */
  async exclude(runId: string, exceptionId: string, actor: Actor, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { run, exception } = await this.lockOpen(tx, runId, exceptionId);
      await this.exceptions.close(tx, exceptionId, 'excluded', actor.userId, reason);
      await this.members.excludeByDecision(tx, runId, exception.accountId, actor.userId, reason);
      await this.intervals.moveException(tx, runId, exception.intervalNo, 'excluded', '0');
      await this.backBeforeCheck(tx, run, actor, 'an account was excluded after the check');
      await this.record(tx, 'billing.exception.exclude', exceptionId, actor, { reason });
    });
  }

  /** Run and open exception, both locked. Throws BILLING.EXCEPTION_NOT_FOUND, BILLING.EXCEPTION_CLOSED, BILLING.RUN_STATE. */
  async lockOpen(tx: Tx, runId: string, exceptionId: string): Promise<{ run: LockedRun; exception: LockedException }> {
    const run = await this.states.lock(tx, runId, 'change');
    const exception = await this.exceptions.lock(tx, runId, exceptionId);
    if (!exception) throw new AppError('BILLING.EXCEPTION_NOT_FOUND');
    this.states.require(run, ['computing', 'computed', 'checked', 'verified']);
    if (exception.state !== 'open') throw new AppError('BILLING.EXCEPTION_CLOSED');
    return { run, exception };
  }

  /** What was checked is no longer what would be released. */
  async backBeforeCheck(tx: Tx, run: LockedRun, actor: Actor, reason: string): Promise<void> {
    if (run.state === 'checked' || run.state === 'verified') await this.states.move(tx, run, 'computed', { by: actor.userId, reason });
  }

  async record(tx: Tx, action: string, exceptionId: string, actor: Actor, detail: Readonly<Record<string, unknown>>): Promise<void> {
    await this.audit.record(tx, { actor, action, subjectType: 'billing-exception', subjectId: exceptionId, detail });
  }
}

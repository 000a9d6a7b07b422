import { Injectable } from '@nestjs/common';
import { dec, sum, text } from '../../../core/quantity';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AccountBilling } from './account-billing';
import { ExceptionRepository, LockedException } from './exception.repository';
import type { FoundException } from './found-exception';
import { IntervalRepository } from './interval.repository';
import { requireNoOtherPeriodComputing } from './period-order';
import { ResolveException } from './resolve-exception';
import type { LockedRun } from './run-states';
import { AccountOfRun } from './verification/account-of-run';

/** What came of computing one account again. */
export interface RecomputeOutcome {
  readonly outcome: 'billed' | 'exception' | 'excluded';
  /** Numbers of the account's new bills. */
  readonly billNos: readonly string[];
  readonly totalAmount: string | null;
  /** The exception that stands in place of the old one. */
  readonly exceptionId: string | null;
  readonly code: string | null;
}

const NOTHING: RecomputeOutcome = { outcome: 'excluded', billNos: [], totalAmount: null, exceptionId: null, code: null };

/**
 * Computes one account of a run again, after somebody mended what was wrong with it. The account alone is read as of
 * now, by a clean cut of its own that its membership notes; the rest of the run keeps its revision. Its bills join the
 * newest sample: what came into being after a sample was drawn is looked at as well.
 */
@Injectable()
export class RecomputeAccount {
  constructor(
    private readonly database: Database,
    private readonly resolution: ResolveException,
    private readonly billing: AccountBilling,
    private readonly exceptions: ExceptionRepository,
    private readonly intervals: IntervalRepository,
    private readonly accounts: AccountOfRun,
  ) {}

  async recompute(runId: string, exceptionId: string, actor: Actor): Promise<RecomputeOutcome> {
    const frozenRevision = await this.accounts.cut();
    return this.database.transaction(async (tx) => {
      await requireNoOtherPeriodComputing(tx, runId);
      const { run, exception } = await this.resolution.lockOpen(tx, runId, exceptionId);
      const order = { runId, period: run.period, kind: run.kind, frozenRevision };
      const computed = await this.billing.compute(tx, order, [exception.accountId]);
      const written = await this.billing.write(tx, order, computed.bills);
      await this.accounts.renew(tx, run, exception.accountId, { frozenRevision, ...written });
      const [found] = [...computed.exceptions, ...written.exceptions];
      if (found) return this.stillException(tx, run, exception, found, actor);
      const to = written.alreadyBilled.length > 0 ? 'excluded' : 'billed';
      const totalAmount = text(sum(written.stored.map((bill) => dec(bill.totalAmount))), 2);
      await this.exceptions.close(tx, exceptionId, to, actor.userId, 'computed again');
      await this.intervals.moveException(tx, runId, exception.intervalNo, to, totalAmount);
      await this.resolution.backBeforeCheck(tx, run, actor, 'an account was computed again after the check');
      await this.resolution.record(tx, 'billing.exception.recompute', exceptionId, actor, { outcome: to });
      return to === 'excluded' ? NOTHING : { ...NOTHING, outcome: to, billNos: written.stored.map((bill) => bill.billNo), totalAmount };
    });
  }

  private async stillException(
    tx: Tx,
    run: LockedRun,
    exception: LockedException,
    found: FoundException,
    actor: Actor,
  ): Promise<RecomputeOutcome> {
    const [{ code }] = found.findings;
    const { runId } = run;
    await this.exceptions.close(tx, exception.exceptionId, 'superseded', actor.userId, 'computed again');
    await this.exceptions.copy(tx, runId, exception.intervalNo, [found]);
    await this.resolution.record(tx, 'billing.exception.recompute', exception.exceptionId, actor, { outcome: code });
    if (code !== exception.code) await this.resolution.backBeforeCheck(tx, run, actor, 'an exception became another one after the check');
    const exceptionId = await this.exceptions.openOf(tx, runId, exception.accountId);
    return { ...NOTHING, outcome: 'exception', exceptionId, code };
  }
}

import { Injectable } from '@nestjs/common';
import { dec, sum, text } from '../../../../core/quantity';
import type { Actor } from '../../../../platform/auth';
import { Database, type Tx } from '../../../../platform/database';
import { AppError } from '../../../../platform/errors';
import { AccountBilling } from '../account-billing';
import { ExceptionRepository } from '../exception.repository';
import { requireNoOtherPeriodComputing } from '../period-order';
import type { RecomputeOutcome } from '../recompute-account';
import type { LockedRun } from '../run-states';
import { type BilledMember } from './account-bills.repository';
import { AccountOfRun } from './account-of-run';

/** Takes a billed account's drafts back: to compute it again as of now, or to leave it out. The run is checked anew. */
@Injectable()
export class CorrectAccount {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountOfRun,
    private readonly billing: AccountBilling,
    private readonly exceptions: ExceptionRepository,
  ) {}

  /** Throws BILLING.ACCOUNT_NOT_IN_RUN and BILLING.ACCOUNT_NOT_BILLED. */
  async exclude(runId: string, accountNo: string, actor: Actor, reason: string): Promise<RecomputeOutcome> {
    return this.database.transaction(async (tx) => {
      const { run, member } = await this.taken(tx, runId, accountNo);
      await this.accounts.leaveOut(tx, run, member, actor, reason);
      await this.accounts.settle(tx, run, member, { how: 'excluded', accountNo, actor, reason });
      return outcome('excluded', []);
    });
  }

  /** The account alone is read as of now, by a clean cut of its own. Throws BILLING.ACCOUNT_NOT_IN_RUN and BILLING.ACCOUNT_NOT_BILLED. */
  async recompute(runId: string, accountNo: string, actor: Actor, reason: string): Promise<RecomputeOutcome> {
    const frozenRevision = await this.accounts.cut();
    return this.database.transaction(async (tx) => {
      const { run, member } = await this.taken(tx, runId, accountNo);
      const order = { runId, period: run.period, kind: run.kind, frozenRevision };
      const computed = await this.billing.compute(tx, order, [member.accountId]);
      const written = await this.billing.write(tx, order, computed.bills);
      const found = [...computed.exceptions, ...written.exceptions];
      await this.exceptions.copy(tx, runId, member.intervalNo, found);
      const amount = sum(written.stored.map((bill) => dec(bill.totalAmount)));
      const to = found.length > 0 ? 'exceptions' : 'billed';
      await this.accounts.recount(tx, run, member, { to, amount: text(amount.minus(dec(member.totalAmount)), 2), frozenRevision });
      await this.accounts.settle(tx, run, member, { how: 'recomputed', accountNo, actor, reason });
      if (found[0] === undefined) return outcome('billed', written.stored.map(({ billNo }) => billNo), text(amount, 2));
      const exceptionId = await this.exceptions.openOf(tx, runId, member.accountId);
      return { ...outcome('exception', []), exceptionId, code: found[0].findings[0].code };
    });
  }

  /** The account's bills are gone from the run that is locked now. */
  private async taken(tx: Tx, runId: string, accountNo: string): Promise<{ run: LockedRun; member: BilledMember }> {
    await requireNoOtherPeriodComputing(tx, runId);
    const { run, member } = await this.accounts.lock(tx, runId, accountNo);
    if (!member) throw new AppError('BILLING.ACCOUNT_NOT_IN_RUN');
    if (member.billIds.length === 0) throw new AppError('BILLING.ACCOUNT_NOT_BILLED');
    await this.accounts.remove(tx, run, member);
    return { run, member };
  }
}

function outcome(kind: RecomputeOutcome['outcome'], billNos: readonly string[], totalAmount: string | null = null): RecomputeOutcome {
  return { outcome: kind, billNos, totalAmount, exceptionId: null, code: null };
}

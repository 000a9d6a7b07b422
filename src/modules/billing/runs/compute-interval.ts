import { Injectable } from '@nestjs/common';
import { dec, sum, text } from '../../../core/quantity';
import { Database } from '../../../platform/database';
import { AccountBilling } from './account-billing';
import { ExceptionRepository } from './exception.repository';
import { ClaimedInterval, IntervalRepository } from './interval.repository';
import { MemberRepository } from './member.repository';
import { RunStates } from './run-states';

/** The claim was lost: the lease ran out and another worker took the interval, or the run was discarded. */
export class FencedOff extends Error {
  constructor(claim: ClaimedInterval) {
    super(`interval ${claim.runId}/${String(claim.intervalNo)} was taken over from fence ${String(claim.fence)}`);
    this.name = 'FencedOff';
  }
}

/**
 * Computes one interval: reads its accounts set-based, computes, and writes bills, lines, documents, exceptions and
 * the interval's counts in one transaction that proves its fence before it writes.
 */
@Injectable()
export class ComputeInterval {
  constructor(
    private readonly database: Database,
    private readonly intervals: IntervalRepository,
    private readonly members: MemberRepository,
    private readonly exceptions: ExceptionRepository,
    private readonly states: RunStates,
    private readonly billing: AccountBilling,
  ) {}

  /** Throws FencedOff where the claim was lost meanwhile; then nothing was written. */
  async run(claim: ClaimedInterval): Promise<void> {
    await this.database.transaction(async (tx) => {
      // A worker that is paused inside of the transaction must not keep the interval for ever.
      await tx.query(`set local idle_in_transaction_session_timeout = '60s'`);
      const accountIds = await this.intervals.accountIds(tx, claim.runId, claim.intervalNo);
      const computed = await this.billing.compute(tx, claim, accountIds);
      const run = await this.states.lock(tx, claim.runId, 'share');
      if (run.state !== 'computing' || !(await this.intervals.proveFence(tx, claim))) throw new FencedOff(claim);
      const written = await this.billing.write(tx, claim, computed.bills);
      const exceptions = [...computed.exceptions, ...written.exceptions];
      await this.exceptions.copy(tx, claim.runId, claim.intervalNo, exceptions);
      await this.members.excludeBilled(tx, claim.runId, written.alreadyBilled);
      await this.intervals.finish(tx, claim, {
        billed: new Set(written.stored.map((bill) => bill.accountId)).size,
        excluded: written.alreadyBilled.length,
        exceptions: exceptions.length,
        totalAmount: text(sum(written.stored.map((bill) => dec(bill.totalAmount))), 2),
      });
    });
  }
}

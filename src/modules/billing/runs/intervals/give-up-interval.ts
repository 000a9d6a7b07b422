import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Database, savepoint, type Tx } from '../../../../platform/database';
import { ExceptionRepository } from '../exception.repository';
import { UNEXPECTED } from '../found-exception';
import { faultCode, isOfTheMoment, WORKER_LOST } from './interval-fault';
import { IntervalFaultRepository, type RecordedFault } from './interval-faults.repository';
import { IntervalRepository, type ClaimedInterval } from '../interval.repository';
import { RunStates } from '../run-states';

/** An interval is tried so often, and taken over so often from a lost worker, before it is split. */
export const ATTEMPTS = 3;
/** A run splits its intervals so often; where that does not find the accounts at fault, the fault is everywhere. */
export const SPLITS_PER_RUN = 64;

/** What a fault of an interval means for the worker: go on with the next one, or leave the run alone for a while. */
export type AfterFault = 'next' | 'pause';

/**
 * Keeps an interval that fails again and again from being tried for ever. After its attempts it is split in halves with
 * one attempt each, down to the account at fault, which becomes an exception. Where splitting does not help, the interval
 * is parked. Faults of the moment count for nothing: the interval waits and is tried again.
 */
@Injectable()
export class GiveUpInterval {
  private readonly logger = new Logger('BillingRun');

  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly intervals: IntervalRepository,
    private readonly faults: IntervalFaultRepository,
    private readonly exceptions: ExceptionRepository,
  ) {}

  /** Records what an attempt failed with. Rejects where the database does not even take that; then the lease runs out. */
  async failed(claim: ClaimedInterval, error: unknown): Promise<AfterFault> {
    const fault = { code: faultCode(error), correlationId: randomUUID() };
    const passing = isOfTheMoment(error);
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.logger.error(`interval ${claim.runId}/${String(claim.intervalNo)} ${passing ? 'was interrupted' : 'failed'}, ${fault.code}, correlation ${fault.correlationId}: ${what}`);
    if (passing) {
      await this.faults.interrupt(claim, fault);
      return 'pause';
    }
    await this.underFence(claim, async (tx) => {
      if ((await this.faults.countFailure(tx, claim, fault)) >= ATTEMPTS) await this.giveUp(tx, claim, fault, { failures: ATTEMPTS - 1, losses: 0 });
    });
    return 'next';
  }

  /** Deals with an interval whose workers were lost too often; false where it may be tried once more. */
  async lostTooOften(claim: ClaimedInterval): Promise<boolean> {
    if (claim.losses < ATTEMPTS) return false;
    const fault = { code: WORKER_LOST, correlationId: randomUUID() };
    this.logger.error(`interval ${claim.runId}/${String(claim.intervalNo)} lost ${String(claim.losses)} workers, correlation ${fault.correlationId}`);
    await this.underFence(claim, (tx) => this.giveUp(tx, claim, fault, { failures: 0, losses: ATTEMPTS - 1 }));
    return true;
  }

  /** Locks run and interval for change; does nothing where the run was discarded or the interval taken over. */
  private async underFence(claim: ClaimedInterval, work: (tx: Tx) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const run = await this.states.lock(tx, claim.runId, 'change');
      if (run.state === 'computing' && (await this.intervals.proveFence(tx, claim))) await work(tx);
    });
  }

  private async giveUp(tx: Tx, claim: ClaimedInterval, fault: RecordedFault, halves: { failures: number; losses: number }): Promise<void> {
    const accountIds = await this.intervals.accountIds(tx, claim.runId, claim.intervalNo);
    const [only] = accountIds;
    if (only !== undefined && accountIds.length === 1) return this.setAside(tx, claim, only, fault);
    const middle = accountIds[accountIds.length >> 1];
    if (middle === undefined || (await this.faults.splits(tx, claim.runId)) >= SPLITS_PER_RUN) return this.faults.park(tx, claim, fault);
    await this.faults.split(tx, claim, middle, halves);
  }

  /** One account is at fault: it goes to the work list, as any account that cannot be computed. */
  private async setAside(tx: Tx, claim: ClaimedInterval, accountId: string, fault: RecordedFault): Promise<void> {
    const found = { accountId, findings: [{ code: UNEXPECTED, subject: fault.code, params: {} }] as const, correlationId: fault.correlationId };
    try {
      await savepoint(tx, async () => {
        await this.exceptions.copy(tx, claim.runId, claim.intervalNo, [found]);
        await this.intervals.finish(tx, claim, { billed: 0, excluded: 0, exceptions: 1, totalAmount: '0' });
      });
    } catch (error) {
      if (isOfTheMoment(error)) throw error;
      this.logger.error(`account ${accountId} cannot be set aside, correlation ${fault.correlationId}: ${String(error)}`);
      await this.faults.park(tx, claim, fault);
    }
  }
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit';
import type { Actor } from '../../../../platform/auth';
import { Database } from '../../../../platform/database';
import { AppError } from '../../../../platform/errors';
import { JobQueue } from '../../../../platform/queue';
import { computeIntervalsJob } from '../run-job-names';
import { RunStates } from '../run-states';
import { IntervalFaultRepository } from './interval-faults.repository';

/** Puts parked intervals back to work once somebody mended what was wrong with them. */
@Injectable()
export class ResumeIntervals {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly faults: IntervalFaultRepository,
    private readonly audit: Audit,
    private readonly queue: JobQueue,
  ) {}

  /**
   * All parked intervals of the run, or this one. Answers the numbers of those that were parked.
   * Throws BILLING.RUN_NOT_FOUND, BILLING.RUN_STATE, BILLING.NOTHING_PARKED.
   */
  async resume(runId: string, actor: Actor, reason: string, intervalNo: number | null = null): Promise<number[]> {
    const resumed = await this.database.transaction(async (tx) => {
      const run = await this.states.lock(tx, runId, 'change');
      this.states.require(run, ['computing']);
      const numbers = await this.faults.resume(tx, runId, intervalNo);
      if (numbers.length === 0) throw new AppError('BILLING.NOTHING_PARKED');
      await this.audit.record(tx, { actor, action: 'billing.run.resume', subjectType: 'billing-run', subjectId: runId, detail: { reason, intervalNos: numbers } });
      return numbers;
    });
    await this.queue.enqueue(computeIntervalsJob, { runId });
    return resumed;
  }
}

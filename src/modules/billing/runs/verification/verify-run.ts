import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth';
import { Audit } from '../../../../platform/audit';
import { Database, type Tx } from '../../../../platform/database';
import { AppError, fieldError } from '../../../../platform/errors';
import { RunStates } from '../run-states';
import { SampleRepository } from './sample.repository';

/** Marks a checked run verified on the strength of its newest sample; the creator may do it, the release is another person's. */
@Injectable()
export class VerifyRun {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly samples: SampleRepository,
    private readonly audit: Audit,
  ) {}

  /**
   * Throws BILLING.SAMPLE_MISSING without a sample, BILLING.SAMPLE_UNFINISHED while a bill of the newest one is not looked
   * at, BILLING.SAMPLE_WRONG while a bill of any of them was found wrong and is neither mended nor let through; and, by the
   * database, BILLING.SAMPLE_EMPTY where the run has bills and none that was looked at still stands.
   */
  async verify(runId: string, actor: Actor, note: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const run = await this.states.lock(tx, runId, 'change');
      this.states.require(run, ['checked']);
      const sampleId = await this.requireSample(tx, runId);
      await tx.query(
        `insert into billing_run_verifications (run_id, sample_id, check_id, result_hash, note, verified_by)
         select run_id, $2, (select max(check_id) from billing_run_checks c where c.run_id = r.run_id), result_hash, $3, $4
           from billing_runs r where run_id = $1`,
        [runId, sampleId, note, actor.userId],
      );
      await this.states.move(tx, run, 'verified', { by: actor.userId, reason: note });
      await this.audit.record(tx, { actor, action: 'billing.run.verify', subjectType: 'billing-run', subjectId: runId, detail: { sampleId, note } });
    });
  }

  private async requireSample(tx: Tx, runId: string): Promise<string> {
    const sample = await this.samples.newest(tx, runId);
    if (!sample) throw new AppError('BILLING.SAMPLE_MISSING');
    const wrong = await this.samples.wrongBills(tx, runId);
    if (wrong.length > 0) {
      const errors = wrong.map((billNo) => fieldError('billNo', 'WRONG', { en: `bill ${billNo} was found wrong`, zh: `账单 ${billNo} 有误` }));
      throw new AppError('BILLING.SAMPLE_WRONG', { errors });
    }
    if (sample.open > 0) throw new AppError('BILLING.SAMPLE_UNFINISHED', { params: { open: String(sample.open), sampleId: sample.sampleId } });
    return sample.sampleId;
  }
}

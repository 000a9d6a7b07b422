import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { JobQueue } from '../../../platform/queue';
import { ExceptionRepository } from './exception.repository';
import { requireNoOtherPeriodComputing } from './period-order';
import { purgeRunJob } from './run-job-names';
import { RunStates } from './run-states';

/** Bills that are removed in one transaction. */
const PURGE_BILLS = 5_000;

/** Throws an unreleased run away. Its bills vanish at once from every view and are removed in pieces afterwards. */
@Injectable()
export class DiscardRun {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly exceptions: ExceptionRepository,
    private readonly audit: Audit,
    private readonly queue: JobQueue,
  ) {}

  /** Waits for intervals that are just being written; later ones find the run discarded and write nothing. */
  async discard(runId: string, actor: Actor, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await requireNoOtherPeriodComputing(tx, runId);
      const run = await this.states.lock(tx, runId, 'change');
      await this.exceptions.closeOfDiscarded(tx, runId);
      await this.states.move(tx, run, 'discarded', { by: actor.userId, reason });
      await this.audit.record(tx, { actor, action: 'billing.run.discard', subjectType: 'billing-run', subjectId: runId, detail: { reason } });
    });
    await this.queue.enqueue(purgeRunJob, { runId }, { jobId: runId });
  }

  /** Removes the bills of a discarded run. Can be interrupted anywhere and called again. */
  async purge(runId: string): Promise<void> {
    const rows = await this.database.query<{ period: string }>(
      `select period from billing_runs where run_id = $1 and state = 'discarded' and purged_at is null`,
      [runId],
    );
    const period = rows[0]?.period;
    if (period === undefined) return;
    while ((await this.purgeSome(runId, period)) > 0);
    await this.database.query('update billing_runs set purged_at = app_now() where run_id = $1', [runId]);
  }

  private purgeSome(runId: string, period: string): Promise<number> {
    return this.database.transaction(async (tx) => {
      const rows = await tx.query<{ ids: string[] | null }[]>(
        `select array_agg(bill_id) as ids from (select bill_id from bills where period = $1 and run_id = $2 limit $3) piece`,
        [period, runId, PURGE_BILLS],
      );
      const ids = rows[0]?.ids ?? [];
      if (ids.length === 0) return 0;
      // Lines and documents first: their guard finds the run through the bill.
      for (const table of ['bill_documents', 'bill_lines', 'bills']) {
        await tx.query(`delete from ${table} where period = $1 and bill_id = any($2::bigint[])`, [period, ids]);
      }
      return ids.length;
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { dec } from '../../../core/quantity';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { FourEyes } from '../../../platform/four-eyes';
import { Outbox } from '../../../platform/outbox';
import { bindSuccessors } from '../cancellations/successions';
import { requireNoOtherPeriodComputing } from './period-order';
import { OpenedReceivables, RECEIVABLES_PORT, type ReceivablesPort } from './receivables.port';
import { LockedRun, RunStates } from './run-states';

/** Event of a released run; its payload is `{ runId, period }`. */
export const RUN_RELEASED = 'billing.run-released';

/**
 * A second person makes the bills of a run valid: approval, state, receivables, journals and event in one transaction.
 * Whoever started the run is refused here, by the approvals' constraint, and by the run's own.
 */
@Injectable()
export class ReleaseRun {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly fourEyes: FourEyes,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    @Inject(RECEIVABLES_PORT) private readonly receivables: ReceivablesPort,
  ) {}

  async release(runId: string, actor: Actor, reason: string): Promise<OpenedReceivables> {
    return this.database.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '15min'`);
      await requireNoOtherPeriodComputing(tx, runId);
      const run = await this.states.lock(tx, runId, 'change');
      if (run.createdBy === actor.userId) throw new AppError('APPROVAL.SAME_PERSON');
      if (run.kind === 'trial') throw new AppError('BILLING.TRIAL_NOT_RELEASED');
      this.states.require(run, ['verified']);
      await this.requireMembers(tx, runId);
      await this.fourEyes.approve(tx, { subjectType: 'billing-run', subjectId: runId, action: 'release', requestedBy: run.createdBy, actor });
      await this.states.move(tx, run, 'released', { by: actor.userId, reason });
      await bindSuccessors(tx, runId, run.period);
      const opened = await this.receivables.openFor(tx, { runId, period: run.period });
      await this.requireEqual(tx, run, opened);
      await this.outbox.publish(tx, RUN_RELEASED, { runId, period: run.period });
      await this.audit.record(tx, { actor, action: 'billing.run.release', subjectType: 'billing-run', subjectId: runId, detail: { ...opened } });
      return opened;
    });
  }

  /** A run over nobody says nothing about its period, and opens nothing. */
  private async requireMembers(tx: Tx, runId: string): Promise<void> {
    const members = await tx.query<unknown[]>('select 1 from billing_run_members where run_id = $1 limit 1', [runId]);
    if (members.length === 0) throw new AppError('BILLING.RUN_EMPTY');
  }

  /** The intervals counted the bills when they were written: what was opened must be exactly that, or nothing is released. */
  private async requireEqual(tx: Tx, run: LockedRun, opened: OpenedReceivables): Promise<void> {
    const rows = await tx.query<{ amount: string }[]>(
      'select coalesce(sum(total_amount), 0)::text as amount from billing_run_intervals where run_id = $1',
      [run.runId],
    );
    const billed = dec(rows[0]?.amount ?? '0');
    if (!billed.equals(dec(opened.amount))) {
      throw new Error(`run ${run.runId}: bills of ${billed.toFixed(2)} would open receivables of ${opened.amount}`);
    }
  }
}

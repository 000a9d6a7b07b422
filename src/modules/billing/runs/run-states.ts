import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { defineCodeList, type CodeOf } from '../../../platform/http';

export const RUN_STATES = defineCodeList('billing-run-states', [
  { code: 'draft', en: 'Started, inputs not yet frozen', zh: '已建立，未冻结' },
  { code: 'frozen', en: 'Inputs frozen', zh: '已冻结' },
  { code: 'computing', en: 'Computing', zh: '计算中' },
  { code: 'computed', en: 'Computed', zh: '已计算' },
  { code: 'checked', en: 'Checked against the month before', zh: '已审核' },
  { code: 'verified', en: 'Verified by a sample', zh: '已抽查核实' },
  { code: 'released', en: 'Released', zh: '已发行' },
  { code: 'discarded', en: 'Discarded', zh: '已作废' },
]);
export type RunState = CodeOf<typeof RUN_STATES>;

export const RUN_KINDS = defineCodeList('billing-run-kinds', [
  { code: 'regular', en: 'Regular run of the month', zh: '正常核算' },
  { code: 'trial', en: 'Trial run without effect', zh: '试算' },
  { code: 'rebill', en: 'Bills cancelled accounts again', zh: '冲销后重新核算' },
]);
export type RunKind = CodeOf<typeof RUN_KINDS>;

/** Where a run may go from each state. The database holds the same order (`guard_billing_run`). */
export const RUN_TRANSITIONS: Readonly<Record<RunState, readonly RunState[]>> = {
  draft: ['frozen', 'discarded'],
  frozen: ['computing', 'discarded'],
  computing: ['computed', 'discarded'],
  computed: ['checked', 'discarded'],
  // An account that is recomputed or excluded after the check takes the run back before it.
  checked: ['computed', 'verified', 'discarded'],
  // A bill that is found wrong takes it back to be looked through again.
  verified: ['checked', 'computed', 'released', 'discarded'],
  released: [],
  discarded: [],
};

/** Who moves a run and why; `by` is null for the system itself. */
export interface TransitionCause {
  readonly by: string | null;
  readonly reason: string;
}

export interface LockedRun {
  readonly runId: string;
  readonly state: RunState;
  readonly kind: RunKind;
  readonly period: string;
  readonly createdBy: string;
  readonly frozenRevision: string | null;
}

/** The one way in which a run changes its state. */
@Injectable()
export class RunStates {
  /**
   * The run, locked until the transaction ends: `change` keeps everyone else out, `share` only those who would change
   * its state (the writers of intervals hold it while they write). Throws BILLING.RUN_NOT_FOUND.
   */
  async lock(tx: Tx, runId: string, mode: 'change' | 'share'): Promise<LockedRun> {
    const rows = await tx.query<LockedRun[]>(
      `select run_id as "runId", state, kind, period, created_by as "createdBy", frozen_revision as "frozenRevision"
         from billing_runs where run_id = $1 ${mode === 'change' ? 'for update' : 'for share'}`,
      [runId],
    );
    const run = rows[0];
    if (!run) throw new AppError('BILLING.RUN_NOT_FOUND');
    return run;
  }

  /** Throws BILLING.RUN_STATE unless the run is in one of these states. */
  require(run: LockedRun, allowed: readonly RunState[]): void {
    if (!allowed.includes(run.state)) {
      throw new AppError('BILLING.RUN_STATE', { params: { state: run.state, allowed: allowed.join(', ') || '—' } });
    }
  }

  /** Moves a run that was locked for change, and records who, when and why. Throws BILLING.RUN_STATE for a wrong way. */
  async move(tx: Tx, run: LockedRun, to: RunState, cause: TransitionCause): Promise<LockedRun> {
    this.require(run, RUN_STATES.codes.filter((state) => RUN_TRANSITIONS[state].includes(to)));
    const release = to === 'released' ? ', released_by = $3, released_at = app_now()' : '';
    const params: unknown[] = [run.runId, to];
    if (release) params.push(cause.by);
    await tx.query(`update billing_runs set state = $2${release} where run_id = $1`, params);
    await this.record(tx, run.runId, run.state, to, cause);
    return { ...run, state: to };
  }

  /** Writes one line of the run's history. */
  async record(tx: Tx, runId: string, from: RunState | null, to: RunState, cause: TransitionCause): Promise<void> {
    await tx.query(
      `insert into billing_run_transitions (run_id, from_state, to_state, changed_by, reason) values ($1, $2, $3, $4, $5)`,
      [runId, from, to, cause.by, cause.reason],
    );
  }
}

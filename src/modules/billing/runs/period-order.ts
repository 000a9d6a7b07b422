import type { Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';

/** Months that bills can be stored under: `ensure_period_partitions` makes no others. */
export const BILLABLE_PERIODS = { from: '2000-01', to: '2099-12' } as const;

/** Advisory lock by which runs take turns: exclusively to begin, shared by what changes the bills of a finished run. */
const TURN = '7001, 3';

/** A run of another period that has drawn its revision and is not computed yet. A trial keeps nobody waiting, and waits for nobody. */
const computingElsewhere = (condition: string): string => `
  select other.run_id as "runId", other.period from billing_runs own
    join billing_runs other on other.period <> own.period and other.kind <> 'trial' and other.frozen_revision is not null and other.state in ('draft', 'frozen', 'computing')
   where own.run_id = $1 and ${condition} order by other.run_id limit 1`;

interface OtherRun extends Record<string, string> {
  readonly runId: string;
  readonly period: string;
}

/** Waits until no bill of a finished run is being changed, and keeps such changes out until the transaction ends. */
export async function takeTurn(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${TURN})`);
}

/** Whether a run may begin, under `takeTurn`: runs of two periods are never computed at the same time. */
export async function mayBegin(tx: Tx, runId: string): Promise<boolean> {
  return (await tx.query<OtherRun[]>(computingElsewhere(`own.kind <> 'trial'`), [runId])).length === 0;
}

/**
 * To be called before the bills of a finished run become valid, vanish or change: a run of another period that is being
 * computed reads them, and must find the same ones from its first account to its last. Until the transaction ends no
 * such run begins. Trials and drafts have no bills that anybody reads. Takes its lock before that of the run. Throws BILLING.OTHER_PERIOD_COMPUTING.
 */
export async function requireNoOtherPeriodComputing(tx: Tx, runId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(${TURN})`);
  const [other] = await tx.query<OtherRun[]>(computingElsewhere(`own.kind <> 'trial' and own.frozen_revision is not null`), [runId]);
  if (other !== undefined) throw new AppError('BILLING.OTHER_PERIOD_COMPUTING', { params: other });
}

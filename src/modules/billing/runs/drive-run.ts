import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../../../platform/config';
import { Database } from '../../../platform/database';
import { ComputeInterval, FencedOff } from './compute-interval';
import { GiveUpInterval, type AfterFault } from './intervals/give-up-interval';
import { IntervalRepository, type ClaimedInterval } from './interval.repository';
import { RunStates } from './run-states';
import { RESULT_HASH } from './run-result';

/** A worker slot leaves a run after so long, so that other runs get their turn. */
const TURN_MS = 20_000;

/** Why a worker slot left the run. */
export type DriveOutcome = 'nothing-left' | 'turn-over' | 'stopping' | 'held-up';

/** One worker slot at a run: claims interval after interval until none is left. */
@Injectable()
export class DriveRun {
  private readonly logger = new Logger('BillingRun');
  /** Names the process in the per-worker view. */
  private readonly worker: string;

  constructor(
    private readonly database: Database,
    private readonly intervals: IntervalRepository,
    private readonly computeInterval: ComputeInterval,
    private readonly giveUp: GiveUpInterval,
    private readonly states: RunStates,
    config: Config,
  ) {
    this.worker = `${config.workerHost}:${String(process.pid)}`;
  }

  /** Safe to be called by any number of slots at any time; a stop is heeded between two intervals. */
  async drive(runId: string, signal: AbortSignal): Promise<DriveOutcome> {
    await this.begin(runId);
    const until = performance.now() + TURN_MS;
    for (;;) {
      if (signal.aborted) return 'stopping';
      if (performance.now() > until) return 'turn-over';
      const claim = await this.intervals.claim(runId, this.worker);
      if (!claim) break;
      if ((await this.attempt(claim)) === 'pause') return 'held-up';
    }
    await this.completeIfDone(runId);
    return 'nothing-left';
  }

  private async attempt(claim: ClaimedInterval): Promise<AfterFault> {
    if (await this.giveUp.lostTooOften(claim)) return 'next';
    try {
      await this.computeInterval.run(claim);
      return 'next';
    } catch (error) {
      if (!(error instanceof FencedOff)) return this.giveUp.failed(claim, error);
      this.logger.warn(error.message);
      return 'next';
    }
  }

  private async begin(runId: string): Promise<void> {
    const waiting = await this.database.query(`select 1 from billing_runs where run_id = $1 and state = 'frozen'`, [runId]);
    if (waiting.length === 0) return;
    await this.database.transaction(async (tx) => {
      const run = await this.states.lock(tx, runId, 'change');
      if (run.state === 'frozen') await this.states.move(tx, run, 'computing', { by: null, reason: 'the first worker began' });
    });
  }

  /** Whoever sees the last interval done completes the run; the lock lets only one of them do it. */
  async completeIfDone(runId: string): Promise<boolean> {
    const open = await this.database.query(
      `select 1 from billing_runs r where r.run_id = $1 and r.state = 'computing'
          and not exists (select from billing_run_intervals i where i.run_id = r.run_id and i.state <> 'done')`,
      [runId],
    );
    if (open.length === 0) return false;
    return this.database.transaction(async (tx) => {
      const run = await this.states.lock(tx, runId, 'change');
      if (run.state !== 'computing') return false;
      await tx.query(`update billing_runs set result_hash = (${RESULT_HASH}) where run_id = $1`, [runId]);
      await this.states.move(tx, run, 'computed', { by: null, reason: 'every account is billed, excluded or an exception' });
      return true;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database';
import { HandlesJob, JobQueue, Sweep, type JobRun } from '../../../platform/queue';
import { DiscardRun } from './discard-run';
import { DriveRun, type DriveOutcome } from './drive-run';
import { FreezeRun } from './freeze-run';
import { isOfTheMoment } from './intervals/interval-fault';
import { computeIntervalsJob, freezeRunJob, purgeRunJob, type RunPayload } from './run-job-names';

/** At most so many jobs of a run wait in the queue, however many intervals it has: one for each worker slot. */
export const DRIVE_SLOTS = 16;
/** A worker slot that met a fault of the moment comes back after so long. */
const PAUSE_MS = 2_000;

interface RunAtWork {
  readonly runId: string;
  readonly open: number;
  /** Intervals that a worker could claim now. */
  readonly claimable: number;
  /** Intervals that a worker holds. */
  readonly held: number;
}

/** The queue's side of billing runs: jobs that wake workers up, and the sweep for what the queue lost. */
@Injectable()
export class RunJobs {
  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
    private readonly freezeRun: FreezeRun,
    private readonly driveRun: DriveRun,
    private readonly discardRun: DiscardRun,
    private readonly clock: Clock,
  ) {}

  @HandlesJob(freezeRunJob)
  async freeze({ runId }: RunPayload): Promise<void> {
    const outcome = await this.freezeRun.freeze(runId);
    if (outcome === 'frozen') await this.wakeWorkers(runId);
  }

  @HandlesJob(computeIntervalsJob)
  async compute({ runId }: RunPayload, { signal }: JobRun): Promise<void> {
    const outcome = await this.drive(runId, signal);
    if (outcome !== 'nothing-left') await this.queue.enqueue(computeIntervalsJob, { runId }, outcome === 'held-up' ? { delayMs: PAUSE_MS } : {});
  }

  /** A database that is away uses up no attempts of the job either. */
  private async drive(runId: string, signal: AbortSignal): Promise<DriveOutcome> {
    try {
      return await this.driveRun.drive(runId, signal);
    } catch (error) {
      if (!isOfTheMoment(error)) throw error;
      return 'held-up';
    }
  }

  @HandlesJob(purgeRunJob)
  async purge({ runId }: RunPayload): Promise<void> {
    await this.discardRun.purge(runId);
    await this.wakeDrafts(`purged-${runId}`);
  }

  /** Puts back what the queue lost: drafts that nobody froze, intervals without a worker, drafts of discarded runs. */
  @Sweep(5_000)
  async sweep(): Promise<void> {
    const turn = String(Math.floor(this.clock.now().getTime() / 5_000));
    await this.wakeDrafts(turn);
    for (const run of await this.atWork()) await this.wakeSlots(run, turn);
    for (const runId of await this.runs(`r.state = 'discarded' and r.purged_at is null`)) {
      await this.queue.enqueue(purgeRunJob, { runId }, { jobId: `${runId}:${turn}` });
    }
  }

  /**
   * Wakes slots that seem to be missing. While jobs wait in the queue all slots have work, and one more wake-up is enough
   * for a run that nobody computes; where none waits, a run gets the slots that the queue lost.
   */
  private async wakeSlots({ runId, open, claimable, held }: RunAtWork, turn: string): Promise<void> {
    if (open > 0 && claimable === 0) return;
    const crowded = (await this.queue.waiting(computeIntervalsJob)) > 0;
    const slots = open === 0 || crowded || held > 0 ? 1 : Math.min(claimable, DRIVE_SLOTS);
    if (crowded && held > 0) return;
    const wakeUps = Array.from({ length: slots }, (_, slot) => ({ payload: { runId }, jobId: `${runId}:${turn}:${String(slot)}` }));
    await this.queue.enqueueMany(computeIntervalsJob, wakeUps);
  }

  /** Runs that are frozen or computed, with the work that is left. */
  private atWork(): Promise<RunAtWork[]> {
    return this.database.query<RunAtWork>(
      `select r.run_id as "runId", count(i.run_id)::int as open,
              count(*) filter (where (i.state = 'pending' and (i.not_before is null or i.not_before <= clock_timestamp()))
                                  or (i.state = 'computing' and i.lease_until < clock_timestamp()))::int as claimable,
              count(*) filter (where i.state = 'computing' and i.lease_until >= clock_timestamp())::int as held
         from billing_runs r left join billing_run_intervals i on i.run_id = r.run_id and i.state <> 'done'
        where r.state in ('frozen', 'computing') group by r.run_id order by r.run_id limit 20`,
    );
  }

  /** Also those that waited until a discarded run of their period was gone. */
  private async wakeDrafts(turn: string): Promise<void> {
    for (const runId of await this.runs(`r.state = 'draft'`)) {
      await this.queue.enqueue(freezeRunJob, { runId }, { jobId: `${runId}:${turn}` });
    }
  }

  private async wakeWorkers(runId: string): Promise<void> {
    const rows = await this.database.query<{ slots: number }>(
      `select least($2, count(*))::int as slots from billing_run_intervals where run_id = $1 and state <> 'done'`,
      [runId, DRIVE_SLOTS],
    );
    const slots = Math.max(1, rows[0]?.slots ?? 1);
    const wakeUps = Array.from({ length: slots }, (_, slot) => ({ payload: { runId }, jobId: `${runId}:slot-${String(slot)}` }));
    await this.queue.enqueueMany(computeIntervalsJob, wakeUps);
  }

  private async runs(condition: string): Promise<string[]> {
    const rows = await this.database.query<{ run_id: string }>(
      `select r.run_id from billing_runs r where r.state in ('draft', 'frozen', 'computing', 'discarded') and (${condition}) order by r.run_id limit 20`,
    );
    return rows.map((row) => row.run_id);
  }
}

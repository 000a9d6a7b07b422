import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database';
import { HandlesJob, JobQueue, Sweep, type JobRun } from '../../../platform/queue';
import { DiscardRun } from './discard-run';
import { DriveRun } from './drive-run';
import { FreezeRun } from './freeze-run';
import { computeIntervalsJob, freezeRunJob, purgeRunJob, type RunPayload } from './run-job-names';

/** At most so many jobs of a run wait in the queue, however many intervals it has: one for each worker slot. */
export const DRIVE_SLOTS = 16;

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
    const outcome = await this.driveRun.drive(runId, signal);
    if (outcome !== 'nothing-left') await this.queue.enqueue(computeIntervalsJob, { runId });
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
    const idle = `r.state = 'frozen' or (r.state = 'computing' and (
      not exists (select from billing_run_intervals i where i.run_id = r.run_id and i.state = 'computing' and i.lease_until > clock_timestamp())
      or exists (select from billing_run_intervals i where i.run_id = r.run_id and i.state = 'computing' and i.lease_until < clock_timestamp())))`;
    for (const runId of await this.runs(idle)) {
      await this.queue.enqueue(computeIntervalsJob, { runId }, { jobId: `${runId}:${turn}` });
    }
    for (const runId of await this.runs(`r.state = 'discarded' and r.purged_at is null`)) {
      await this.queue.enqueue(purgeRunJob, { runId }, { jobId: `${runId}:${turn}` });
    }
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

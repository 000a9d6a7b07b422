import { defineJob } from '../../../platform/queue';

/** The payload of every job of a run: which run, nothing else. The work itself is rows. */
export interface RunPayload {
  readonly runId: string;
}

export const freezeRunJob = defineJob<RunPayload>('billing.freeze-run', { attempts: 5, concurrency: 1 });
/** One job is one worker slot that claims interval after interval; see `DriveRun`. */
export const computeIntervalsJob = defineJob<RunPayload>('billing.compute-intervals', { attempts: 5, concurrency: 2 });
export const purgeRunJob = defineJob<RunPayload>('billing.purge-run', { attempts: 5, concurrency: 1 });

import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { definedJobs, type JobDefinition } from './jobs';
import { QueueBackend } from './queue-backend';

export interface EnqueueOptions {
  /** Jobs with the same id are one job while it waits; a request that comes while it runs runs it once more. */
  jobId?: string;
  delayMs?: number;
}

/** A job whose attempts are used up. It stays until an operator retries or discards it. */
export interface ParkedJob {
  job: string;
  jobId: string;
  attempts: number;
  reason: string;
  payload: unknown;
  failedAt: Date | null;
}

/**
 * Wakes the workers up. Call it after the transaction that wrote the work's row has committed; a wake-up that gets
 * lost is made up for by a sweep, one that comes twice does no harm.
 */
@Injectable()
export class JobQueue {
  constructor(private readonly backend: QueueBackend) {}

  async enqueue<Payload extends object>(job: JobDefinition<Payload>, payload: Payload, options: EnqueueOptions = {}): Promise<void> {
    await this.open(job).add(job.name, payload, {
      ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
      ...(options.jobId === undefined ? {} : { deduplication: { id: options.jobId, keepLastIfActive: true } }),
    });
  }

  /** Many jobs of one kind in one round trip. */
  async enqueueMany<Payload extends object>(job: JobDefinition<Payload>, items: readonly { payload: Payload; jobId?: string }[]): Promise<void> {
    if (items.length === 0) return;
    await this.open(job).addBulk(
      items.map(({ payload, jobId }) => ({
        name: job.name,
        data: payload,
        opts: jobId === undefined ? {} : { deduplication: { id: jobId, keepLastIfActive: true } },
      })),
    );
  }

  /** How many jobs of a kind wait for a free worker slot. */
  waiting<Payload extends object>(job: JobDefinition<Payload>): Promise<number> {
    return this.open(job).getWaitingCount();
  }

  /** The parked jobs, of all kinds, at most so many of each. */
  async parked(limitPerJob = 100): Promise<ParkedJob[]> {
    const lists = await Promise.all(
      definedJobs().map(async (job) => {
        const failed = await this.open(job).getFailed(0, limitPerJob - 1);
        return failed.map((entry) => ({
          job: job.name,
          jobId: entry.id ?? '',
          attempts: entry.attemptsMade,
          reason: entry.failedReason,
          payload: entry.data as unknown,
          failedAt: entry.finishedOn === undefined ? null : new Date(entry.finishedOn),
        }));
      }),
    );
    return lists.flat();
  }

  /** Lets parked jobs start afresh: one, all of a kind, or all. Answers how many. */
  async retryParked(selection: { job?: string; jobId?: string } = {}): Promise<number> {
    let retried = 0;
    for (const job of definedJobs().filter(({ name }) => selection.job === undefined || selection.job === name)) {
      for (const entry of await this.open(job).getFailed()) {
        if (selection.jobId !== undefined && entry.id !== selection.jobId) continue;
        await entry.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
        retried += 1;
      }
    }
    return retried;
  }

  /** How many jobs of each kind wait, run, are delayed and are parked. */
  async counts(): Promise<{ job: string; waiting: number; active: number; delayed: number; parked: number }[]> {
    return Promise.all(
      definedJobs().map(async (job) => {
        const counts = await this.open(job).getJobCounts('waiting', 'active', 'delayed', 'failed');
        return { job: job.name, waiting: counts.waiting ?? 0, active: counts.active ?? 0, delayed: counts.delayed ?? 0, parked: counts.failed ?? 0 };
      }),
    );
  }

  private open(job: JobDefinition<unknown>): Queue {
    return this.backend.queue(job.name, {
      attempts: job.options.attempts,
      backoff: { type: 'exponential', delay: job.options.backoffMs, jitter: 0.2 },
      removeOnComplete: { count: 500, age: 86_400 },
      removeOnFail: false,
    });
  }
}

import { Injectable, Logger } from '@nestjs/common';
import type { Job, Worker } from 'bullmq';
import { acceptRequestId, runInContext } from '../logging/request-context';
import { DecoratedMethods, type DecoratedMethod } from './decorated-methods';
import { definedJobs, handledJob, type JobDefinition, type JobRun } from './jobs';
import { QueueBackend } from './queue-backend';

/** Runs the handlers of all jobs in this process. */
@Injectable()
export class JobWorkers {
  private readonly logger = new Logger('Jobs');
  private readonly workers: Worker[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly backend: QueueBackend,
    private readonly methods: DecoratedMethods,
  ) {}

  /** The handler of every job; throws where a job has none or several. */
  handlers(): Map<JobDefinition<unknown>, DecoratedMethod> {
    const found = this.methods.find((method) => handledJob(method) !== undefined);
    const problems: string[] = [];
    const handlers = new Map<JobDefinition<unknown>, DecoratedMethod>();
    for (const job of definedJobs()) {
      const own = found.filter(({ source }) => handledJob(source) === job.name);
      const [first] = own;
      if (first && own.length === 1) handlers.set(job, first);
      else problems.push(`${job.name} has ${own.length === 0 ? 'no handler' : `the handlers ${own.map(({ name }) => name).join(', ')}`}`);
    }
    if (problems.length > 0) throw new Error(`Every job has exactly one handler: ${problems.join('; ')}`);
    return handlers;
  }

  /** Opens one worker for each job and starts them. */
  async start(): Promise<void> {
    const handlers = this.handlers();
    for (const [job, handler] of handlers) {
      const worker = this.backend.worker(job.name, (entry) => this.process(handler, entry), job.options.concurrency, handlers.size);
      worker.on('failed', (entry, error) => { this.report(job, entry, error); });
      this.workers.push(worker);
    }
    await Promise.all(this.workers.map((worker) => worker.waitUntilReady()));
    for (const worker of this.workers) {
      worker.run().catch((error: unknown) => { this.logger.error(`worker ${worker.name} ended: ${String(error)}`); });
    }
  }

  /** Takes no more jobs, waits for the running ones within the bound, and then lets go of them: another worker gets them. */
  async stop(withinMs = 20_000): Promise<void> {
    this.stopping.abort();
    const closed = Promise.allSettled(this.workers.map((worker) => worker.close()));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => { resolve('late'); }, withinMs);
    });
    if ((await Promise.race([closed, late])) === 'late') {
      this.logger.warn('jobs still ran when the time to stop was over; other workers take them over');
      await Promise.allSettled(this.workers.map((worker) => worker.close(true)));
    }
    clearTimeout(timer);
    this.workers.length = 0;
  }

  private process(handler: DecoratedMethod, entry: Job): Promise<unknown> {
    const run: JobRun = { jobId: entry.id ?? '', attempt: entry.attemptsMade + 1, signal: this.stopping.signal };
    return runInContext({ requestId: acceptRequestId(`job-${entry.name}-${run.jobId}`) }, async () => {
      await handler.call(entry.data, run);
      return null;
    });
  }

  private report(job: JobDefinition<unknown>, entry: Job | undefined, error: Error): void {
    const attempts = entry?.attemptsMade ?? 0;
    const parked = attempts >= job.options.attempts;
    const text = `${job.name} ${entry?.id ?? '?'} failed on attempt ${String(attempts)} of ${String(job.options.attempts)}: ${error.message}`;
    if (parked) this.logger.error(`${text}; parked`, error.stack);
    else this.logger.warn(text);
  }
}

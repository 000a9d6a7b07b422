export { DecoratedMethods, type DecoratedMethod } from './decorated-methods';
export { HandlesJob, Sweep, defineJob, definedJobs, type JobDefinition, type JobHandler, type JobOptions, type JobRun } from './jobs';
export { JobQueue, type EnqueueOptions, type ParkedJob } from './job-queue';
export { JobWorkers } from './job-workers';
export { QueueBackend } from './queue-backend';
export { QueueModule } from './queue.module';
export { Sweeper } from './sweeper';

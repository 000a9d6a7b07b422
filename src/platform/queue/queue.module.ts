import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DecoratedMethods } from './decorated-methods';
import { JobQueue } from './job-queue';
import { JobWorkers } from './job-workers';
import { QueueBackend } from './queue-backend';
import { Sweeper } from './sweeper';

/** The queue: every process can enqueue; the worker process starts JobWorkers and Sweeper. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [DecoratedMethods, JobQueue, JobWorkers, QueueBackend, Sweeper],
  exports: [DecoratedMethods, JobQueue, JobWorkers, QueueBackend, Sweeper],
})
export class QueueModule {}

import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Queue, Worker, createPostgresBackend, type JobsOptions, type Processor, type WorkerOptions } from 'bullmq';
import Redis from 'ioredis';
import { Pool } from 'pg';
import { Config } from '../config';
import { QUEUE_SCHEMA } from '../database/queue-schema';

/** A job that blocks for long loses its lock and is given to another worker; handlers are written for that. */
const WORKER_OPTIONS = { lockDuration: 60_000, stalledInterval: 15_000, maxStalledCount: 5, autorun: false } as const;
/** Connections of the shared pool besides the one that each worker listens on. */
const POOL_RESERVE = 6;
/** A worker or sweep that waits for the queue longer than this fails and comes again, rather than waiting for ever. */
const POOL_TIMEOUTS = { connectionTimeoutMillis: 15_000, query_timeout: 60_000 } as const;

/**
 * Where the queue lives: Redis when the configuration names one, else PostgreSQL in a schema of its own.
 * All queues and workers of the process share one connection pool.
 */
@Injectable()
export class QueueBackend implements OnModuleDestroy {
  private readonly logger = new Logger('Queue');
  private readonly queues = new Map<string, Queue>();
  private pool: Pool | undefined;
  private redis: Redis | undefined;

  constructor(private readonly config: Config) {}

  /** The kind of store, for logs and readiness. */
  get kind(): 'redis' | 'postgres' {
    return this.config.redisUrl === undefined ? 'postgres' : 'redis';
  }

  /** The queue of one kind of job; opened when first asked for. */
  queue(name: string, defaultJobOptions: JobsOptions): Queue {
    const open = this.queues.get(name);
    if (open) return open;
    const queue = this.config.redisUrl === undefined
      ? new Queue(name, { connection: this.sharedPool(0), defaultJobOptions }, createPostgresBackend)
      : new Queue(name, { connection: this.sharedRedis(this.config.redisUrl), defaultJobOptions });
    queue.on('error', (error) => { this.logger.error(`queue ${name}: ${error.message}`); });
    this.queues.set(name, queue as Queue);
    queue.waitUntilReady().catch((error: unknown) => { this.forget(name, queue as Queue, error); });
    return queue as Queue;
  }

  /** A queue that could not be opened says so for ever; the next who asks for it gets another. */
  private forget(name: string, queue: Queue, error: unknown): void {
    this.logger.warn(`queue ${name} could not be opened: ${String(error)}`);
    if (this.queues.get(name) === queue) this.queues.delete(name);
    queue.close().catch(() => undefined);
  }

  /** A worker for one kind of job that does not run yet. `workers` is how many the process opens in all. */
  worker(name: string, processor: Processor, concurrency: number, workers: number): Worker {
    const options: Omit<WorkerOptions, 'connection'> = { ...WORKER_OPTIONS, concurrency };
    const worker = this.config.redisUrl === undefined
      ? new Worker(name, processor, { ...options, connection: this.sharedPool(workers) }, createPostgresBackend)
      : new Worker(name, processor, { ...options, connection: this.sharedRedis(this.config.redisUrl) });
    worker.on('error', (error: Error) => { this.logger.error(`worker ${name}: ${error.message}`); });
    return worker as Worker;
  }

  /** Asks the store for a sign of life; rejects when it gives none. */
  async ping(): Promise<void> {
    if (this.config.redisUrl === undefined) await this.sharedPool(0).query('SELECT 1');
    else await this.sharedRedis(this.config.redisUrl).ping();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    this.queues.clear();
    await this.pool?.end();
    this.redis?.disconnect();
  }

  private sharedPool(workers: number): Pool {
    const max = workers + POOL_RESERVE;
    if (this.pool === undefined) {
      this.pool = new Pool({
        connectionString: this.config.databaseUrl,
        max,
        keepAlive: true,
        ...POOL_TIMEOUTS,
        application_name: 'wattledger-queue',
        options: `-c search_path=${QUEUE_SCHEMA}`,
      });
      this.pool.on('error', (error) => { this.logger.error(`queue connection: ${error.message}`); });
      // The pool hears of idle connections only: one that is lost in use, without a listener of its own, would end the process.
      this.pool.on('connect', (client) => { client.on('error', (error) => { this.logger.warn(`queue connection: ${error.message}`); }); });
      // Each queue and worker listens for the pool's errors; there are as many of them as kinds of jobs.
      this.pool.setMaxListeners(0);
    }
    this.pool.options.max = Math.max(this.pool.options.max, max);
    return this.pool;
  }

  private sharedRedis(url: string): Redis {
    if (this.redis === undefined) {
      this.redis = new Redis(url, { maxRetriesPerRequest: null });
      this.redis.on('error', (error: Error) => { this.logger.error(`queue connection: ${error.message}`); });
      this.redis.setMaxListeners(0);
    }
    return this.redis;
  }
}

import 'reflect-metadata';

const JOB = Symbol('wattledger:job');
const SWEEP = Symbol('wattledger:sweep');
const NAME = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

export interface JobOptions {
  /** How often a job is tried before it is parked; at least 1. */
  attempts: number;
  /** How many of these jobs one worker process runs at the same time. */
  concurrency: number;
  /** Milliseconds before the second attempt; doubled for each further one. Default 1,000. */
  backoffMs?: number;
}

/** A kind of work for the queue: its name, its bounds, and (as a type alone) its payload. */
export interface JobDefinition<Payload> {
  readonly name: string;
  readonly options: Required<JobOptions>;
  /** Only for the type checker: what the job is told. */
  readonly payload?: Payload;
}

/** What a handler is told besides the payload. */
export interface JobRun {
  jobId: string;
  /** 1 for the first attempt. */
  attempt: number;
  /** Raised when the worker has to stop; long handlers look at it between two steps. */
  signal: AbortSignal;
}

export type JobHandler<Payload> = (payload: Payload, run: JobRun) => Promise<unknown>;

const definitions = new Map<string, JobDefinition<unknown>>();

/**
 * Declares a kind of job, `area.verb-noun`; each name once. The queue is a hint: a handler may run twice, late or
 * not at all, so the work itself is a row, and the payload says no more than which.
 */
export function defineJob<Payload extends object>(name: string, options: JobOptions): JobDefinition<Payload> {
  if (!NAME.test(name)) throw new Error(`a job is named area.verb-noun, not "${name}"`);
  if (definitions.has(name)) throw new Error(`the job ${name} is defined twice`);
  const definition: JobDefinition<Payload> = Object.freeze({ name, options: { backoffMs: 1_000, ...options } });
  definitions.set(name, definition);
  return definition;
}

/** Every job that the loaded modules declare. */
export function definedJobs(): readonly JobDefinition<unknown>[] {
  return [...definitions.values()];
}

/** Marks the one method that does a job: `(payload, run) => Promise`. It rethrows what it cannot mend. */
export function HandlesJob<Payload>(job: JobDefinition<Payload>) {
  return <Method extends JobHandler<Payload>>(_target: object, _key: string | symbol, method: TypedPropertyDescriptor<Method>): void => {
    if (method.value) Reflect.defineMetadata(JOB, job.name, method.value);
  };
}

/** Marks a method that every worker calls again, so many milliseconds after it ended; it looks for rows that the queue forgot. */
export function Sweep(everyMs: number) {
  return <Method extends () => Promise<unknown>>(_target: object, _key: string | symbol, method: TypedPropertyDescriptor<Method>): void => {
    if (method.value) Reflect.defineMetadata(SWEEP, everyMs, method.value);
  };
}

/** The name of the job that a method handles; undefined for other methods. */
export function handledJob(method: object): string | undefined {
  return Reflect.getMetadata(JOB, method) as string | undefined;
}

/** The interval in milliseconds at which a method sweeps; undefined for other methods. */
export function sweepInterval(method: object): number | undefined {
  return Reflect.getMetadata(SWEEP, method) as number | undefined;
}

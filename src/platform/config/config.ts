import { hostname } from 'node:os';
import { readFlag, readKey, readWhole, readText, readUrl, type Problems } from './readers';

/** The levels that the log accepts, from the most to the least talkative. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Start was refused: names the settings that are missing or malformed, never their values. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is wrong: ${problems.join('; ')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Everything that the processes are told from outside, read once and frozen.
 * It is also the injection token: take it as a constructor parameter.
 */
export class Config {
  /** Connection of the application's role, which owns nothing. */
  readonly databaseUrl!: string;
  /** Connection of the owner's role, needed by migrations and maintenance alone. */
  readonly databaseOwnerUrl!: string | undefined;
  /** Redis of the queue; without it the queue lives in PostgreSQL, schema `bullmq`. */
  readonly redisUrl!: string | undefined;
  readonly host!: string;
  readonly port!: number;
  readonly logLevel!: LogLevel;
  /** 32 bytes that encrypt personal data. */
  readonly dataKey!: Buffer;
  /** 32 bytes under which personal data is hashed for look-ups. */
  readonly dataHashKey!: Buffer;
  /** True where the clock may be moved: tests and sandboxes only. */
  readonly sandboxClock!: boolean;
  /** Name of the machine in the per-worker view of a run. */
  readonly workerHost!: string;
  /** Connections that one process opens to the database at most. */
  readonly databasePoolSize!: number;
  /** Requests that one address may send in a minute to one process; 0 turns the limit off. */
  readonly requestsPerMinute!: number;
  /** Reverse proxies in front of the process, whose word about the caller's address is taken. */
  readonly trustedProxies!: number;
}

/** The names of the settings, as `.env.example` explains them. */
export const CONFIG_NAMES = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  'HOST',
  'PORT',
  'LOG_LEVEL',
  'DATA_KEY',
  'DATA_HASH_KEY',
  'SANDBOX_CLOCK',
  'WORKER_HOST',
  'DATABASE_POOL_SIZE',
  'REQUESTS_PER_MINUTE',
  'TRUSTED_PROXIES',
] as const;

/**
 * The configuration that the environment describes, frozen.
 * Throws a ConfigError that names every setting that is missing or malformed; values are never shown.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: Problems = [];
  const config: Config = {
    databaseUrl: readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], problems, 'required') ?? '',
    databaseOwnerUrl: readUrl(env, 'DATABASE_OWNER_URL', ['postgres:', 'postgresql:'], problems, 'optional'),
    redisUrl: readUrl(env, 'REDIS_URL', ['redis:', 'rediss:'], problems, 'optional'),
    host: readText(env, 'HOST') ?? '127.0.0.1',
    port: readWhole(env, 'PORT', 3000, { min: 0, max: 65_535 }, problems),
    logLevel: readLogLevel(env, problems),
    dataKey: readKey(env, 'DATA_KEY', problems),
    dataHashKey: readKey(env, 'DATA_HASH_KEY', problems),
    sandboxClock: readFlag(env, 'SANDBOX_CLOCK', problems),
    workerHost: readText(env, 'WORKER_HOST') ?? hostname(),
    databasePoolSize: readWhole(env, 'DATABASE_POOL_SIZE', 10, { min: 2, max: 200 }, problems),
    requestsPerMinute: readWhole(env, 'REQUESTS_PER_MINUTE', 6_000, { min: 0, max: 999_999 }, problems),
    trustedProxies: readWhole(env, 'TRUSTED_PROXIES', 0, { min: 0, max: 10 }, problems),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(Object.assign(new Config(), config));
}

function readLogLevel(env: Readonly<Record<string, string | undefined>>, problems: Problems): LogLevel {
  const given = readText(env, 'LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((known) => known === given);
  if (level === undefined) problems.push(`LOG_LEVEL is none of ${LOG_LEVELS.join(', ')}`);
  return level ?? 'info';
}

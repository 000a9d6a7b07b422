import { AppError } from './app-error';
import { codeOfConstraint, ErrorCode } from './error-registry';

/** The parts of a PostgreSQL error that decide about the answer. */
export interface DatabaseFault {
  readonly code: string;
  readonly constraint?: string;
}

/** What a constraint violation means where no area has claimed the constraint by name. */
const UNCLAIMED: Readonly<Record<string, ErrorCode>> = {
  '23505': 'REQUEST.CONFLICT',
  '23P01': 'REQUEST.CONFLICT',
  '23503': 'REQUEST.CONFLICT',
  '23514': 'REQUEST.REFUSED_BY_RULE',
  '23001': 'REQUEST.CONFLICT',
};

/** Faults of the moment: the same request can succeed later. */
const PASSING: Readonly<Record<string, ErrorCode>> = {
  '40001': 'REQUEST.RETRY',
  '40P01': 'REQUEST.RETRY',
  '55P03': 'REQUEST.RETRY',
  '57014': 'SERVICE.TIMEOUT',
  '25P03': 'SERVICE.TIMEOUT',
  '53300': 'SERVICE.UNAVAILABLE',
  '57P01': 'SERVICE.UNAVAILABLE',
  '57P02': 'SERVICE.UNAVAILABLE',
  '57P03': 'SERVICE.UNAVAILABLE',
  '08000': 'SERVICE.UNAVAILABLE',
  '08003': 'SERVICE.UNAVAILABLE',
  '08006': 'SERVICE.UNAVAILABLE',
  ECONNREFUSED: 'SERVICE.UNAVAILABLE',
  ECONNRESET: 'SERVICE.UNAVAILABLE',
};

/** What the pool says when all its connections are taken for too long; it gives no code. */
const NO_CONNECTION = new Set(['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout']);

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

/** The PostgreSQL or connection fault in an error, whether the driver or the mapper above it threw it. */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  const outer = record(error);
  const inner = record(outer?.['driverError']) ?? outer;
  if (typeof inner?.['message'] === 'string' && NO_CONNECTION.has(inner['message'])) return { code: '08000' };
  const code = inner?.['code'];
  if (typeof code !== 'string' || !/^([0-9A-Z]{5}|ECONN[A-Z]+)$/.test(code)) return undefined;
  const constraint = inner?.['constraint'];
  return typeof constraint === 'string' ? { code, constraint } : { code };
}

/**
 * The refusal that a database error stands for: a claimed constraint by its name, an unclaimed one by its kind,
 * a fault of the moment as retryable; undefined for everything that is our own mistake.
 */
export function refusalOf(error: unknown): AppError | undefined {
  const fault = databaseFault(error);
  if (!fault) return undefined;
  const claimed = fault.constraint === undefined ? undefined : codeOfConstraint(fault.constraint);
  const code = claimed ?? UNCLAIMED[fault.code] ?? PASSING[fault.code];
  return code === undefined ? undefined : new AppError(code, { cause: error });
}

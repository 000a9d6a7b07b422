import { HttpException } from '@nestjs/common';
import { CoreError } from '../../core/errors';
import { AppError, Bilingual, ErrorCode, FieldError, findError, Language, refusalOf } from '../errors';

/** The body of every refusal (RFC 9457, `application/problem+json`). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  readonly requestId: string | null;
  readonly errors: readonly { field: string; code: string; message: string; allowed?: string }[];
}

/** A refusal before it is put into words: what is known without a language. */
export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly title: Bilingual;
  readonly detail?: Bilingual;
  readonly errors: readonly FieldError[];
  readonly params: Readonly<Record<string, string | number>>;
  readonly retryAfterSeconds?: number;
}

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'REQUEST.MALFORMED',
  401: 'AUTH.TOKEN_INVALID',
  403: 'AUTH.NOT_PERMITTED',
  404: 'ROUTE.NOT_FOUND',
  405: 'ROUTE.METHOD_NOT_ALLOWED',
  408: 'SERVICE.TIMEOUT',
  413: 'REQUEST.TOO_LARGE',
  415: 'REQUEST.UNSUPPORTED_MEDIA_TYPE',
  429: 'REQUEST.TOO_MANY',
  503: 'SERVICE.UNAVAILABLE',
};

function fill(text: string, params: Refusal['params']): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

function declared(code: string, fallback: ErrorCode): Pick<Refusal, 'status' | 'title' | 'detail' | 'retryAfterSeconds'> {
  const definition = findError(code) ?? findError(fallback);
  if (!definition) throw new TypeError(`error code ${fallback} is not declared`);
  return definition;
}

/** A core refusal keeps its code; its document pointer becomes the field. */
function ofCore(error: CoreError): Refusal {
  const base = declared(error.code, 'CALCULATION.REFUSED');
  const field = error.path.replace(/^\//, '').replaceAll('/', '.');
  const message = base.detail ?? base.title;
  const filled = { en: fill(message.en, error.params), zh: fill(message.zh, error.params) };
  const allowed = error.params['allowed'];
  const found: FieldError = { field, code: error.code, message: filled, ...(allowed === undefined ? {} : { allowed }) };
  return { ...base, code: error.code, errors: [found], params: error.params };
}

/** What an error of any origin is answered with; a mistake of ours becomes the neutral `SERVICE.INTERNAL`. */
export function refusalFrom(error: unknown): Refusal {
  if (error instanceof CoreError) return ofCore(error);
  const known = error instanceof AppError ? error : refusalOf(error);
  if (known) {
    return { ...declared(known.code, 'SERVICE.INTERNAL'), code: known.code, errors: known.errors, params: known.params };
  }
  const code = error instanceof HttpException ? BY_STATUS[error.getStatus()] ?? 'SERVICE.INTERNAL' : 'SERVICE.INTERNAL';
  return { ...declared(code, 'SERVICE.INTERNAL'), code, errors: [], params: {} };
}

/** Puts a refusal into words of one language. */
export function problemOf(refusal: Refusal, language: Language, requestId: string | null): Problem {
  const detail = refusal.detail?.[language];
  return {
    type: `urn:wattledger:problem:${refusal.code}`,
    title: refusal.title[language],
    status: refusal.status,
    ...(detail === undefined ? {} : { detail: fill(detail, refusal.params) }),
    code: refusal.code,
    requestId,
    errors: refusal.errors.map(({ field, code, message, allowed }) => ({
      field,
      code,
      message: message[language],
      ...(allowed === undefined ? {} : { allowed }),
    })),
  };
}

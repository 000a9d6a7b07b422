import { Bilingual, ErrorCode, findError } from './error-registry';

/** One thing that is wrong with one field of the input, and what would be right. */
export interface FieldError {
  /** Dotted path from the root of the input: `lines.0.readOn`; empty for the input as a whole. */
  readonly field: string;
  /** A word in upper snake case that says what is wrong: `REQUIRED`, `MUST_BE_A_STRING`. */
  readonly code: string;
  readonly message: Bilingual;
  /** What is allowed, in a form that both languages share: `0.01 … 999999.99`, `active | closed`. */
  readonly allowed?: string;
}

export interface AppErrorOptions {
  readonly errors?: readonly FieldError[];
  /** Figures for the placeholders of the definition's detail; never personal data. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

/**
 * A refusal that the caller can understand: a declared code, and optionally the fields that caused it.
 * Throws a TypeError when the code is not declared, because such an answer would not stand in the contract.
 */
export class AppError extends Error {
  readonly errors: readonly FieldError[];
  readonly params: Readonly<Record<string, string | number>>;

  constructor(
    readonly code: ErrorCode,
    options: AppErrorOptions = {},
  ) {
    const definition = findError(code);
    if (!definition) throw new TypeError(`error code ${code} is not declared`);
    super(definition.title.en, { cause: options.cause });
    this.name = 'AppError';
    this.errors = options.errors ?? [];
    this.params = options.params ?? {};
  }
}

/** A field error in one call; `allowed` may be left out. */
export function fieldError(field: string, code: string, message: Bilingual, allowed?: string): FieldError {
  return allowed === undefined ? { field, code, message } : { field, code, message, allowed };
}

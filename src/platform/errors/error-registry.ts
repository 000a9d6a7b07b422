/** The two languages of every text that a caller reads. */
export type Language = 'en' | 'zh';
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** A stable code: `AREA.UPPER_SNAKE`. Callers branch on it, so that it never changes its meaning. */
export type ErrorCode = `${string}.${string}`;

export interface ErrorDefinition {
  /** The HTTP status of the answer; one code has one status. */
  readonly status: number;
  readonly title: Bilingual;
  /** An explanation of this very occurrence; `{name}` is replaced by the parameter of that name. */
  readonly detail?: Bilingual;
  /** Seconds after which the same request may be sent again unchanged; written as `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

const CODE = /^[A-Z][A-Z0-9_]*\.[A-Z][A-Z0-9_]*$/;
const definitions = new Map<string, ErrorDefinition>();
const constraints = new Map<string, ErrorCode>();

/**
 * Declares the errors of one area, once, when its file is loaded, and returns the table as it is.
 * Throws a TypeError for a malformed code or for a code that is declared twice with another meaning.
 */
export function defineErrors<const T extends Readonly<Record<ErrorCode, ErrorDefinition>>>(table: T): T {
  for (const [code, definition] of Object.entries<ErrorDefinition>(table)) {
    if (!CODE.test(code)) throw new TypeError(`"${code}" is not an error code of the form AREA.UPPER_SNAKE`);
    const known = definitions.get(code);
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new TypeError(`error code ${code} is declared twice`);
    }
    definitions.set(code, definition);
  }
  return table;
}

/** The definition of a code, or undefined where nobody declared it. */
export function findError(code: string): ErrorDefinition | undefined {
  return definitions.get(code);
}

/** Every declared code in alphabetical order, for the contract and its tests. */
export function allErrorCodes(): string[] {
  return [...definitions.keys()].sort();
}

/**
 * Says which code a violated database constraint (unique, exclusion, check, foreign key, or the CONSTRAINT name
 * that a trigger raises) is answered with. Throws a TypeError where two areas claim one constraint.
 */
export function defineConstraintErrors(table: Readonly<Record<string, ErrorCode>>): void {
  for (const [constraint, code] of Object.entries(table)) {
    const known = constraints.get(constraint);
    if (known && known !== code) throw new TypeError(`constraint ${constraint} is mapped to two error codes`);
    constraints.set(constraint, code);
  }
}

/** The code of a violated constraint, or undefined where no area claims it. */
export function codeOfConstraint(constraint: string): ErrorCode | undefined {
  return constraints.get(constraint);
}

/** Every claimed constraint with its code, so that a test can look each one up in the catalogue. */
export function allConstraintErrors(): ReadonlyMap<string, ErrorCode> {
  return constraints;
}

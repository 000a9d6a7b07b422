/**
 * A refusal of the pure calculation: a stable code, the place in the document (JSON pointer), and the figures
 * that the message needs. Nothing was computed when it is thrown.
 */
export class CoreError extends Error {
  constructor(
    readonly code: string,
    readonly path: string,
    readonly params: Readonly<Record<string, string>> = {},
  ) {
    super(`${code} at ${path || '/'}`);
    this.name = 'CoreError';
  }
}

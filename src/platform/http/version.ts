import { AppError } from '../errors';

/** The ETag of a record from its version: a revision number, a hash or an instant. */
export function etagOf(version: string | number): string {
  return `"${String(version)}"`;
}

/**
 * Lets an update through only where `If-Match` names the version that is recorded now (or is `*`).
 * Throws REQUEST.PRECONDITION_REQUIRED (428) without the header and REQUEST.VERSION_CONFLICT (412) for another version.
 * Call it on the row that was read `FOR UPDATE`, so that nothing slips in between.
 */
export function requireVersion(header: string | undefined, current: string | number): void {
  if (header === undefined || header.trim() === '') throw new AppError('REQUEST.PRECONDITION_REQUIRED');
  const offered = header.split(',').map((each) => each.trim());
  if (!offered.includes('*') && !offered.includes(etagOf(current))) throw new AppError('REQUEST.VERSION_CONFLICT');
}

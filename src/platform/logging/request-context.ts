import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** What belongs to the request that is being answered, wherever in the call chain it is asked for. */
export interface RequestContext {
  readonly requestId: string;
  /** Run by `Database.transaction` just before a commit, in that transaction, with what its work came to; a throw rolls it back. */
  beforeCommit?: (tx: EntityManager, result: unknown) => Promise<void>;
}

const storage = new AsyncLocalStorage<RequestContext>();
const WELL_FORMED = /^[A-Za-z0-9._:-]{8,128}$/;

/** Runs work inside a context of its own. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the current request or job; undefined outside of both. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** The id of the current request or job; null outside of both. */
export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null;
}

/** The caller's request id where it is well formed (8–128 letters, digits, `. _ : -`), or else a new one. */
export function acceptRequestId(offered: unknown): string {
  return typeof offered === 'string' && WELL_FORMED.test(offered) ? offered : randomUUID();
}

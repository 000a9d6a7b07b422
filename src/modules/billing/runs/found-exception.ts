import { randomUUID } from 'node:crypto';
import type { AccountException } from '../documents/assembled';

/** One thing that keeps an account from being billed. */
export interface ExceptionFinding {
  readonly code: string;
  readonly subject: string;
  readonly params: Readonly<Record<string, string>>;
}

/** An account that could not be billed, with everything that was found about it; the first finding gives the code. */
export interface FoundException {
  readonly accountId: string;
  readonly findings: readonly [ExceptionFinding, ...ExceptionFinding[]];
  /** Leads from the work list to the log, where the fault was ours. */
  readonly correlationId: string | null;
}

/** The code of an account that could not be computed because of a fault of ours. */
export const UNEXPECTED = 'BILLING.UNEXPECTED';

/** Collects the findings of each account: one exception per account and run. */
export function groupByAccount(exceptions: readonly AccountException[]): FoundException[] {
  const found = new Map<string, [ExceptionFinding, ...ExceptionFinding[]]>();
  for (const { account, code, subject, params } of exceptions) {
    const finding = { code, subject, params };
    const known = found.get(account.accountId);
    if (known) known.push(finding);
    else found.set(account.accountId, [finding]);
  }
  return [...found].map(([accountId, findings]) => ({ accountId, findings, correlationId: null }));
}

/** The exception of an account whose computation failed for a reason that no rule foresees. */
export function unexpected(accountId: string): FoundException & { readonly correlationId: string } {
  return { accountId, findings: [{ code: UNEXPECTED, subject: '', params: {} }], correlationId: randomUUID() };
}

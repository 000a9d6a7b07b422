import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { Tx } from '../../../platform/database';

/** What is confirmed: the finding of one account and month; an empty subject means all findings of the code. */
export interface NewConfirmation {
  readonly accountId: string;
  readonly period: LocalMonth;
  readonly code: string;
  readonly subject: string;
  readonly reason: string;
  readonly recordedBy: string;
}

const NOTHING: ReadonlySet<string> = new Set();

/** How a confirmed finding is looked up. */
export function confirmationKey(code: string, subject: string): string {
  return `${code} ${subject}`;
}

/** The rows of `finding_confirmations`: never changed, only superseded. */
@Injectable()
export class ConfirmationRepository {
  /** Records a confirmation; one that is in force already stays as it is. */
  async insert(tx: Tx, { accountId, period, code, subject, reason, recordedBy }: NewConfirmation): Promise<void> {
    await tx.query(
      `INSERT INTO finding_confirmations (account_id, period, code, subject, reason, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (account_id, period, code, subject) WHERE superseded_revision IS NULL DO NOTHING`,
      [accountId, period, code, subject, reason, recordedBy],
    );
  }

  /** What is confirmed for many accounts as of a revision: keys by account, see `confirmationKey`. */
  async forAccounts(tx: Tx, accountIds: readonly string[], period: LocalMonth, revision: string): Promise<(accountId: string) => ReadonlySet<string>> {
    const rows = await tx.query<{ accountId: string; code: string; subject: string }[]>(
      `SELECT account_id AS "accountId", code, subject FROM finding_confirmations
       WHERE account_id = ANY($1::bigint[]) AND period = $2
         AND recorded_revision <= $3 AND (superseded_revision IS NULL OR superseded_revision > $3)`,
      [accountIds, period, revision],
    );
    const byAccount = new Map<string, Set<string>>();
    for (const { accountId, code, subject } of rows) {
      const keys = byAccount.get(accountId) ?? new Set();
      byAccount.set(accountId, keys.add(confirmationKey(code, subject)));
    }
    return (accountId) => byAccount.get(accountId) ?? NOTHING;
  }
}

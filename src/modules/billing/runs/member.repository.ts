import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';

/** Who is in a run, and who is left out of it and why. */
@Injectable()
export class MemberRepository {
  /** Leaves accounts out because a live bill of the period exists for them. */
  async excludeBilled(tx: Tx, runId: string, accountIds: readonly string[]): Promise<void> {
    if (accountIds.length === 0) return;
    await tx.query(
      `update billing_run_members set exclusion_code = 'ALREADY_BILLED' where run_id = $1 and account_id = any($2::bigint[])`,
      [runId, accountIds],
    );
  }

  /** Leaves an account out because a person decided so. */
  async excludeByDecision(tx: Tx, runId: string, accountId: string, by: string, reason: string): Promise<void> {
    await tx.query(
      `update billing_run_members
          set exclusion_code = 'BY_DECISION', exclusion_reason = $3, excluded_by = $4, excluded_at = app_now()
        where run_id = $1 and account_id = $2`,
      [runId, accountId, reason, by],
    );
  }

  /** Notes that an account was computed as of a later revision than the rest of its run. */
  async setOwnRevision(tx: Tx, runId: string, accountId: string, revision: string): Promise<void> {
    await tx.query('update billing_run_members set own_frozen_revision = $3 where run_id = $1 and account_id = $2', [
      runId,
      accountId,
      revision,
    ]);
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/actor';
import { prepared, type Tx } from '../database';
import { currentRequestId } from '../logging/request-context';

/** One change, or one look at personal data. */
export interface AuditEntry {
  /** Who did it; null for the system itself. */
  readonly actor: Pick<Actor, 'userId'> | null;
  /** `area.verb-or-thing[.verb]` in lower case: `customers.account.open`. */
  readonly action: string;
  /** Kind of record in the singular: `account`. */
  readonly subjectType: string;
  readonly subjectId: string;
  /** What changed, for a reader: ids, codes, dates and figures; never personal data. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The append-only record of changes, written in the transaction of the change itself. */
@Injectable()
export class Audit {
  /** Records one entry; it exists exactly if the change is committed. */
  async record(tx: Tx, { actor, action, subjectType, subjectId, detail = {} }: AuditEntry): Promise<void> {
    await prepared(
      tx,
      `INSERT INTO audit_events (user_id, action, subject_type, subject_id, detail, request_id)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [actor?.userId ?? null, action, subjectType, subjectId, JSON.stringify(detail), currentRequestId()],
    );
  }
}

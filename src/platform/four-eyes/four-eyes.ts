import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/actor';
import type { Tx } from '../database';
import { defineConstraintErrors } from '../errors';
import { currentRequestId } from '../logging/request-context';

defineConstraintErrors({
  approvals_by_another_person: 'APPROVAL.SAME_PERSON',
  approvals_once: 'APPROVAL.ALREADY_GIVEN',
});

/** An approval that is about to be given. */
export interface ApprovalRequest {
  /** Kind of record in the singular: `billing-run`. */
  readonly subjectType: string;
  readonly subjectId: string;
  /** What is approved: `release`. One record is approved once for each action. */
  readonly action: string;
  /** The user who asked for it: read it from the record, never from the request. */
  readonly requestedBy: string;
  /** The user who approves now. */
  readonly actor: Pick<Actor, 'userId'>;
}

/** The one mechanism by which a second person agrees. */
@Injectable()
export class FourEyes {
  /**
   * Records the approval in the transaction of what it allows, and answers its id. The database refuses the
   * requester as approver (APPROVAL.SAME_PERSON, 403) and a second approval (APPROVAL.ALREADY_GIVEN, 409);
   * either undoes the transaction.
   */
  async approve(tx: Tx, request: ApprovalRequest): Promise<string> {
    const { subjectType, subjectId, action, requestedBy, actor } = request;
    const rows = await tx.query<{ approval_id: string }[]>(
      `INSERT INTO approvals (subject_type, subject_id, action, requested_by, approved_by, request_id)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING approval_id`,
      [subjectType, subjectId, action, requestedBy, actor.userId, currentRequestId()],
    );
    const approvalId = rows[0]?.approval_id;
    if (approvalId === undefined) throw new Error('the approval was not recorded');
    return approvalId;
  }
}

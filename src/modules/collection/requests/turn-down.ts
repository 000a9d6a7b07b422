import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError, type ErrorCode } from '../../../platform/errors';

/** A kind of request that waits for a second person. */
export interface RequestKind {
  readonly table: 'prepayment_refunds' | 'write_offs' | 'instalment_agreements';
  readonly id: 'refund_id' | 'write_off_id' | 'agreement_id';
  readonly subject: 'prepayment-refund' | 'write-off' | 'instalment-agreement';
  readonly area: 'collection.refund' | 'collection.write-off' | 'collection.instalment';
  readonly notFound: ErrorCode;
  /** Where it has taken effect already. */
  readonly done: ErrorCode;
}

/** A request that does not take effect: the second person rejects it, or whoever asked withdraws it. */
@Injectable()
export class TurnDown {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  reject<View>(kind: RequestKind, id: string, reason: string, actor: Pick<Actor, 'userId'>, view: (tx: Tx, id: string) => Promise<View>): Promise<View> {
    return this.decide(kind, id, { state: 'rejected', reason, actor }, view);
  }

  withdraw<View>(kind: RequestKind, id: string, reason: string, actor: Pick<Actor, 'userId'>, view: (tx: Tx, id: string) => Promise<View>): Promise<View> {
    return this.decide(kind, id, { state: 'withdrawn', reason, actor }, view);
  }

  private decide<View>(
    kind: RequestKind,
    id: string,
    { state, reason, actor }: { readonly state: 'rejected' | 'withdrawn'; readonly reason: string; readonly actor: Pick<Actor, 'userId'> },
    view: (tx: Tx, id: string) => Promise<View>,
  ): Promise<View> {
    return this.database.transaction(async (tx) => {
      const [asked] = await tx.query<{ state: string; requestedBy: string }[]>(
        `select state, requested_by as "requestedBy" from ${kind.table} where ${kind.id} = $1 for update`,
        [id],
      );
      if (!asked) throw new AppError(kind.notFound);
      if (asked.state !== 'requested') throw new AppError(asked.state === 'rejected' || asked.state === 'withdrawn' ? 'COLLECTION.REQUEST_TURNED_DOWN' : kind.done);
      const own = asked.requestedBy === actor.userId;
      if (own && state === 'rejected') throw new AppError('APPROVAL.SAME_PERSON');
      if (!own && state === 'withdrawn') throw new AppError('COLLECTION.NOT_THE_REQUESTER');
      await tx.query(
        `update ${kind.table} set state = $2, turned_down_by = $3, turned_down_on = app_today(), turned_down_because = $4 where ${kind.id} = $1`,
        [id, state, actor.userId, reason],
      );
      const action = `${kind.area}.${state === 'rejected' ? 'reject' : 'withdraw'}`;
      await this.audit.record(tx, { actor, action, subjectType: kind.subject, subjectId: id, detail: { reason } });
      return view(tx, id);
    });
  }
}

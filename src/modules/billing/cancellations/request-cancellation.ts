import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError, fieldError } from '../../../platform/errors';
import { BillAccess } from '../bills/bill-access';
import { standingOf } from '../bills/bill-views';
import { CANCELLATION_CAUSES, type DependentChoice } from './cancellation.codes';
import { type CancellationRequest, requestOf } from './cancellation-views';
import { CancellationRepository } from './cancellation.repository';
import { type CancelledTogether, DependentBills } from './dependent-bills';

export interface CancellationWish {
  readonly reason: string;
  readonly dependents: DependentChoice;
}

/** The first person's part: names a bill, sees what depends on it, and asks for all of it to be cancelled. */
@Injectable()
export class RequestCancellation {
  constructor(
    private readonly database: Database,
    private readonly access: BillAccess,
    private readonly dependents: DependentBills,
    private readonly repository: CancellationRepository,
    private readonly audit: Audit,
  ) {}

  /** All bills that would be cancelled, in the order in which they are billed again. */
  async preview(actor: Actor, billNo: string): Promise<CancelledTogether[]> {
    return this.database.transaction((tx) => this.together(tx, actor, billNo));
  }

  /** The bills stay in force until a second person agrees. */
  async request(actor: Actor, billNo: string, { reason, dependents }: CancellationWish): Promise<CancellationRequest> {
    return this.database.transaction(async (tx) => {
      const bills = await this.together(tx, actor, billNo);
      const others = bills.filter(({ cause }) => cause !== 'asked-for');
      if (others.length > 0 && dependents === 'refuse') {
        throw new AppError('BILLING.DEPENDENT_BILLS_EXIST', { errors: others.slice(0, 50).map(dependencyOf) });
      }
      const requestId = await this.repository.insert(tx, reason, actor.userId, bills);
      const detail = { reason, bills: bills.map((bill) => bill.billNo) };
      await this.audit.record(tx, { actor, action: 'billing.cancellation.request', subjectType: 'cancellation-request', subjectId: requestId, detail });
      return requestOf(tx, this.repository, requestId);
    });
  }

  private async together(tx: Tx, actor: Actor, billNo: string): Promise<CancelledTogether[]> {
    const head = await this.access.require(actor, billNo);
    if (standingOf(head) !== 'issued' || head.kind === 'supplementary') throw new AppError('BILLING.BILL_NOT_ISSUED');
    return this.dependents.of(tx, head);
  }
}

function dependencyOf({ billNo, period, cause }: CancelledTogether) {
  const { zh, en } = CANCELLATION_CAUSES.items.find(({ code }) => code === cause) ?? { zh: cause, en: cause };
  return fieldError('dependents', cause.toUpperCase().replaceAll('-', '_'), { zh: `${billNo}（${period}）：${zh}`, en: `${billNo} (${period}): ${en}` }, 'cancel');
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { FourEyes } from '../../../platform/four-eyes';
import type { AdjustmentView, EndAdjustment } from '../dto/adjustment.dto';
import { refuse } from '../metering.errors';
import { AdjustmentsRepository } from './adjustments.repository';

/** Approves, rejects or ends adjustment energy. */
@Injectable()
export class DecideAdjustment {
  constructor(
    private readonly database: Database,
    private readonly adjustments: AdjustmentsRepository,
    private readonly fourEyes: FourEyes,
    private readonly audit: Audit,
  ) {}

  /** Only another person than the requester approves (APPROVAL.SAME_PERSON); from then on billing reads it. */
  approve(id: string, actor: Actor): Promise<AdjustmentView> {
    return this.decide(id, actor, 'approve', async (tx, { requestedBy }) => {
      await this.fourEyes.approve(tx, { subjectType: 'energy-adjustment', subjectId: id, action: 'approve', requestedBy, actor });
      await this.moveOrRefuse(tx, id, 'requested', 'approved', actor);
      await this.adjustments.putInForce(tx, id, actor.userId);
    });
  }

  reject(id: string, actor: Actor): Promise<AdjustmentView> {
    return this.decide(id, actor, 'reject', (tx) => this.moveOrRefuse(tx, id, 'requested', 'rejected', actor));
  }

  /** Ends a standing adjustment with a period; who approved it stays on record in the approvals. */
  end(id: string, { lastPeriod }: EndAdjustment, actor: Actor): Promise<AdjustmentView> {
    return this.decide(id, actor, 'end', async (tx, adjustment) => {
      if (!adjustment.standing) {
        throw refuse('METERING.ADJUSTMENT_INVALID', 'lastPeriod', 'NOT_APPLICABLE', { en: 'it applies once', zh: '一次性追补' });
      }
      if (adjustment.state !== 'approved') throw new AppError('METERING.ADJUSTMENT_DECIDED');
      await this.adjustments.end(tx, id, lastPeriod, actor.userId);
    });
  }

  private decide(id: string, actor: Actor, action: string, work: (tx: Tx, adjustment: AdjustmentView) => Promise<void>): Promise<AdjustmentView> {
    return this.database.transaction(async (tx) => {
      const adjustment = await this.adjustments.find(tx, id);
      if (adjustment === undefined) throw new AppError('METERING.ADJUSTMENT_NOT_FOUND');
      await work(tx, adjustment);
      await this.audit.record(tx, { actor, action: `metering.adjustment.${action}`, subjectType: 'energy-adjustment', subjectId: id });
      return (await this.adjustments.find(tx, id)) ?? adjustment;
    });
  }

  private async moveOrRefuse(tx: Tx, id: string, from: string, to: string, actor: Actor): Promise<void> {
    if (!(await this.adjustments.move(tx, id, from, to, actor.userId))) throw new AppError('METERING.ADJUSTMENT_DECIDED');
  }
}

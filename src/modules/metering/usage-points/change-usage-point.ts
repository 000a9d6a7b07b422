import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { ChangeUsagePoint as Input, UsagePointView } from '../dto/usage-point.dto';
import { refuse } from '../metering.errors';
import { FindUsagePoints } from './find-usage-points';
import { JudgeUsagePoint } from './judge-usage-point';
import { UsagePointsRepository } from './usage-points.repository';

/** Changes what billing needs to know of a usage point, from a day on. */
@Injectable()
export class ChangeUsagePoint {
  constructor(
    private readonly database: Database,
    private readonly points: UsagePointsRepository,
    private readonly rules: JudgeUsagePoint,
    private readonly finder: FindUsagePoints,
    private readonly audit: Audit,
  ) {}

  change(usagePointId: string, input: Input, actor: Actor): Promise<UsagePointView> {
    return this.database.transaction(async (tx) => {
      const point = await this.points.lock(tx, usagePointId);
      if (point === undefined) throw new AppError('METERING.USAGE_POINT_NOT_FOUND');
      await this.rules.judge(tx, point.accountId, input);
      const ended = await this.points.endVersion(tx, usagePointId, input.validFrom, actor.userId);
      if (ended === undefined) {
        const message = { en: 'no version is in force on that day', zh: '该日无有效版本' };
        throw refuse('METERING.USAGE_POINT_INVALID', 'validFrom', 'OUT_OF_RANGE', message, 'a day of a version in force');
      }
      await this.points.insertVersion(tx, usagePointId, { from: input.validFrom, to: ended.validTo }, input, actor.userId);
      await this.audit.record(tx, {
        actor,
        action: 'metering.usage-point.change',
        subjectType: 'usage-point',
        subjectId: usagePointId,
        detail: { validFrom: input.validFrom, kind: input.kind },
      });
      return this.finder.one(usagePointId, tx);
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import type { CreateUsagePoint as Input, UsagePointView } from '../dto/usage-point.dto';
import { refuse } from '../metering.errors';
import { FindUsagePoints } from './find-usage-points';
import { JudgeUsagePoint } from './judge-usage-point';
import { LinkParents } from './link-parents';
import { UsagePointsRepository } from './usage-points.repository';

/** Enters a usage point of an account, with its place in the tree. */
@Injectable()
export class CreateUsagePoint {
  constructor(
    private readonly database: Database,
    private readonly points: UsagePointsRepository,
    private readonly rules: JudgeUsagePoint,
    private readonly parents: LinkParents,
    private readonly finder: FindUsagePoints,
    private readonly audit: Audit,
  ) {}

  create(input: Input, actor: Actor): Promise<UsagePointView> {
    return this.database.transaction(async (tx) => {
      const account = await this.rules.account(tx, input.accountNo);
      await this.rules.judge(tx, account.accountId, input);
      if (input.kind === 'fixed-ratio' && (input.parents ?? []).length === 0) {
        const message = { en: 'a fixed ratio is taken of a parent', zh: '定比须有父计量点' };
        throw refuse('METERING.USAGE_POINT_INVALID', 'parents', 'REQUIRED', message, '1 … 2');
      }
      const usagePointId = await this.points.insert(tx, input.usagePointNo, account.accountId);
      await this.points.insertVersion(tx, usagePointId, { from: input.validFrom, to: null }, input, actor.userId);
      await this.parents.link(tx, usagePointId, input.parents ?? [], input.validFrom, actor.userId);
      await this.audit.record(tx, {
        actor,
        action: 'metering.usage-point.create',
        subjectType: 'usage-point',
        subjectId: usagePointId,
        detail: { usagePointNo: input.usagePointNo, kind: input.kind, validFrom: input.validFrom },
      });
      return this.finder.one(usagePointId, tx);
    });
  }
}

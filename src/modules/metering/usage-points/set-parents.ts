import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { SetParents as Input, UsagePointView } from '../dto/usage-point.dto';
import { FindUsagePoints } from './find-usage-points';
import { LinkParents } from './link-parents';
import { UsagePointTreeRepository } from './usage-point-tree.repository';
import { UsagePointsRepository } from './usage-points.repository';

/** Moves a usage point in the tree of main meters and sub-meters, from a day on. */
@Injectable()
export class SetParents {
  constructor(
    private readonly database: Database,
    private readonly points: UsagePointsRepository,
    private readonly tree: UsagePointTreeRepository,
    private readonly parents: LinkParents,
    private readonly finder: FindUsagePoints,
    private readonly audit: Audit,
  ) {}

  set(usagePointId: string, input: Input, actor: Actor): Promise<UsagePointView> {
    return this.database.transaction(async (tx) => {
      if ((await this.points.lock(tx, usagePointId)) === undefined) throw new AppError('METERING.USAGE_POINT_NOT_FOUND');
      await this.tree.endLinks(tx, usagePointId, input.validFrom, actor.userId);
      await this.parents.link(tx, usagePointId, input.parents, input.validFrom, actor.userId);
      await this.audit.record(tx, {
        actor,
        action: 'metering.usage-point.set-parents',
        subjectType: 'usage-point',
        subjectId: usagePointId,
        detail: { validFrom: input.validFrom, parents: input.parents },
      });
      return this.finder.one(usagePointId, tx);
    });
  }
}

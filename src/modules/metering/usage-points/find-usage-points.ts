import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { Page } from '../../../platform/http';
import type { UsagePointQuery, UsagePointView } from '../dto/usage-point.dto';
import type { Source } from '../sql';
import { UsagePointsRepository } from './usage-points.repository';

/** Shows usage points with their versions and parents in force. */
@Injectable()
export class FindUsagePoints {
  constructor(
    private readonly database: Database,
    private readonly points: UsagePointsRepository,
  ) {}

  page(query: UsagePointQuery): Promise<Page<UsagePointView>> {
    return this.points.find(this.database, query);
  }

  async one(usagePointId: string, source: Source = this.database): Promise<UsagePointView> {
    const { items } = await this.points.find(source, { usagePointId });
    if (items[0] === undefined) throw new AppError('METERING.USAGE_POINT_NOT_FOUND');
    return items[0];
  }
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import type { InstallationView, InstallMeter as Input } from '../dto/meter.dto';
import { refuse } from '../metering.errors';
import { UsagePointsRepository } from '../usage-points/usage-points.repository';
import { MoveMeters } from './move-meters';
import { ReadMeters } from './read-meters';

/** Installs a meter at a usage point with its ratios and a first reading of every dial. */
@Injectable()
export class InstallMeter {
  constructor(
    private readonly database: Database,
    private readonly points: UsagePointsRepository,
    private readonly mover: MoveMeters,
    private readonly reader: ReadMeters,
    private readonly audit: Audit,
  ) {}

  install(input: Input, actor: Actor): Promise<InstallationView> {
    return this.database.transaction(async (tx) => {
      const point = (await this.points.findByNo(tx, [input.usagePointNo])).get(input.usagePointNo);
      if (point === undefined) {
        throw refuse('METERING.USAGE_POINT_INVALID', 'usagePointNo', 'UNKNOWN', { en: 'is not a usage point', zh: '不是已有的计量点' });
      }
      await this.points.lock(tx, point.usagePointId);
      await this.points.requireMetered(tx, point.usagePointId, input.installedOn);
      const installationId = await this.mover.putUp(tx, { ...input, usagePointId: point.usagePointId }, actor.userId);
      const detail = { assetNo: input.assetNo, usagePointNo: input.usagePointNo, installedOn: input.installedOn };
      await this.audit.record(tx, { actor, action: 'metering.meter.install', subjectType: 'installation', subjectId: installationId, detail });
      return this.reader.installation(installationId, tx);
    });
  }
}

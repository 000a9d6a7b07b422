import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { InstallationView, RemoveMeter as Input, ReplaceMeter as ReplaceInput } from '../dto/meter.dto';
import { UsagePointsRepository } from '../usage-points/usage-points.repository';
import { type Installation, InstallationsRepository } from './installations.repository';
import { MoveMeters } from './move-meters';
import { ReadMeters } from './read-meters';

/** Takes a meter down, alone or with another one put up in its place on the same day. */
@Injectable()
export class RemoveMeter {
  constructor(
    private readonly database: Database,
    private readonly points: UsagePointsRepository,
    private readonly installations: InstallationsRepository,
    private readonly mover: MoveMeters,
    private readonly reader: ReadMeters,
    private readonly audit: Audit,
  ) {}

  remove(installationId: string, input: Input, actor: Actor): Promise<InstallationView> {
    return this.database.transaction(async (tx) => {
      const standing = await this.standing(tx, installationId);
      await this.mover.takeDown(tx, standing, input.removedOn, input.finalReadings, actor.userId, 'removedOn');
      await this.audit.record(tx, {
        actor,
        action: 'metering.meter.remove',
        subjectType: 'installation',
        subjectId: installationId,
        detail: { assetNo: standing.assetNo, removedOn: input.removedOn },
      });
      return this.reader.installation(installationId, tx);
    });
  }

  /** One operation: the old meter's final readings, the new meter's first ones, same usage point, same day. Answers the new installation. */
  replace(installationId: string, input: ReplaceInput, actor: Actor): Promise<InstallationView> {
    return this.database.transaction(async (tx) => {
      const standing = await this.standing(tx, installationId);
      const { replacedOn, finalReadings, newMeter } = input;
      await this.mover.takeDown(tx, standing, replacedOn, finalReadings, actor.userId, 'replacedOn');
      const place = { ...newMeter, usagePointId: standing.usagePointId, installedOn: replacedOn };
      const newId = await this.mover.putUp(tx, place, actor.userId, 'newMeter.');
      await this.audit.record(tx, {
        actor,
        action: 'metering.meter.replace',
        subjectType: 'installation',
        subjectId: newId,
        detail: { oldAssetNo: standing.assetNo, newAssetNo: newMeter.assetNo, replacedOn, replaces: installationId },
      });
      return this.reader.installation(newId, tx);
    });
  }

  private async standing(tx: Tx, installationId: string): Promise<Installation> {
    const found = await this.installations.find(tx, installationId);
    if (found === undefined) throw new AppError('METERING.INSTALLATION_NOT_FOUND');
    await this.points.lock(tx, found.usagePointId);
    // Read again behind the lock: another request may have taken the meter down meanwhile.
    return (await this.installations.find(tx, installationId)) ?? found;
  }
}

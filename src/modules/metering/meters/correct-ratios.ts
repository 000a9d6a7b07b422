import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { CorrectRatios as Input, InstallationView } from '../dto/meter.dto';
import { InstallationsRepository } from './installations.repository';
import { ReadMeters } from './read-meters';

/** Corrects ratios that were entered wrongly; the wrong ones stay on record, superseded. */
@Injectable()
export class CorrectRatios {
  constructor(
    private readonly database: Database,
    private readonly installations: InstallationsRepository,
    private readonly reader: ReadMeters,
    private readonly audit: Audit,
  ) {}

  correct(installationId: string, { pt, ct, reason }: Input, actor: Actor): Promise<InstallationView> {
    return this.database.transaction(async (tx) => {
      const before = await this.reader.installation(installationId, tx);
      const same = (['primary', 'secondary'] as const).every((side) => before.pt[side] === pt[side] && before.ct[side] === ct[side]);
      if (same) throw new AppError('METERING.NOTHING_CHANGES');
      await this.installations.supersede(tx, installationId, { pt, ct }, actor.userId);
      const detail = { from: { pt: before.pt, ct: before.ct }, to: { pt, ct }, reason };
      await this.audit.record(tx, { actor, action: 'metering.installation.correct-ratios', subjectType: 'installation', subjectId: installationId, detail });
      return this.reader.installation(installationId, tx);
    });
  }
}

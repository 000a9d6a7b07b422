import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { ConfirmFinding as Input, FindingView } from '../dto/reading.dto';
import { FindingsRepository } from './findings.repository';

/** Records a person's word that a doubtful reading is right; its finding no longer stops the bill. */
@Injectable()
export class ConfirmFinding {
  constructor(
    private readonly database: Database,
    private readonly findings: FindingsRepository,
    private readonly audit: Audit,
  ) {}

  confirm(findingId: string, { reason }: Input, actor: Actor): Promise<FindingView> {
    return this.database.transaction(async (tx) => {
      const finding = await this.findings.one(tx, findingId);
      if (finding === undefined) throw new AppError('METERING.FINDING_NOT_FOUND');
      if (finding.readingId === null) throw new AppError('METERING.FINDING_NEEDS_READING');
      const closed = await this.findings.close(tx, [findingId], 'confirmed', reason, actor.userId);
      if (closed === 0) throw new AppError('METERING.FINDING_CLOSED');
      const detail = { code: finding.code, readingId: finding.readingId, reason };
      await this.audit.record(tx, { actor, action: 'metering.finding.confirm', subjectType: 'reading-finding', subjectId: findingId, detail });
      return { ...finding, state: 'confirmed', reason };
    });
  }
}

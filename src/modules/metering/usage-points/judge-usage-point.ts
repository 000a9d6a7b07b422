import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { AppError, fieldError, type FieldError } from '../../../platform/errors';
import type { AccountEntry } from '../../customers';
import { MeteringAccounts } from '../accounts';
import type { UsagePointContent } from '../dto/usage-point.dto';
import type { Source } from '../sql';
import { usagePointProblems } from './usage-point.rules';
import { UsagePointsRepository } from './usage-points.repository';

function unknownEquipment(field: string, no: string | undefined, known: readonly string[]): FieldError[] {
  if (no === undefined || known.includes(no)) return [];
  return [fieldError(field, 'UNKNOWN', { en: 'is not on record for the account', zh: '该户没有此编号' }, known.join(' | ') || '-')];
}

/** Refuses a usage point whose fields contradict each other or name equipment that the account does not have. */
@Injectable()
export class JudgeUsagePoint {
  constructor(
    private readonly points: UsagePointsRepository,
    private readonly accounts: MeteringAccounts,
  ) {}

  /** The account that a usage point is to belong to. */
  account(tx: Tx, accountNo: string): Promise<AccountEntry> {
    return this.accounts.require(tx, accountNo);
  }

  async judge(source: Source, accountId: string, content: UsagePointContent): Promise<void> {
    const errors = usagePointProblems(content);
    if (content.transformerNo !== undefined || content.supplyCircuitNo !== undefined) {
      const { transformers, circuits } = await this.points.equipmentOf(source, accountId);
      errors.push(...unknownEquipment('transformerNo', content.transformerNo, transformers));
      errors.push(...unknownEquipment('supplyCircuitNo', content.supplyCircuitNo, circuits));
    }
    if (errors.length > 0) throw new AppError('METERING.USAGE_POINT_INVALID', { errors });
  }
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError, fieldError, type FieldError } from '../../../platform/errors';
import type { AdjustmentView, RequestAdjustment as Input } from '../dto/adjustment.dto';
import { refuse } from '../metering.errors';
import { UsagePointsRepository } from '../usage-points/usage-points.repository';
import { AdjustmentsRepository } from './adjustments.repository';

const PERIODS = ['sharp', 'peak', 'flat', 'valley', 'deepValley'] as const;

/** What an adjustment says against itself or against the way in which its usage point is read. */
export function adjustmentProblems(input: Input, timeOfUse: boolean): FieldError[] {
  const { energies, standing, firstPeriod, lastPeriod } = input;
  const errors: FieldError[] = [];
  if (Object.values(energies).every((energy) => energy === undefined)) {
    errors.push(fieldError('energies', 'REQUIRED', { en: 'needs at least one energy', zh: '至少须有一个电量' }));
  }
  const wrong = timeOfUse ? (['total'] as const) : PERIODS;
  const allowed = timeOfUse ? 'sharp | peak | flat | valley | deepValley | reactive' : 'total | reactive';
  const message = timeOfUse
    ? { en: 'a time-of-use point is adjusted per period', zh: '分时计量点须按时段追补' }
    : { en: 'a plain point is adjusted by its total', zh: '非分时计量点只能追补总电量' };
  errors.push(...wrong.filter((name) => energies[name] !== undefined).map((name) => fieldError(`energies.${name}`, 'NOT_APPLICABLE', message, allowed)));
  if (!standing && lastPeriod !== undefined && lastPeriod !== firstPeriod) {
    errors.push(fieldError('lastPeriod', 'NOT_APPLICABLE', { en: 'is the first one where it applies once', zh: '一次性追补只涉及一个账期' }, firstPeriod));
  }
  if (standing && lastPeriod !== undefined && lastPeriod < firstPeriod) {
    errors.push(fieldError('lastPeriod', 'OUT_OF_RANGE', { en: 'is before the first one', zh: '早于首个账期' }, `${firstPeriod} …`));
  }
  return errors;
}

/** Asks for energy to be added or taken off; it counts once another person has approved it. */
@Injectable()
export class RequestAdjustment {
  constructor(
    private readonly database: Database,
    private readonly points: UsagePointsRepository,
    private readonly adjustments: AdjustmentsRepository,
    private readonly audit: Audit,
  ) {}

  request(input: Input, actor: Actor): Promise<AdjustmentView> {
    return this.database.transaction(async (tx) => {
      const point = (await this.points.findByNo(tx, [input.usagePointNo])).get(input.usagePointNo);
      const timeOfUse = point && (await this.adjustments.isTimeOfUse(tx, point.usagePointId, input.firstPeriod));
      if (point === undefined || timeOfUse === undefined) {
        const message = { en: 'is not a usage point in force in that period', zh: '不是该账期有效的计量点' };
        throw refuse('METERING.ADJUSTMENT_INVALID', 'usagePointNo', 'UNKNOWN', message);
      }
      const errors = adjustmentProblems(input, timeOfUse);
      if (errors.length > 0) throw new AppError('METERING.ADJUSTMENT_INVALID', { errors });
      const id = await this.adjustments.insert(tx, point.usagePointId, input, actor.userId);
      const detail = { usagePointNo: input.usagePointNo, stage: input.stage, standing: input.standing, firstPeriod: input.firstPeriod };
      await this.audit.record(tx, { actor, action: 'metering.adjustment.request', subjectType: 'energy-adjustment', subjectId: id, detail });
      const created = await this.adjustments.find(tx, id);
      if (created === undefined) throw new Error('the request was not recorded');
      return created;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { CreateMeter as Input, MeterView } from '../dto/meter.dto';
import { meterProblems } from './meter.rules';
import { MetersRepository } from './meters.repository';

/** Enters a meter with its dials. */
@Injectable()
export class CreateMeter {
  constructor(
    private readonly database: Database,
    private readonly meters: MetersRepository,
    private readonly audit: Audit,
  ) {}

  create(input: Input, actor: Actor): Promise<MeterView> {
    const errors = meterProblems(input);
    if (errors.length > 0) return Promise.reject(new AppError('METERING.REGISTERS_INVALID', { errors }));
    return this.database.transaction(async (tx) => {
      const meterId = await this.meters.insert(tx, input);
      const detail = { assetNo: input.assetNo, registers: input.registers.length };
      await this.audit.record(tx, { actor, action: 'metering.meter.create', subjectType: 'meter', subjectId: meterId, detail });
      return { meterId, ...input };
    });
  }
}

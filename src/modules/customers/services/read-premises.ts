import { Injectable } from '@nestjs/common';
import { AppError } from '../../../platform/errors';
import type { PremiseView } from '../dto/premise.dto';
import { PremisesRepository } from '../repositories/premises.repository';

/** Premises with their addresses masked. */
@Injectable()
export class ReadPremises {
  constructor(private readonly premises: PremisesRepository) {}

  async one(premiseId: string): Promise<PremiseView> {
    const row = await this.premises.find(premiseId);
    if (!row) throw new AppError('CUSTOMERS.PREMISE_NOT_FOUND');
    return { premiseId: row.premise_id, regionCode: row.region_code, address: row.address_masked };
  }
}

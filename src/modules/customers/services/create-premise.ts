import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import type { PremiseInput, PremiseView } from '../dto/premise.dto';
import { PremisesRepository } from '../repositories/premises.repository';
import { SealPersonalData } from './seal-personal-data';

/** Records a place that is served. */
@Injectable()
export class CreatePremise {
  constructor(
    private readonly database: Database,
    private readonly premises: PremisesRepository,
    private readonly seal: SealPersonalData,
    private readonly audit: Audit,
  ) {}

  async execute(actor: Actor, input: PremiseInput): Promise<PremiseView> {
    const sealed = this.seal.premise(input);
    return this.database.transaction(async (tx) => {
      const premiseId = await this.premises.insert(tx, sealed);
      const detail = { regionCode: input.regionCode };
      await this.audit.record(tx, { actor, action: 'customers.premise.create', subjectType: 'premise', subjectId: premiseId, detail });
      return { premiseId, regionCode: input.regionCode, address: sealed.addressMasked };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import type { TariffVersionView } from '../dto/tariff.dto';
import { TariffVersionsRepository } from '../repositories/tariff-versions.repository';
import { lockDraft } from './locked-draft';
import { ReadTariffs } from './read-tariffs';

/** Withdraws a draft; its content can be recorded again. Published versions stay for ever. */
@Injectable()
export class WithdrawTariffVersion {
  constructor(
    private readonly database: Database,
    private readonly versions: TariffVersionsRepository,
    private readonly audit: Audit,
    private readonly read: ReadTariffs,
  ) {}

  async execute(actor: Actor, tariffVersionId: string): Promise<TariffVersionView> {
    await this.database.transaction(async (tx) => {
      const draft = await lockDraft(tx, this.versions, tariffVersionId);
      await this.versions.markWithdrawn(tx, tariffVersionId, actor.userId);
      const detail = { priceBook: draft.price_book, version: draft.version };
      await this.audit.record(tx, { actor, action: 'tariff.version.withdraw', subjectType: 'tariff-version', subjectId: tariffVersionId, detail });
    });
    return this.read.summary(tariffVersionId);
  }
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import type { TariffVersionView } from '../dto/tariff.dto';
import { TariffVersionsRepository } from '../repositories/tariff-versions.repository';
import { checkTariffDocument } from '../rules/check-tariff-document';
import { contentHashOf } from '../rules/content-hash';
import { ReadTariffs } from './read-tariffs';

/** Records a tariff document as a draft, where nothing is wrong with it and its content is new. */
@Injectable()
export class DraftTariffVersion {
  constructor(
    private readonly database: Database,
    private readonly versions: TariffVersionsRepository,
    private readonly audit: Audit,
    private readonly read: ReadTariffs,
  ) {}

  async execute(actor: Actor, input: unknown): Promise<TariffVersionView> {
    const document = checkTariffDocument(input);
    const contentHash = contentHashOf(document);
    const id = await this.database.transaction(async (tx) => {
      const tariffVersionId = await this.versions.insertDraft(tx, document, contentHash, actor.userId);
      const detail = { priceBook: document.priceBook, version: document.version, contentHash };
      await this.audit.record(tx, { actor, action: 'tariff.version.draft', subjectType: 'tariff-version', subjectId: tariffVersionId, detail });
      return tariffVersionId;
    });
    return this.read.summary(id);
  }
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { FourEyes } from '../../../platform/four-eyes';
import type { TariffVersionView } from '../dto/tariff.dto';
import { TariffVersionsRepository } from '../repositories/tariff-versions.repository';
import { lockDraft } from './locked-draft';
import { ReadTariffs } from './read-tariffs';

/**
 * Publishes a draft, by another person than recorded it. An open version that began earlier ends where this one
 * begins; any other overlap is refused by the database, and nothing is published.
 */
@Injectable()
export class PublishTariffVersion {
  constructor(
    private readonly database: Database,
    private readonly versions: TariffVersionsRepository,
    private readonly fourEyes: FourEyes,
    private readonly audit: Audit,
    private readonly read: ReadTariffs,
  ) {}

  async execute(actor: Actor, tariffVersionId: string): Promise<TariffVersionView> {
    await this.database.transaction(async (tx) => {
      const draft = await lockDraft(tx, this.versions, tariffVersionId);
      const subject = { subjectType: 'tariff-version', subjectId: tariffVersionId };
      await this.fourEyes.approve(tx, { ...subject, action: 'publish', requestedBy: draft.created_by, actor });
      await this.versions.endPredecessor(tx, draft.price_book, draft.valid_from);
      await this.versions.markPublished(tx, tariffVersionId, actor.userId);
      await this.versions.takeIntoForce(tx, tariffVersionId);
      const detail = { priceBook: draft.price_book, version: draft.version, contentHash: draft.content_hash };
      await this.audit.record(tx, { ...subject, actor, action: 'tariff.version.publish', detail });
    });
    return this.read.summary(tariffVersionId);
  }
}

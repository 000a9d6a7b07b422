import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import type { ShippedVersionView } from '../dto/tariff.dto';
import { TariffVersionsRepository } from '../repositories/tariff-versions.repository';
import { checkTariffDocument } from '../rules/check-tariff-document';
import { contentHashOf } from '../rules/content-hash';
import { shippedDocuments } from '../rules/shipped-price-books';
import { DraftTariffVersion } from './draft-tariff-version';
import { tariffVersionView } from './tariff-views';

/** Records the tariffs that come with the product as drafts; those that are recorded already are left as they are. */
@Injectable()
export class LoadShippedPriceBooks {
  constructor(
    private readonly versions: TariffVersionsRepository,
    private readonly draft: DraftTariffVersion,
  ) {}

  async execute(actor: Actor): Promise<ShippedVersionView[]> {
    const loaded: ShippedVersionView[] = [];
    for (const { file, document } of shippedDocuments()) {
      const contentHash = contentHashOf(checkTariffDocument(document, file));
      const known = await this.versions.find({ contentHash });
      loaded.push(
        known
          ? { file, outcome: 'present', version: tariffVersionView(known) }
          : { file, outcome: 'created', version: await this.draft.execute(actor, document) },
      );
    }
    return loaded;
  }
}

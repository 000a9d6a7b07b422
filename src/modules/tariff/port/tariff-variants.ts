import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../core/calendar';
import type { TariffDocument } from '../../../core/tariff';
import type { Tx } from '../../../platform/database';
import { contentHashOf } from '../rules/content-hash';

/** Which version is to stand in for a price book, and on which days. */
export interface VariantRequest {
  /** The book that accounts have in their terms. */
  readonly priceBook: string;
  /** A draft or published version, of this or another book … */
  readonly tariffVersionId?: string | undefined;
  /** … or another book, whose version of that day is taken. */
  readonly underPriceBook?: string | undefined;
  readonly on: LocalDate;
  /** Days on which it must be in force, half-open. */
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** A version in the place of a price book. */
export interface TariffVariant {
  readonly priceBook: string;
  readonly tariffVersionId: string;
  readonly contentHash: string;
}

interface VersionRow {
  readonly tariffVersionId: string;
  readonly contentHash: string;
  readonly document: TariffDocument;
}

/** Versions as they would be in force for a trial. What is in force there as it stands is taken as it stands. */
@Injectable()
export class TariffVariants {
  /** Undefined where there is no such price book or no such draft or published version. */
  async prepare(tx: Tx, request: VariantRequest, by: string): Promise<TariffVariant | undefined> {
    const { priceBook, from, to } = request;
    const version = (await this.isKnown(tx, priceBook)) ? await this.version(tx, request) : undefined;
    if (!version) return undefined;
    const { tariffVersionId, document } = version;
    const variant: TariffDocument = {
      ...document,
      priceBook,
      validFrom: document.validFrom < from ? document.validFrom : from,
      validTo: document.validTo === null || document.validTo >= to ? document.validTo : null,
    };
    const contentHash = contentHashOf(variant);
    if (contentHash !== version.contentHash) {
      await tx.query(
        `insert into tariff_variants (content_hash, tariff_version_id, document, created_by) values ($1, $2, $3, $4) on conflict do nothing`,
        [contentHash, tariffVersionId, JSON.stringify(variant), by],
      );
    }
    return { priceBook, tariffVersionId, contentHash };
  }

  private async isKnown(tx: Tx, priceBook: string): Promise<boolean> {
    return (await tx.query<unknown[]>('select 1 from tariff_versions where price_book = $1 limit 1', [priceBook])).length > 0;
  }

  private async version(tx: Tx, { tariffVersionId, underPriceBook, on }: VariantRequest): Promise<VersionRow | undefined> {
    const [row] = await tx.query<VersionRow[]>(
      `select v.tariff_version_id as "tariffVersionId", v.content_hash as "contentHash", v.document
         from tariff_versions v left join tariff_validities f on f.tariff_version_id = v.tariff_version_id and f.superseded_revision is null
        where v.state in ('draft', 'published')
          and (v.tariff_version_id = $1 or (v.price_book = $2 and f.valid_from <= $3::date and (f.valid_to is null or f.valid_to > $3::date)))`,
      [tariffVersionId ?? null, underPriceBook ?? null, on],
    );
    return row;
  }
}

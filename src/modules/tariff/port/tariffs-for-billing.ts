import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../core/calendar';
import type { TariffDocument } from '../../../core/tariff';
import type { Tx } from '../../../platform/database';
import { DocumentCache } from './document-cache';
import type { TariffVariant } from './tariff-variants';

/** What billing asks for: price books, the days that it bills, half-open, and the revision that its run froze. */
export interface TariffsRequest {
  readonly priceBooks: readonly string[];
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly frozenRevision: string;
  /** Versions that stand in for a price book on all days (trials). */
  readonly instead?: ReadonlyMap<string, TariffVariant> | undefined;
}

/** A version on the days of the request on which it was in force; days with no version have no price. */
export interface TariffInForce {
  readonly priceBook: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly tariffVersionId: string;
  readonly contentHash: string;
  readonly document: TariffDocument;
}

/**
 * The published versions behind a period's bills. Documents never change, so the process keeps the last used ones by
 * their hash: the same hash answers the same object.
 */
@Injectable()
export class TariffsForBilling {
  private readonly documents = new DocumentCache<TariffDocument>(256);

  /** In the order of price books and days: one query, and one more for documents not at hand. */
  async read(tx: Tx, request: TariffsRequest): Promise<TariffInForce[]> {
    const rows = await tx.query<Omit<TariffInForce, 'document'>[]>(
      `SELECT f.price_book AS "priceBook", greatest(f.valid_from, $2::date) AS "from",
         least(coalesce(f.valid_to, $3::date), $3::date) AS "to", v.tariff_version_id AS "tariffVersionId", v.content_hash AS "contentHash"
       FROM tariff_validities f JOIN tariff_versions v USING (tariff_version_id)
       WHERE f.price_book = ANY($1::text[]) AND f.valid_from < $3::date AND (f.valid_to IS NULL OR f.valid_to > $2::date)
         AND f.recorded_revision <= $4 AND (f.superseded_revision IS NULL OR f.superseded_revision > $4)
       ORDER BY f.price_book, f.valid_from`,
      [request.priceBooks, request.from, request.to, request.frozenRevision],
    );
    const inForce = [...rows.filter(({ priceBook }) => request.instead?.has(priceBook) !== true), ...standIns(request)];
    const documents = await this.byHashes(tx, inForce.map((row) => row.contentHash));
    return inForce.flatMap((row) => {
      const document = documents.get(row.contentHash);
      return document === undefined ? [] : [{ ...row, document }];
    });
  }

  /** Documents by content hash, as stored bills name them; hashes that are not recorded are missing in the answer. */
  async byHashes(tx: Tx, hashes: readonly string[]): Promise<Map<string, TariffDocument>> {
    const found = new Map<string, TariffDocument>();
    for (const hash of new Set(hashes)) {
      const known = this.documents.get(hash);
      if (known !== undefined) found.set(hash, known);
    }
    const missing = [...new Set(hashes)].filter((hash) => !found.has(hash));
    if (missing.length === 0) return found;
    const rows = await tx.query<{ content_hash: string; document: TariffDocument }[]>(
      `SELECT DISTINCT ON (content_hash) content_hash, document FROM (
         SELECT content_hash, document FROM tariff_versions UNION ALL SELECT content_hash, document FROM tariff_variants) known
       WHERE content_hash = ANY($1::text[])`,
      [missing],
    );
    for (const row of rows) {
      this.documents.set(row.content_hash, row.document);
      found.set(row.content_hash, row.document);
    }
    return found;
  }
}

function standIns({ priceBooks, from, to, instead }: TariffsRequest): Omit<TariffInForce, 'document'>[] {
  return priceBooks.flatMap((priceBook) => {
    const variant = instead?.get(priceBook);
    return variant === undefined ? [] : [{ ...variant, from, to }];
  });
}

import type { IncompletePartView, TariffVersionView } from '../dto/tariff.dto';
import type { TariffVersionRow } from '../repositories/tariff-versions.repository';

export function tariffVersionView(row: TariffVersionRow): TariffVersionView {
  return {
    tariffVersionId: row.tariff_version_id,
    priceBook: row.price_book,
    version: row.version,
    regionCode: row.region_code,
    title: row.title,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    inForceTo: row.in_force_to,
    state: row.state,
    contentHash: row.content_hash,
    incomplete: row.incomplete.map(({ planId, voltages, reason }): IncompletePartView => ({ planId, ...(voltages ? { voltages } : {}), reason })),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    publishedBy: row.published_by,
    publishedAt: row.published_at?.toISOString() ?? null,
  };
}

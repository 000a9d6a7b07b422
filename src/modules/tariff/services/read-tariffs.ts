import { Injectable } from '@nestjs/common';
import { AppError } from '../../../platform/errors';
import { decodeCursor, encodeCursor, pageFrom, type Page, type PageQuery } from '../../../platform/http';
import type { PriceBookView, TariffVersionDetailView, TariffVersionQuery, TariffVersionView } from '../dto/tariff.dto';
import { TariffVersionsRepository } from '../repositories/tariff-versions.repository';
import { tariffVersionView } from './tariff-views';

const MAX_NAME = 80;

/** Tariff versions and price books as they are shown. */
@Injectable()
export class ReadTariffs {
  constructor(private readonly versions: TariffVersionsRepository) {}

  /** A version with its document, by id or by content hash. */
  async one(by: { id: string } | { contentHash: string }): Promise<TariffVersionDetailView> {
    const row = await this.versions.find(by);
    const document = row && (await this.versions.documentOf(row.tariff_version_id));
    if (!row || !document) throw new AppError('TARIFF.VERSION_NOT_FOUND');
    return { ...tariffVersionView(row), document: document as unknown as Record<string, unknown> };
  }

  async summary(tariffVersionId: string): Promise<TariffVersionView> {
    const row = await this.versions.find({ id: tariffVersionId });
    if (!row) throw new AppError('TARIFF.VERSION_NOT_FOUND');
    return tariffVersionView(row);
  }

  async list(query: TariffVersionQuery): Promise<Page<TariffVersionView>> {
    const [after = '0'] = decodeCursor(query.cursor, 1) ?? [];
    const filter = { priceBook: query.priceBook ?? null, state: query.state ?? null, inForceOn: query.inForceOn ?? null };
    const rows = await this.versions.list(filter, after, query.limit + 1);
    return pageFrom(rows, query.limit, (row) => [row.tariff_version_id], tariffVersionView);
  }

  async priceBooks(query: PageQuery): Promise<Page<PriceBookView>> {
    const [after = ''] = decodeCursor(query.cursor, 1, (value) => value.length <= MAX_NAME && !value.includes('\u0000')) ?? [];
    const names = await this.versions.priceBooks(after, query.limit + 1);
    const shown = names.slice(0, query.limit);
    const rows = await this.versions.versionsOf(shown);
    const items = shown.map((priceBook) => ({ priceBook, versions: rows.filter((row) => row.price_book === priceBook).map(tariffVersionView) }));
    return { items, nextCursor: names.length > query.limit ? encodeCursor([shown.at(-1) ?? '']) : null };
  }
}

import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database, wholeNumber } from '../../../platform/database';
import { AppError, type Language } from '../../../platform/errors';
import { decodeCursor, pageFrom, type Page, type PageQuery } from '../../../platform/http';
import type { MeteringRefusalView, MeteringImportView } from '../dto/import.dto';
import { ImportsRepository, type ImportKind } from './imports.repository';

const CSV_PAGE = 1_000;

function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  // A cell that begins like a formula would be run by a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Shows imports and their refused lines. */
@Injectable()
export class ReadImports {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
  ) {}

  page(kind: ImportKind, query: PageQuery): Promise<Page<MeteringImportView>> {
    return this.imports.page(this.database, kind, query);
  }

  async one(kind: ImportKind, importId: string): Promise<MeteringImportView> {
    const found = await this.imports.find(this.database, importId, kind);
    if (found === undefined) throw new AppError('METERING.IMPORT_NOT_FOUND');
    return found;
  }

  async refusals(kind: ImportKind, importId: string, { cursor, limit }: PageQuery, language: Language): Promise<Page<MeteringRefusalView>> {
    await this.one(kind, importId);
    const [after = '0'] = decodeCursor(cursor, 1, (value) => /^\d{1,9}$/.test(value)) ?? [];
    const found = await this.imports.refusalsAfter(this.database, importId, wholeNumber(after), limit + 1, language);
    return pageFrom(found, limit, (row) => [String(row.line)], (row) => row);
  }

  /** The refused lines as CSV with a header, as a stream; with a byte order mark, by which spreadsheets know UTF-8. */
  async refusalsCsv(kind: ImportKind, importId: string, language: Language): Promise<Readable> {
    await this.one(kind, importId);
    return Readable.from(this.csvOf(importId, language), { objectMode: false });
  }

  private async *csvOf(importId: string, language: Language): AsyncGenerator<Buffer> {
    yield Buffer.from('\uFEFFline,field,code,reason,allowed,value\r\n');
    let after = 0;
    for (;;) {
      const page = await this.imports.refusalsAfter(this.database, importId, after, CSV_PAGE, language);
      const lines = page.map((row) => [row.line, row.field, row.code, row.reason, row.allowed, row.value].map(csvCell).join(','));
      if (lines.length > 0) yield Buffer.from(`${lines.join('\r\n')}\r\n`);
      if (page.length < CSV_PAGE) return;
      after = page.at(-1)?.line ?? after;
    }
  }
}

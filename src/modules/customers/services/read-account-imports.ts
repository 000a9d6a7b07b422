import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { wholeNumber } from '../../../platform/database';
import { AppError, type Language } from '../../../platform/errors';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { AccountImportView, ImportRefusalQuery, ImportRefusalView } from '../dto/account-import.dto';
import { type AccountImportRow, AccountImportsRepository, type RefusalRow } from '../repositories/account-imports.repository';

const PIECE = 5_000;

/** Account imports, their refused lines, and the account numbers that they gave. */
@Injectable()
export class ReadAccountImports {
  constructor(private readonly imports: AccountImportsRepository) {}

  async one(importId: string): Promise<AccountImportView> {
    const row = await this.imports.find(importId);
    if (!row) throw new AppError('CUSTOMERS.IMPORT_NOT_FOUND');
    return importView(row);
  }

  async refusals(importId: string, query: ImportRefusalQuery, language: Language): Promise<Page<ImportRefusalView>> {
    await this.one(importId);
    const [after = '0'] = decodeCursor(query.cursor, 1) ?? [];
    const rows = await this.imports.refusals(importId, after, query.limit + 1);
    return pageFrom(rows, query.limit, (row) => [row.line_no], (row) => refusalView(row, language));
  }

  /** One JSON line per account: externalReference, accountNo, accountId, in the order of the ids. */
  async numbers(importId: string): Promise<Readable> {
    await this.one(importId);
    return Readable.from(this.lines(importId));
  }

  private async *lines(importId: string): AsyncGenerator<Buffer> {
    for (let after = '0'; ; ) {
      const rows = await this.imports.accounts(importId, after, PIECE);
      const last = rows.at(-1);
      if (last === undefined) return;
      const text = rows.map((row) => JSON.stringify({ externalReference: row.external_reference, accountNo: row.account_no, accountId: row.account_id }));
      yield Buffer.from(`${text.join('\n')}\n`);
      after = last.account_id;
    }
  }
}

function importView(row: AccountImportRow): AccountImportView {
  return {
    importId: row.import_id,
    label: row.label,
    state: row.state,
    rowsRead: wholeNumber(row.rows_read),
    rowsAccepted: wholeNumber(row.rows_accepted),
    rowsRefused: wholeNumber(row.rows_refused),
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

function refusalView(row: RefusalRow, language: Language): ImportRefusalView {
  return {
    lineNo: wholeNumber(row.line_no),
    externalReference: row.external_reference,
    problems: row.problems.map(({ field, code, message, allowed }) => ({
      field,
      code,
      reason: message[language],
      ...(allowed === undefined ? {} : { allowed }),
    })),
  };
}

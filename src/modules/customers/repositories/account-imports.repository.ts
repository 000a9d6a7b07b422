import { Injectable } from '@nestjs/common';
import { copyRows, Database, type Tx } from '../../../platform/database';
import type { FieldError } from '../../../platform/errors';
import type { RefusedLine } from '../import/account-line';

export interface AccountImportRow {
  readonly import_id: string;
  readonly label: string | null;
  readonly state: string;
  readonly rows_read: string;
  readonly rows_accepted: string;
  readonly rows_refused: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
}

export interface RefusalRow {
  readonly line_no: string;
  readonly external_reference: string | null;
  readonly problems: readonly FieldError[];
}

export interface ImportedNumberRow {
  readonly account_id: string;
  readonly account_no: string;
  readonly external_reference: string | null;
}

/** One without progress for five minutes counts as interrupted: its process has died, and the file can be sent again. */
const STATE = `CASE WHEN state = 'running' AND progressed_at < app_now() - interval '5 minutes' THEN 'interrupted' ELSE state END`;

/** SQL of account imports. */
@Injectable()
export class AccountImportsRepository {
  constructor(private readonly database: Database) {}

  async start(tx: Tx, label: string | null, startedBy: string): Promise<string> {
    const rows = await tx.query<{ import_id: string }[]>(
      'INSERT INTO account_imports (label, started_by) VALUES ($1, $2) RETURNING import_id',
      [label, startedBy],
    );
    return rows[0]?.import_id ?? '';
  }

  async addRefusals(tx: Tx, importId: string, refused: readonly RefusedLine[]): Promise<void> {
    if (refused.length === 0) return;
    const rows = refused.map((line) => [importId, line.lineNo, line.externalReference, JSON.stringify(line.problems)]);
    await copyRows(tx, 'account_import_refusals', ['import_id', 'line_no', 'external_reference', 'problems'], rows);
  }

  async addCounts(tx: Tx, importId: string, accepted: number, refused: number): Promise<void> {
    await tx.query(
      `UPDATE account_imports SET rows_read = rows_read + $2::int + $3::int,
         rows_accepted = rows_accepted + $2::int, rows_refused = rows_refused + $3::int, progressed_at = app_now() WHERE import_id = $1`,
      [importId, accepted, refused],
    );
  }

  async finish(tx: Tx, importId: string, state: 'finished' | 'interrupted'): Promise<void> {
    await tx.query('UPDATE account_imports SET state = $2, finished_at = app_now() WHERE import_id = $1', [importId, state]);
  }

  async find(importId: string): Promise<AccountImportRow | undefined> {
    const rows = await this.database.query<AccountImportRow>(`SELECT import_id, label, ${STATE} AS state, rows_read, rows_accepted, rows_refused, started_at, finished_at FROM account_imports WHERE import_id = $1`,
      [importId],
    );
    return rows[0];
  }

  refusals(importId: string, after: string, limit: number): Promise<RefusalRow[]> {
    return this.database.query<RefusalRow>(
      `SELECT line_no, external_reference, problems FROM account_import_refusals
       WHERE import_id = $1 AND line_no > $2 ORDER BY line_no LIMIT $3`,
      [importId, after, limit],
    );
  }

  /** Accounts of an import after an id, for reading them piece by piece. */
  accounts(importId: string, after: string, limit: number): Promise<ImportedNumberRow[]> {
    return this.database.query<ImportedNumberRow>(
      `SELECT account_id, account_no, external_reference FROM accounts
       WHERE import_id = $1 AND account_id > $2 ORDER BY account_id LIMIT $3`,
      [importId, after, limit],
    );
  }
}

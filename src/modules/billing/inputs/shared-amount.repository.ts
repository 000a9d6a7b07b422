import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { SharedAmount } from '../../../core/bill/calculation-document';
import { affectedRows, Database, type Tx } from '../../../platform/database';

/** A shared amount as it is recorded. */
export interface RecordedSharedAmount {
  readonly sharedAmountId: string;
  readonly period: LocalMonth;
  readonly name: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly amount: string;
  readonly inPowerFactorBase: boolean;
  readonly recordedAt: Date;
}

/** What is entered for one account, month and name. */
export interface NewSharedAmount {
  readonly accountId: string;
  readonly period: LocalMonth;
  readonly name: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly amount: string;
  readonly inPowerFactorBase: boolean;
  readonly recordedBy: string;
}

const COLUMNS = `shared_amount_id AS "sharedAmountId", period, name, title_zh AS "titleZh", title_en AS "titleEn", amount,
  in_power_factor_base AS "inPowerFactorBase", recorded_at AS "recordedAt"`;

/** The rows of `shared_amounts`: never changed, only superseded. */
@Injectable()
export class SharedAmountRepository {
  constructor(private readonly database: Database) {}

  /** Takes the amount of this name out of force; whether there was one. */
  async supersede(tx: Tx, { accountId, period, name }: Pick<NewSharedAmount, 'accountId' | 'period' | 'name'>): Promise<boolean> {
    const sql = `UPDATE shared_amounts SET superseded_revision = next_input_revision()
      WHERE account_id = $1 AND period = $2 AND name = $3 AND superseded_revision IS NULL`;
    return (await affectedRows(tx, sql, [accountId, period, name])) > 0;
  }

  async insert(tx: Tx, entry: NewSharedAmount): Promise<RecordedSharedAmount> {
    const rows = await tx.query<RecordedSharedAmount[]>(
      `INSERT INTO shared_amounts (account_id, period, name, title_zh, title_en, amount, in_power_factor_base, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
      [entry.accountId, entry.period, entry.name, entry.titleZh, entry.titleEn, entry.amount, entry.inPowerFactorBase, entry.recordedBy],
    );
    const row = rows[0];
    if (!row) throw new Error('an insert answers its row');
    return row;
  }

  /** The amounts in force of one account and month, by name. */
  inForce(accountId: string, period: LocalMonth): Promise<RecordedSharedAmount[]> {
    return this.database.query<RecordedSharedAmount>(
      `SELECT ${COLUMNS} FROM shared_amounts WHERE account_id = $1 AND period = $2 AND superseded_revision IS NULL ORDER BY name`,
      [accountId, period],
    );
  }

  /** The amounts of many accounts as of a revision, by account, each list in the order of the names. */
  async forAccounts(tx: Tx, accountIds: readonly string[], period: LocalMonth, revision: string): Promise<Map<string, SharedAmount[]>> {
    const rows = await tx.query<(RecordedSharedAmount & { accountId: string })[]>(
      `SELECT account_id AS "accountId", ${COLUMNS} FROM shared_amounts
       WHERE account_id = ANY($1::bigint[]) AND period = $2
         AND recorded_revision <= $3 AND (superseded_revision IS NULL OR superseded_revision > $3)
       ORDER BY account_id, name`,
      [accountIds, period, revision],
    );
    const byAccount = new Map<string, SharedAmount[]>();
    for (const { accountId, name, titleZh, titleEn, amount, inPowerFactorBase } of rows) {
      const list = byAccount.get(accountId) ?? [];
      list.push({ name, title: { zh: titleZh, en: titleEn }, amount, inPowerFactorBase });
      byAccount.set(accountId, list);
    }
    return byAccount;
  }
}

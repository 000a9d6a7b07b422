import { Injectable } from '@nestjs/common';
import type { IncompletePart, Label, TariffDocument } from '../../../core/tariff';
import { Database, type Tx } from '../../../platform/database';

/** A version without its document. */
export interface TariffVersionRow {
  readonly tariff_version_id: string;
  readonly price_book: string;
  readonly version: string;
  readonly region_code: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly in_force_to: string | null;
  readonly state: string;
  readonly content_hash: string;
  readonly title: Label;
  readonly incomplete: readonly IncompletePart[];
  readonly created_by: string;
  readonly created_at: Date;
  readonly published_by: string | null;
  readonly published_at: Date | null;
}

export interface TariffVersionFilter {
  readonly priceBook: string | null;
  readonly state: string | null;
  readonly inForceOn: string | null;
}

const SHOWN = `SELECT v.tariff_version_id, v.price_book, v.version, v.region_code, v.valid_from, v.valid_to, f.valid_to AS in_force_to, v.state,
    v.content_hash, v.document -> 'title' AS title, coalesce(v.document -> 'incomplete', '[]') AS incomplete,
    v.created_by, v.created_at, v.published_by, v.published_at
  FROM tariff_versions v
  LEFT JOIN tariff_validities f ON f.tariff_version_id = v.tariff_version_id AND f.superseded_revision IS NULL`;

/** A version as a decision reads it. */
export type LockedTariffVersion = Omit<TariffVersionRow, 'in_force_to' | 'title' | 'incomplete'>;

/** SQL of tariff versions and of when they are in force. */
@Injectable()
export class TariffVersionsRepository {
  constructor(private readonly database: Database) {}

  async insertDraft(tx: Tx, document: TariffDocument, contentHash: string, createdBy: string): Promise<string> {
    const rows = await tx.query<{ tariff_version_id: string }[]>(
      `INSERT INTO tariff_versions (price_book, version, region_code, valid_from, valid_to, content_hash, document, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING tariff_version_id`,
      [
        document.priceBook, document.version, document.regionCode, document.validFrom, document.validTo,
        contentHash, JSON.stringify(document), createdBy,
      ],
    );
    return rows[0]?.tariff_version_id ?? '';
  }

  /** The version without what it says about being in force, locked until the transaction ends. */
  async lock(tx: Tx, tariffVersionId: string): Promise<LockedTariffVersion | undefined> {
    const rows = await tx.query<TariffVersionRow[]>(
      `SELECT tariff_version_id, price_book, version, region_code, valid_from, valid_to, state, content_hash,
         created_by, created_at, published_by, published_at
       FROM tariff_versions WHERE tariff_version_id = $1 FOR UPDATE`,
      [tariffVersionId],
    );
    return rows[0];
  }

  async markPublished(tx: Tx, tariffVersionId: string, publishedBy: string): Promise<void> {
    await tx.query(
      `UPDATE tariff_versions SET state = 'published', published_by = $2, published_at = app_now() WHERE tariff_version_id = $1`,
      [tariffVersionId, publishedBy],
    );
  }

  async markWithdrawn(tx: Tx, tariffVersionId: string, withdrawnBy: string): Promise<void> {
    await tx.query(
      `UPDATE tariff_versions SET state = 'withdrawn', withdrawn_by = $2, withdrawn_at = app_now() WHERE tariff_version_id = $1`,
      [tariffVersionId, withdrawnBy],
    );
  }

  /** Ends the open version of a price book that began before a day on that day. */
  async endPredecessor(tx: Tx, priceBook: string, day: string): Promise<void> {
    await tx.query(
      `WITH ended AS (
         UPDATE tariff_validities SET superseded_revision = next_input_revision()
         WHERE price_book = $1 AND superseded_revision IS NULL AND valid_to IS NULL AND valid_from < $2::date RETURNING *)
       INSERT INTO tariff_validities (tariff_version_id, price_book, valid_from, valid_to)
       SELECT tariff_version_id, price_book, valid_from, $2::date FROM ended`,
      [priceBook, day],
    );
  }

  async takeIntoForce(tx: Tx, tariffVersionId: string): Promise<void> {
    await tx.query(
      `INSERT INTO tariff_validities (tariff_version_id, price_book, valid_from, valid_to)
       SELECT tariff_version_id, price_book, valid_from, valid_to FROM tariff_versions WHERE tariff_version_id = $1`,
      [tariffVersionId],
    );
  }

  async find(by: { id: string } | { contentHash: string }): Promise<TariffVersionRow | undefined> {
    const [condition, value] = 'id' in by ? ['v.tariff_version_id = $1', by.id] : [`v.content_hash = $1 AND v.state <> 'withdrawn'`, by.contentHash];
    const rows = await this.database.query<TariffVersionRow>(`${SHOWN} WHERE ${condition}`, [value]);
    return rows[0];
  }

  async documentOf(tariffVersionId: string): Promise<TariffDocument | undefined> {
    const rows = await this.database.query<{ document: TariffDocument }>('SELECT document FROM tariff_versions WHERE tariff_version_id = $1', [tariffVersionId]);
    return rows[0]?.document;
  }

  /** Versions after a cursor in the order of their ids. */
  list(filter: TariffVersionFilter, after: string, limit: number): Promise<TariffVersionRow[]> {
    return this.database.query<TariffVersionRow>(
      `${SHOWN}
       WHERE v.tariff_version_id > $1 AND ($2::text IS NULL OR v.price_book = $2) AND ($3::text IS NULL OR v.state = $3)
         AND ($4::date IS NULL OR (f.valid_from <= $4 AND (f.valid_to IS NULL OR f.valid_to > $4)))
       ORDER BY v.tariff_version_id LIMIT $5`,
      [after, filter.priceBook, filter.state, filter.inForceOn, limit],
    );
  }

  /** Names of price books after a name, in alphabetical order. */
  async priceBooks(after: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ price_book: string }>(
      `SELECT DISTINCT price_book FROM tariff_versions WHERE state <> 'withdrawn' AND price_book > $1 ORDER BY price_book LIMIT $2`,
      [after, limit],
    );
    return rows.map((row) => row.price_book);
  }

  /** The last 1,000 versions of each of these price books that are not withdrawn, in order of their first day. */
  versionsOf(priceBooks: readonly string[]): Promise<TariffVersionRow[]> {
    return this.database.query<TariffVersionRow>(
      `SELECT * FROM (
         SELECT s.*, row_number() OVER (PARTITION BY price_book ORDER BY valid_from DESC, tariff_version_id DESC) AS place
         FROM (${SHOWN} WHERE v.price_book = ANY($1::text[]) AND v.state <> 'withdrawn') s) ranked
       WHERE place <= 1000 ORDER BY price_book, valid_from, tariff_version_id`,
      [priceBooks],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';

/** Which price books are published, and the plans of some of them. */
export interface PlansPublished {
  readonly priceBooks: readonly string[];
  readonly plans: ReadonlyMap<string, readonly string[]>;
}

/** The plans that terms may name. Published versions never change, so each is read once by a process. */
@Injectable()
export class PlanDirectory {
  private readonly plansOf = new Map<string, readonly string[]>();

  constructor(private readonly database: Database) {}

  /** All published price books, and for the asked ones the plans of any of their versions that are not withdrawn. */
  async published(asked: readonly string[]): Promise<PlansPublished> {
    const versions = await this.database.query<{ id: string; priceBook: string }>(
      `SELECT tariff_version_id AS id, price_book AS "priceBook" FROM tariff_versions WHERE state = 'published' ORDER BY price_book, tariff_version_id`,
    );
    const wanted = versions.filter(({ priceBook }) => asked.includes(priceBook));
    await this.read(wanted.flatMap(({ id }) => (this.plansOf.has(id) ? [] : [id])));
    const plans = new Map<string, string[]>();
    for (const { id, priceBook } of wanted) plans.set(priceBook, [...new Set([...(plans.get(priceBook) ?? []), ...(this.plansOf.get(id) ?? [])])]);
    return { priceBooks: [...new Set(versions.map(({ priceBook }) => priceBook))], plans };
  }

  private async read(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.database.query<{ id: string; plans: string[] }>(
      `SELECT tariff_version_id AS id, jsonb_path_query_array(document::jsonb, '$.plans[*].planId') AS plans FROM tariff_versions WHERE tariff_version_id = ANY($1::bigint[])`,
      [ids],
    );
    for (const { id, plans } of rows) this.plansOf.set(id, plans);
  }
}

import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { Tx } from '../../../platform/database';
import { decodeCursor, pageFrom, type Page, type PageQuery } from '../../../platform/http';
import type { CreateRoute, RouteAccountView, RouteQuery, RouteView } from '../dto/route.dto';
import { only, rows, type Source } from '../sql';

const VIEW = `SELECT route_id AS "routeId", route_code AS "routeCode", region_code AS "regionCode", reading_day AS "readingDay",
  window_days AS "windowDays" FROM reading_routes`;

/** SQL of reading routes and of the accounts that are read on them. */
@Injectable()
export class RoutesRepository {
  async insert(tx: Tx, { routeCode, regionCode, readingDay, windowDays }: CreateRoute): Promise<string> {
    const inserted = await rows<{ id: string }>(
      tx,
      `INSERT INTO reading_routes (route_code, region_code, reading_day, window_days) VALUES ($1, $2, $3, $4) RETURNING route_id AS id`,
      [routeCode, regionCode, readingDay, windowDays],
    );
    return only(inserted).id;
  }

  async find(source: Source, routeId: string): Promise<RouteView | undefined> {
    return (await rows<RouteView>(source, `${VIEW} WHERE route_id = $1`, [routeId]))[0];
  }

  async idsByCode(source: Source, routeCodes: readonly string[]): Promise<Map<string, string>> {
    const found = await rows<{ code: string; id: string }>(
      source,
      'SELECT route_code AS code, route_id AS id FROM reading_routes WHERE route_code = ANY ($1::text[])',
      [routeCodes],
    );
    return new Map(found.map(({ code, id }) => [code, id]));
  }

  async page(source: Source, { routeCode, regionCode, cursor, limit }: RouteQuery): Promise<Page<RouteView>> {
    const [after] = decodeCursor(cursor, 1) ?? ['0'];
    const found = await rows<RouteView>(
      source,
      `${VIEW} WHERE route_id > $1 AND ($2::text IS NULL OR route_code = $2) AND ($3::text IS NULL OR region_code = $3)
       ORDER BY route_id LIMIT $4`,
      [after, routeCode ?? null, regionCode ?? null, limit + 1],
    );
    return pageFrom(found, limit, (row) => [row.routeId], (row) => row);
  }

  async accounts(source: Source, routeId: string, { cursor, limit }: PageQuery): Promise<Page<RouteAccountView>> {
    const [after] = decodeCursor(cursor, 1) ?? ['0'];
    const found = await rows<RouteAccountView & { id: string }>(
      source,
      `SELECT ra.route_account_id AS id, a.account_no AS "accountNo", ra.valid_from AS "validFrom", ra.valid_to AS "validTo"
       FROM route_accounts ra JOIN accounts a USING (account_id)
       WHERE ra.route_id = $1 AND ra.superseded_revision IS NULL AND ra.route_account_id > $2 ORDER BY ra.route_account_id LIMIT $3`,
      [routeId, after, limit + 1],
    );
    return pageFrom(found, limit, ({ id }) => [id], ({ id: _, ...row }) => row);
  }

  /**
   * Puts accounts on a route from a month on: memberships that cover the month end there, those that begin later stay
   * and make the change refused. Answers how many were moved; accounts already on the route from then on are left alone.
   */
  async assign(tx: Tx, routeId: string, accountIds: readonly string[], fromMonth: LocalMonth, userId: string): Promise<number> {
    const from = `${fromMonth}-01`;
    const ended = await rows<{ id: string }>(
      tx,
      `UPDATE route_accounts SET superseded_revision = next_input_revision()
       WHERE account_id = ANY ($1::bigint[]) AND superseded_revision IS NULL AND valid_to IS NULL AND valid_from <= $2 AND route_id <> $3
       RETURNING route_account_id AS id`,
      [accountIds, from, routeId],
    );
    await tx.query(
      `INSERT INTO route_accounts (route_id, account_id, valid_from, valid_to, recorded_by)
       SELECT route_id, account_id, valid_from, $2, $3 FROM route_accounts WHERE route_account_id = ANY ($1::bigint[]) AND valid_from < $2::date`,
      [ended.map(({ id }) => id), from, userId],
    );
    const moved = await rows(
      tx,
      `INSERT INTO route_accounts (route_id, account_id, valid_from, recorded_by)
       SELECT $1, id, $3, $4 FROM unnest($2::bigint[]) AS id
       WHERE NOT EXISTS (SELECT FROM route_accounts ra WHERE ra.account_id = id AND ra.superseded_revision IS NULL
         AND ra.route_id = $1 AND ra.valid_from <= $3 AND ra.valid_to IS NULL)
       RETURNING 1`,
      [routeId, accountIds, from, userId],
    );
    return moved.length;
  }
}

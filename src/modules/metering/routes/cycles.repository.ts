import { Injectable } from '@nestjs/common';
import { addMonths, type LocalMonth, type Period } from '../../../core/calendar';
import { rows, type Source } from '../sql';

/** Read on the first of the month, three days to either side, unless a route says otherwise. */
export const DEFAULT_READING_DAY = 1;
export const DEFAULT_WINDOW_DAYS = 3;

/** The days that a period bills an account for, and how far from either end a reading still counts. */
export interface AccountCycle extends Period {
  readonly fromWindowDays: number;
  readonly toWindowDays: number;
  readonly routeCode: string | null;
}

/** SQL of the cycles of accounts. */
@Injectable()
export class CyclesRepository {
  /**
   * Cycle of each account for a period: from the reading day of that month to that of the next month, each by the
   * route that the account is on when that month begins, so that a change of route leaves neither gap nor overlap.
   * With a frozen revision the routes are taken as they were recorded then. One query.
   */
  async cyclesFor(
    source: Source,
    accountIds: readonly string[],
    period: LocalMonth,
    frozenRevision: string | null = null,
  ): Promise<Map<string, AccountCycle>> {
    const found = await rows<AccountCycle & { accountId: string }>(
      source,
      `SELECT asked.id AS "accountId", first.due AS "from", last.due AS "to", first.window_days AS "fromWindowDays",
         last.window_days AS "toWindowDays", first.route_code AS "routeCode"
       FROM unnest($1::bigint[]) AS asked (id)
       ${['first', 'last'].map((name, index) => this.boundary(name, `$${index + 2}::date`)).join('\n')}`,
      [accountIds, `${period}-01`, `${addMonths(period, 1)}-01`, frozenRevision],
    );
    return new Map(found.map(({ accountId, ...cycle }) => [accountId, cycle]));
  }

  private boundary(name: string, month: string): string {
    return `CROSS JOIN LATERAL (
      SELECT ${month} + coalesce(max(rr.reading_day), ${DEFAULT_READING_DAY}) - 1 AS due,
        coalesce(max(rr.window_days), ${DEFAULT_WINDOW_DAYS}) AS window_days, max(rr.route_code) AS route_code
      FROM route_accounts ra JOIN reading_routes rr USING (route_id)
      WHERE ra.account_id = asked.id AND ra.valid_from <= ${month} AND (ra.valid_to IS NULL OR ra.valid_to > ${month})
        AND CASE WHEN $4::bigint IS NULL THEN ra.superseded_revision IS NULL
          ELSE ra.recorded_revision <= $4 AND (ra.superseded_revision IS NULL OR ra.superseded_revision > $4) END
    ) ${name}`;
  }
}

import { Injectable } from '@nestjs/common';
import { addDays, addMonths, type LocalDate, type LocalMonth, type Period } from '../../../core/calendar';
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

/** An account on a route, from a month to a month. */
interface OnRoute {
  readonly accountId: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  readonly readingDay: number;
  readonly windowDays: number;
  readonly routeCode: string;
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
    const [first, last] = [`${period}-01`, `${addMonths(period, 1)}-01`];
    const found = await rows<OnRoute>(
      source,
      `SELECT ra.account_id AS "accountId", ra.valid_from AS "validFrom", ra.valid_to AS "validTo", rr.reading_day AS "readingDay",
         rr.window_days AS "windowDays", rr.route_code AS "routeCode"
       FROM route_accounts ra JOIN reading_routes rr USING (route_id)
       WHERE ra.account_id = ANY ($1::bigint[]) AND ra.valid_from <= $3::date AND (ra.valid_to IS NULL OR ra.valid_to > $2::date)
         AND CASE WHEN $4::bigint IS NULL THEN ra.superseded_revision IS NULL
           ELSE ra.recorded_revision <= $4 AND (ra.superseded_revision IS NULL OR ra.superseded_revision > $4) END`,
      [accountIds, first, last, frozenRevision],
    );
    const [onFirst, onLast] = [routesOn(first, found), routesOn(last, found)];
    return new Map(accountIds.map((accountId) => [accountId, cycleOf([first, onFirst.get(accountId)], [last, onLast.get(accountId)])]));
  }
}

/** The route that each account is on that day; accounts on none are left out. */
function routesOn(day: LocalDate, found: readonly OnRoute[]): Map<string, OnRoute> {
  const inForce = found.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo > day));
  return new Map(inForce.map((route) => [route.accountId, route]));
}

/** The first day of a month, and the route then. */
type Boundary = readonly [firstOfMonth: LocalDate, route: OnRoute | undefined];

function cycleOf([first, start]: Boundary, [last, end]: Boundary): AccountCycle {
  return {
    from: addDays(first, (start?.readingDay ?? DEFAULT_READING_DAY) - 1),
    to: addDays(last, (end?.readingDay ?? DEFAULT_READING_DAY) - 1),
    fromWindowDays: start?.windowDays ?? DEFAULT_WINDOW_DAYS,
    toWindowDays: end?.windowDays ?? DEFAULT_WINDOW_DAYS,
    routeCode: start?.routeCode ?? null,
  };
}

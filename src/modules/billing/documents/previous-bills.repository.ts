import { Injectable } from '@nestjs/common';
import { addMonths, type LocalDate, type LocalMonth } from '../../../core/calendar';
import type { CarriedState, PointEnergy } from '../../../core/bill';
import type { Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { BilledEnd, LastBilled } from '../../metering';
import { billedEndOf, type StoredEnd } from '../bills/end-readings';

/** What the last issued bill of an account hands on. */
export interface PreviousBill extends LastBilled {
  readonly accountId: string;
  readonly period: LocalMonth;
  readonly cycleFrom: LocalDate;
  readonly carried: CarriedState;
  /** Where its dials ended: the next bill begins there. */
  readonly ends: readonly BilledEnd[];
}

/** A bill of another period that stands in the way of an account's bill. */
export interface BillInTheWay {
  readonly accountId: string;
  readonly period: LocalMonth;
  readonly runId: string;
  /** It was cancelled, and the account is not billed again yet. */
  readonly cancelled: boolean;
}

/** Without ends where the documents of the period are detached. */
type PreviousRow = Omit<PreviousBill, 'ends'> & { readonly ends: readonly StoredEnd[] | null };

const SELECT = `
  SELECT b.account_id AS "accountId", b.period, b.cycle_from AS "cycleFrom", b.cycle_to AS "cycleTo", d.carried, d.end_readings AS ends
  FROM bills b
  JOIN billing_runs r ON r.run_id = b.run_id AND r.released_at IS NOT NULL
  LEFT JOIN bill_documents d ON d.period = b.period AND d.bill_id = b.bill_id
  WHERE b.account_id = ANY($1::bigint[]) AND b.live AND b.kind IN ('periodic', 'final')`;

const asOf = (alias: string): string =>
  `${alias}.recorded_revision <= $3::bigint AND (${alias}.superseded_revision IS NULL OR ${alias}.superseded_revision > $3::bigint)`;

/** For accounts $1 before period $2, as of revision $3; $4 is the first day of the first period that was released. Members of runs are not looked up for an account that was opened since. */
const UNBILLED_SINCE = `
  SELECT a.account_id AS "accountId", greatest(missed.since, served.since)::text AS since
  FROM accounts a
  CROSS JOIN LATERAL (
    SELECT a.opened_on AS since WHERE a.opened_on >= $4::date
    UNION ALL
    SELECT (min(r.period) || '-01')::date FROM billing_run_members m JOIN billing_runs r USING (run_id)
    WHERE a.opened_on < $4::date AND m.account_id = a.account_id AND r.released_at IS NOT NULL AND r.period < $2
      AND coalesce(m.exclusion_code, '') NOT IN ('NOT_YET_OPEN', 'CLOSED')
    HAVING count(*) > 0
  ) missed
  CROSS JOIN LATERAL (
    SELECT min(greatest(v.valid_from, i.installed_on)) AS since FROM usage_points p
    JOIN usage_point_versions v ON v.usage_point_id = p.usage_point_id AND v.role = 'billing' AND ${asOf('v')}
    LEFT JOIN meter_installation_versions i ON v.kind = 'metered' AND i.usage_point_id = p.usage_point_id AND ${asOf('i')}
      AND daterange(i.installed_on, i.removed_on) && daterange(v.valid_from, v.valid_to)
    WHERE p.account_id = a.account_id AND (v.kind <> 'metered' OR i.installed_on IS NOT NULL)
    HAVING count(*) > 0
  ) served
  WHERE a.account_id = ANY($1::bigint[])`;

/** Reads what earlier bills carry into the next one, and which bills of other periods stand in its way. */
@Injectable()
export class PreviousBillsRepository {
  /**
   * The last issued bill of each account before a period, however long ago. One query for the month before, where
   * nearly all of them are, and one for the accounts that have none there. Throws BILLING.PERIOD_DETACHED where its
   * document is kept elsewhere: no older bill takes its place.
   */
  async before(tx: Tx, accountIds: readonly string[], period: LocalMonth): Promise<Map<string, PreviousBill>> {
    const found = new Map<string, PreviousBill>();
    const last = await tx.query<PreviousRow[]>(`${SELECT} AND b.period = $2 ORDER BY b.supply_circuit DESC`, [accountIds, addMonths(period, -1)]);
    for (const bill of last) add(found, bill);
    const missing = accountIds.filter((accountId) => !found.has(accountId));
    if (missing.length === 0) return found;
    const earlier = await tx.query<PreviousRow[]>(`${SELECT} AND b.period < $2 ORDER BY b.period, b.supply_circuit DESC`, [
      missing,
      addMonths(period, -1),
    ]);
    for (const bill of lastOfEach(earlier)) add(found, bill);
    return found;
  }

  /**
   * Bills of earlier periods that are cancelled without a successor or whose runs are not released, and any bills of
   * later periods, of runs that were not thrown away. In an ordinary month there are none, and few rows are looked at.
   */
  async inTheWay(tx: Tx, accountIds: readonly string[], period: LocalMonth): Promise<BillInTheWay[]> {
    const runs = await tx.query<{ period: string }[]>(
      `SELECT DISTINCT period FROM billing_runs WHERE kind <> 'trial' AND state <> 'discarded'
         AND (period > $1 OR (period < $1 AND released_at IS NULL))`,
      [period],
    );
    const cancelled = await this.cancelled(tx, accountIds, period);
    if (runs.length === 0) return cancelled;
    const live = await tx.query<BillInTheWay[]>(
      `SELECT DISTINCT b.account_id AS "accountId", b.period, b.run_id AS "runId", false AS cancelled
       FROM bills b JOIN billing_runs r ON r.run_id = b.run_id AND r.state <> 'discarded'
       WHERE b.account_id = ANY($1::bigint[]) AND b.period = ANY($2::text[]) AND b.live AND b.kind IN ('periodic', 'final')
         AND (b.period > $3 OR r.released_at IS NULL)
       ORDER BY b.period`,
      [accountIds, runs.map((run) => run.period), period],
    );
    return [...cancelled, ...live];
  }

  /**
   * The first day for which an account without any bill should have had one here, as of a revision: a run of an earlier period
   * was released and left it out, or it was opened since the first period that was released. Not before it had something to
   * bill: a meter, or an agreed quantity. Accounts that came from elsewhere begin with the first run that takes them.
   */
  async unbilledSince(tx: Tx, accountIds: readonly string[], period: LocalMonth, revision: string): Promise<Map<string, LocalDate>> {
    if (accountIds.length === 0) return new Map();
    // In the first month of a company nobody has a bill, and to plan the statement would cost more than all else here.
    const [first] = await tx.query<{ period: LocalMonth | null }[]>('SELECT min(period) AS period FROM billing_runs WHERE released_at IS NOT NULL');
    if (first === undefined || first.period === null || first.period >= period) return new Map();
    const rows = await tx.query<{ accountId: string; since: LocalDate }[]>(UNBILLED_SINCE, [accountIds, period, revision, `${first.period}-01`]);
    return new Map(rows.map(({ accountId, since }) => [accountId, since]));
  }

  private cancelled(tx: Tx, accountIds: readonly string[], period: LocalMonth): Promise<BillInTheWay[]> {
    return tx.query<BillInTheWay[]>(
      `SELECT DISTINCT c.account_id AS "accountId", c.period, b.run_id AS "runId", true AS cancelled
       FROM bill_cancellations c JOIN bills b ON b.period = c.period AND b.bill_id = c.bill_id
       WHERE c.account_id = ANY($1::bigint[]) AND c.period < $2 AND c.state = 'approved'
         AND NOT EXISTS (SELECT FROM bill_successions s WHERE s.period = c.period AND s.predecessor_id = c.bill_id)
       ORDER BY c.period`,
      [accountIds, period],
    );
  }

  /** Energy of each usage point of the accounts, as the live bills of a period have it, by point number. */
  async energiesOf(tx: Tx, accountIds: readonly string[], period: LocalMonth): Promise<Map<string, PointEnergy['meteredKwh']>> {
    const rows = await tx.query<{ carried: CarriedState }[]>(
      `SELECT d.carried FROM bills b
       JOIN billing_runs r ON r.run_id = b.run_id AND r.state <> 'discarded'
       JOIN bill_documents d ON d.period = b.period AND d.bill_id = b.bill_id
       WHERE b.account_id = ANY($1::bigint[]) AND b.period = $2 AND b.live AND b.kind IN ('periodic', 'final')`,
      [accountIds, period],
    );
    return new Map(rows.flatMap(({ carried }) => carried.pointEnergy.map(({ usagePointNo, meteredKwh }) => [usagePointNo, meteredKwh] as const)));
  }
}

/** The rows of the latest period of each account; documents of the older ones may be detached. */
function lastOfEach(rows: readonly PreviousRow[]): PreviousRow[] {
  const latest = new Map(rows.map(({ accountId, period }) => [accountId, period]));
  return rows.filter(({ accountId, period }) => latest.get(accountId) === period);
}

/** Rows come in order of time; the circuits of one period that are billed apart end together. */
function add(found: Map<string, PreviousBill>, row: PreviousRow): void {
  const known = found.get(row.accountId);
  if (row.ends === null) throw new AppError('BILLING.PERIOD_DETACHED');
  const ends = row.ends.map(billedEndOf);
  found.set(row.accountId, { ...row, ends: known?.period === row.period ? [...known.ends, ...ends] : ends });
}

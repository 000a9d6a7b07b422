import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { CarriedState, FrozenEnergy } from '../../../core/bill';
import type { Tx } from '../../../platform/database';

type PointEnergies = CarriedState['pointEnergy'];

/** Energy that the bill of another account took for a usage point. */
export interface FrozenElsewhere {
  /** Whose usage point it is. */
  readonly accountId: string;
  readonly usagePointNo: string;
  readonly activeKwh: FrozenEnergy['activeKwh'];
  /** The bill that took it off, and its account. */
  readonly billNo: string;
  readonly mainAccountNo: string;
}

/** A bill of an account whose usage points are linked with those of others: what it was billed for, and what it took over. */
export interface LinkedBill {
  readonly billNo: string;
  readonly accountNo: string;
  readonly runId: string;
  readonly pointEnergy: PointEnergies;
  readonly frozen: readonly FrozenEnergy[];
}

const LIVE_BILLS = `bills b
  JOIN billing_runs r ON r.run_id = b.run_id AND r.state <> 'discarded'
  JOIN bill_documents d ON d.period = b.period AND d.bill_id = b.bill_id`;
const KINDS = `b.live AND b.kind IN ('periodic', 'final')`;

/** Reads what live bills of a period have for usage points that concern two accounts. */
@Injectable()
export class FrozenPointsRepository {
  /** What the bills of main meters have taken off for sub-meters of these accounts. */
  ofAccounts(tx: Tx, accountIds: readonly string[], period: LocalMonth): Promise<FrozenElsewhere[]> {
    return tx.query<FrozenElsewhere[]>(
      `WITH linked AS (
         SELECT DISTINCT c.account_id AS child, m.account_id AS main
         FROM usage_points c
         JOIN usage_point_parents l ON l.child_usage_point_id = c.usage_point_id
         JOIN usage_points m ON m.usage_point_id = l.parent_usage_point_id AND m.account_id <> c.account_id
         WHERE c.account_id = ANY($1::bigint[]))
       SELECT linked.child AS "accountId", frozen.value->>'usagePointNo' AS "usagePointNo", frozen.value->'activeKwh' AS "activeKwh",
         b.bill_no AS "billNo", b.account_no AS "mainAccountNo"
       FROM linked JOIN accounts a ON a.account_id = linked.child
       JOIN ${LIVE_BILLS} ON b.account_id = linked.main AND b.period = $2 AND ${KINDS}
       CROSS JOIN LATERAL jsonb_path_query(d.document::jsonb, '$.usagePoints[*].frozen') AS frozen (value)
       WHERE frozen.value->>'accountNo' = a.account_no
       ORDER BY b.bill_no, 2`,
      [accountIds, period],
    );
  }

  /** The live bills of all accounts whose usage points are linked with those of another; few, whatever the population. */
  linkedBills(tx: Tx, period: LocalMonth): Promise<LinkedBill[]> {
    return tx.query<LinkedBill[]>(
      `WITH linked AS (
         SELECT DISTINCT ends.account_id FROM usage_point_parents l
         JOIN usage_points c ON c.usage_point_id = l.child_usage_point_id
         JOIN usage_points m ON m.usage_point_id = l.parent_usage_point_id AND m.account_id <> c.account_id
         CROSS JOIN LATERAL (VALUES (c.account_id), (m.account_id)) AS ends (account_id))
       SELECT b.bill_no AS "billNo", b.account_no AS "accountNo", b.run_id AS "runId", d.carried->'pointEnergy' AS "pointEnergy",
         jsonb_path_query_array(d.document::jsonb, '$.usagePoints[*].frozen') AS frozen
       FROM linked JOIN ${LIVE_BILLS.replace('bills b', 'bills b ON b.account_id = linked.account_id')}
       WHERE b.period = $1 AND ${KINDS}
       ORDER BY b.bill_no`,
      [period],
    );
  }
}

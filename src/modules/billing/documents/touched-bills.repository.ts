import { Injectable } from '@nestjs/common';
import type { LocalDate, LocalMonth } from '../../../core/calendar';
import type { Tx } from '../../../platform/database';

/** What of an account can be changed into days that are billed already. */
export const TOUCHED_PARTS = ['terms', 'supply-circuits', 'transformers', 'usage-points', 'meters', 'closing'] as const;
export type TouchedPart = (typeof TOUCHED_PARTS)[number];

/** A live bill, and what of its days stands otherwise on record now than when its inputs were frozen. */
export interface TouchedBill {
  readonly billNo: string;
  readonly period: LocalMonth;
  readonly cycleFrom: LocalDate;
  readonly cycleTo: LocalDate;
  readonly released: boolean;
  readonly parts: readonly TouchedPart[];
}

interface Dated {
  readonly from: string;
  /** Without the names of who, when and why, which change no bill. */
  readonly row: string;
  readonly first: string;
  readonly end: string;
}

const NOTES = `ARRAY['reason', 'recorded_by', 'recorded_at', 'recorded_revision', 'superseded_revision', 'valid_from', 'valid_to', 'installed_on', 'removed_on',
  'terms_id', 'supply_circuit_id', 'transformer_state_id', 'usage_point_version_id', 'installation_version_id']`;

const PARTS: Readonly<Record<Exclude<TouchedPart, 'closing'>, Dated>> = {
  terms: { from: 'account_terms v WHERE v.account_id = b.account_id', row: 'v', first: 'v.valid_from', end: 'v.valid_to' },
  'supply-circuits': { from: 'supply_circuits v WHERE v.account_id = b.account_id', row: 'v', first: 'v.valid_from', end: 'v.valid_to' },
  transformers: {
    from: 'transformers t JOIN transformer_states v USING (transformer_id) WHERE t.account_id = b.account_id AND t.superseded_revision IS NULL',
    row: 'v', first: 'v.valid_from', end: 'v.valid_to',
  },
  'usage-points': {
    from: 'usage_points p JOIN usage_point_versions v USING (usage_point_id) WHERE p.account_id = b.account_id',
    row: 'v', first: 'v.valid_from', end: 'v.valid_to',
  },
  meters: {
    from: 'usage_points p JOIN meter_installation_versions v USING (usage_point_id) WHERE p.account_id = b.account_id',
    row: 'v', first: 'v.installed_on', end: 'v.removed_on',
  },
}; // prettier-ignore

/** The rows of the bill's days as one text, each cut to them, as they stood at a revision. */
function standing({ from, row, first, end }: Dated, revision: string): string {
  return `(SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') FROM (
    SELECT (to_jsonb(${row}) - ${NOTES})::text || greatest(${first}, b.cycle_from) || least(coalesce(${end}, b.cycle_to), b.cycle_to) AS line
    FROM ${from} AND ${first} < b.cycle_to AND (${end} IS NULL OR ${end} > b.cycle_from)
      AND v.recorded_revision <= ${revision} AND (v.superseded_revision IS NULL OR v.superseded_revision > ${revision})) seen)`;
}

const NOW = '9223372036854775807';
const CASES = Object.entries(PARTS).map(([name, part]) => `CASE WHEN ${standing(part, 'b.revision')} <> ${standing(part, NOW)} THEN '${name}' END`);

/** Finds the bills whose days were changed afterwards, by comparing what is on record now with what the run had frozen. */
@Injectable()
export class TouchedBillsRepository {
  /** Live bills of an account whose days end after a day, the latest first, that something was changed under. */
  ofAccount(tx: Tx, accountId: string, since: LocalDate, limit: number): Promise<TouchedBill[]> {
    return tx.query<TouchedBill[]>(
      `WITH b AS (
         SELECT b.*, a.closed_on, a.closed_revision, r.released_at, coalesce(m.own_frozen_revision, r.frozen_revision) AS revision
         FROM bills b JOIN accounts a USING (account_id)
         JOIN billing_runs r ON r.run_id = b.run_id AND r.state <> 'discarded'
         LEFT JOIN billing_run_members m ON m.run_id = b.run_id AND m.account_id = b.account_id
         WHERE b.account_id = $1 AND b.live AND b.cycle_to > $2::date
       ), touched AS (
         SELECT b.bill_no, b.period, b.cycle_from, b.cycle_to, b.released_at, array_remove(ARRAY[${CASES.join(', ')},
           CASE WHEN b.closed_revision > b.revision AND b.closed_on < b.cycle_to THEN 'closing' END], NULL) AS parts
         FROM b)
       SELECT bill_no AS "billNo", period, cycle_from AS "cycleFrom", cycle_to AS "cycleTo", released_at IS NOT NULL AS released, parts
       FROM touched WHERE cardinality(parts) > 0 ORDER BY period DESC, bill_no LIMIT $3`,
      [accountId, since, limit],
    );
  }
}

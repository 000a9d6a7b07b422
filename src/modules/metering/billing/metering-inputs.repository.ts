import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { Register } from '../../../core/tariff/vocabulary';
import type { Tx } from '../../../platform/database';
import { rows } from '../sql';
import { ENERGIES_JSON } from '../adjustments/adjustments.repository';
import { VERSION_JSON } from '../usage-points/usage-points.repository';
import type { BlockingFinding, ReadingForBilling, ScopeRow } from './metering-for-billing.types';

export interface VersionRow {
  readonly usagePointId: string;
  readonly content: Readonly<Record<string, unknown>> & { readonly validFrom: string; readonly validTo: string | null };
}
export interface LinkRow {
  readonly childId: string;
  readonly usagePointNo: string;
  readonly position: 1 | 2;
  readonly from: string;
  readonly to: string | null;
}
export interface InstallationRow {
  readonly usagePointId: string;
  readonly installationId: string;
  readonly assetNo: string;
  readonly installedOn: string;
  readonly removedOn: string | null;
  readonly ratios: readonly [number, number, number, number];
  readonly dials: readonly { readonly register: Register; readonly dialDigits: number; readonly decimals: number }[];
}
export type ReadingRow = ReadingForBilling & { readonly installationId: string; readonly register: Register };
export interface AdjustmentRow {
  readonly usagePointId: string;
  readonly adjustmentId: string;
  readonly stage: 'before-losses' | 'after-losses';
  readonly standing: boolean;
  readonly reason: string;
  readonly energies: Readonly<Record<string, string>>;
}
export type FindingRow = BlockingFinding & { readonly usagePointId: string };

/** The stretch of days of a usage point in which installations and readings are looked for. */
export interface PointDays {
  readonly usagePointId: string;
  readonly from: string;
  readonly to: string;
  readonly windowDays: number;
}

/** Days before a cycle in which earlier readings are taken for the usual use. */
const HISTORY_DAYS = 190;

const frozen = (alias: string, parameter: string): string =>
  `${alias}.recorded_revision <= ${parameter} AND (${alias}.superseded_revision IS NULL OR ${alias}.superseded_revision > ${parameter})`;

const DAYS = 'unnest($2::bigint[], $3::date[], $4::date[], $5::int[]) AS days (usage_point_id, from_on, to_on, window_days)';
const STAY = `meter_installation_versions v ON v.usage_point_id = days.usage_point_id AND ${frozen('v', '$1::bigint')}
  AND v.installed_on < days.to_on AND (v.removed_on IS NULL OR v.removed_on > days.from_on)`;

/** Also meters that were taken down shortly before: the last bill may not have known of it. */
const WIDE_STAY = STAY.replace('v.removed_on > days.from_on', 'v.removed_on > days.from_on - days.window_days');

const daysParams = (revision: string, points: readonly PointDays[]): unknown[] => [
  revision, points.map((each) => each.usagePointId), points.map((each) => each.from), points.map((each) => each.to),
  points.map((each) => each.windowDays),
]; // prettier-ignore

/** The statements by which billing's inputs are read: each one serves a whole batch of accounts. */
@Injectable()
export class MeteringInputsRepository {
  /**
   * Own usage points of the accounts, and those of others that these depend on (see `AccountMetering.related`). Only points
   * with links are followed, and names are looked up by key: the planner takes a recursion for a hundred times as many rows
   * as it begins with, and would read every account of the company for each batch.
   */
  scope(tx: Tx, accountIds: readonly string[], revision: string): Promise<ScopeRow[]> {
    return rows<ScopeRow>(
      tx,
      `WITH RECURSIVE own (asker, point) AS (
         SELECT account_id, usage_point_id FROM usage_points WHERE account_id = ANY ($1::bigint[])
       ), net (asker, point) AS (
         (SELECT asker, point FROM own JOIN usage_point_parents up ON up.child_usage_point_id = point
          UNION
          SELECT asker, point FROM own JOIN usage_point_parents down ON down.parent_usage_point_id = point)
         UNION
         SELECT net.asker, needed.parent FROM net CROSS JOIN LATERAL (
           SELECT own.parent_usage_point_id AS parent FROM usage_point_parents own
           WHERE own.child_usage_point_id = net.point AND ${frozen('own', '$2::bigint')} AND EXISTS (
             SELECT FROM usage_point_versions v WHERE v.usage_point_id = net.point AND v.kind <> 'metered' AND ${frozen('v', '$2::bigint')})
           UNION ALL
           SELECT other.parent_usage_point_id FROM usage_point_parents below
           JOIN usage_point_parents other ON other.child_usage_point_id = below.child_usage_point_id AND ${frozen('other', '$2::bigint')}
           WHERE below.parent_usage_point_id = net.point AND ${frozen('below', '$2::bigint')}
         ) needed
       ), needed AS (
         SELECT asker, point FROM own
         UNION
         SELECT asker, point FROM net
         UNION
         SELECT net.asker, l.child_usage_point_id FROM net JOIN usage_point_parents l ON l.parent_usage_point_id = net.point AND ${frozen('l', '$2::bigint')}
       ), named AS (
         SELECT p.usage_point_id, p.usage_point_no, a.account_id, a.account_no FROM usage_points p JOIN accounts a USING (account_id)
         WHERE p.usage_point_id = ANY (ARRAY(SELECT point FROM needed))
       )
       SELECT n.asker AS "askerId", p.usage_point_id AS "usagePointId", p.usage_point_no AS "usagePointNo",
         p.account_id AS "accountId", p.account_no AS "accountNo"
       FROM needed n JOIN named p ON p.usage_point_id = n.point
       ORDER BY p.usage_point_no`,
      [accountIds, revision],
    );
  }

  versions(tx: Tx, revision: string, usagePointIds: readonly string[]): Promise<VersionRow[]> {
    return rows<VersionRow>(
      tx,
      `SELECT v.usage_point_id AS "usagePointId", ${VERSION_JSON} AS content
       FROM usage_point_versions v WHERE v.usage_point_id = ANY ($2::bigint[]) AND ${frozen('v', '$1::bigint')} ORDER BY v.valid_from`,
      [revision, usagePointIds],
    );
  }

  links(tx: Tx, revision: string, usagePointIds: readonly string[]): Promise<LinkRow[]> {
    return rows<LinkRow>(
      tx,
      `SELECT l.child_usage_point_id AS "childId", p.usage_point_no AS "usagePointNo", l.position, l.valid_from AS "from", l.valid_to AS "to"
       FROM usage_point_parents l JOIN usage_points p ON p.usage_point_id = l.parent_usage_point_id
       WHERE l.child_usage_point_id = ANY ($2::bigint[]) AND ${frozen('l', '$1::bigint')} ORDER BY l.position, l.valid_from`,
      [revision, usagePointIds],
    );
  }

  installations(tx: Tx, revision: string, points: readonly PointDays[]): Promise<InstallationRow[]> {
    return rows<InstallationRow>(
      tx,
      `SELECT v.usage_point_id AS "usagePointId", v.installation_id AS "installationId", m.asset_no AS "assetNo",
         v.installed_on AS "installedOn", v.removed_on AS "removedOn",
         ARRAY[v.pt_primary, v.pt_secondary, v.ct_primary, v.ct_secondary] AS ratios,
         (SELECT json_agg(json_build_object('register', r.register, 'dialDigits', r.dial_digits, 'decimals', r.decimals) ORDER BY r.register)
          FROM meter_registers r WHERE r.meter_id = v.meter_id) AS dials
       FROM ${DAYS} JOIN ${WIDE_STAY} JOIN meters m USING (meter_id) ORDER BY v.installed_on, v.installation_id`,
      daysParams(revision, points),
    );
  }

  readings(tx: Tx, revision: string, points: readonly PointDays[]): Promise<ReadingRow[]> {
    return rows<ReadingRow>(
      tx,
      `SELECT r.installation_id AS "installationId", r.register, r.reading_id AS "readingId", r.read_on AS "on",
         trim_scale(r.reading)::text AS reading, r.kind, r.source = 'estimated' AS estimated,
         EXISTS (SELECT FROM reading_findings f JOIN reading_finding_decisions d USING (finding_id)
                 WHERE f.reading_id = r.reading_id AND f.code = 'METERING.READING_FELL' AND f.superseded_revision <= $1::bigint AND d.outcome = 'confirmed') AS "fallConfirmed"
       FROM ${DAYS} JOIN ${WIDE_STAY}
       JOIN readings r ON r.installation_id = v.installation_id AND ${frozen('r', '$1::bigint')}
         AND r.read_on BETWEEN days.from_on - ${HISTORY_DAYS} AND days.to_on + days.window_days
       ORDER BY r.read_on`,
      daysParams(revision, points),
    );
  }

  blockingFindings(tx: Tx, revision: string, points: readonly PointDays[]): Promise<FindingRow[]> {
    return rows<FindingRow>(
      tx,
      `SELECT v.usage_point_id AS "usagePointId", f.finding_id AS "findingId", f.code, p.usage_point_no AS "usagePointNo",
         m.asset_no AS "assetNo", f.register, f.concerns_on AS "concernsOn", f.reading_id AS "readingId"
       FROM ${DAYS} JOIN ${STAY} JOIN meters m USING (meter_id) JOIN usage_points p ON p.usage_point_id = v.usage_point_id
       JOIN reading_findings f ON f.installation_id = v.installation_id AND f.blocking AND ${frozen('f', '$1::bigint')}
         AND f.concerns_on BETWEEN days.from_on - days.window_days AND days.to_on + days.window_days
       ORDER BY f.finding_id`,
      daysParams(revision, points),
    );
  }

  adjustments(tx: Tx, revision: string, usagePointIds: readonly string[], period: LocalMonth): Promise<AdjustmentRow[]> {
    return rows<AdjustmentRow>(
      tx,
      `SELECT e.usage_point_id AS "usagePointId", q.adjustment_request_id AS "adjustmentId", q.stage, q.standing, q.reason, ${ENERGIES_JSON} AS energies
       FROM energy_adjustments e JOIN energy_adjustment_requests q USING (adjustment_request_id)
       WHERE e.usage_point_id = ANY ($2::bigint[]) AND ${frozen('e', '$1::bigint')}
         AND e.first_period <= $3 AND (e.last_period IS NULL OR e.last_period >= $3)
       ORDER BY q.adjustment_request_id`,
      [revision, usagePointIds, period],
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { Tx } from '../../../platform/database';
import { rows } from '../sql';
import { ENERGIES_JSON } from '../adjustments/adjustments.repository';
import { VERSION_AS_COLUMNS } from '../usage-points/usage-points.repository';
import type { BatchDays } from './asked-points';
import type { ScopeRow } from './metering-for-billing.types';
import type { AdjustmentRow, DialRow, FindingRow, InstallationRow, LinkRow, ReadingRow, VersionRow } from './metering-inputs.rows';

const frozen = (alias: string, parameter: string): string =>
  `${alias}.recorded_revision <= ${parameter} AND (${alias}.superseded_revision IS NULL OR ${alias}.superseded_revision > ${parameter})`;

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
      `SELECT v.usage_point_id AS "usagePointId", ${VERSION_AS_COLUMNS}
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

  /** The meters of the points on the days of the batch. */
  installations(tx: Tx, revision: string, usagePointIds: readonly string[], { from, to }: BatchDays): Promise<InstallationRow[]> {
    return rows<InstallationRow>(
      tx,
      `SELECT v.usage_point_id AS "usagePointId", v.installation_id AS "installationId", v.meter_id AS "meterId", m.asset_no AS "assetNo",
         v.installed_on AS "installedOn", v.removed_on AS "removedOn", v.pt_primary AS "ptPrimary", v.pt_secondary AS "ptSecondary",
         v.ct_primary AS "ctPrimary", v.ct_secondary AS "ctSecondary"
       FROM meter_installation_versions v JOIN meters m USING (meter_id)
       WHERE v.usage_point_id = ANY ($2::bigint[]) AND ${frozen('v', '$1::bigint')}
         AND v.installed_on <= $4::date AND (v.removed_on IS NULL OR v.removed_on >= $3::date)
       ORDER BY v.installed_on, v.installation_id`,
      [revision, usagePointIds, from, to],
    );
  }

  /** The dials of meters; each meter's in the order of their names. */
  dials(tx: Tx, meterIds: readonly string[]): Promise<DialRow[]> {
    return rows<DialRow>(
      tx,
      `SELECT meter_id AS "meterId", register, dial_digits AS "dialDigits", decimals
       FROM meter_registers WHERE meter_id = ANY ($1::bigint[]) ORDER BY meter_id, register`,
      [meterIds],
    );
  }

  /** The readings of the days of the batch in order of time; earlier ones than a bill asks for only of total dials. */
  readings(tx: Tx, revision: string, installationIds: readonly string[], { historyFrom, billedFrom, to }: BatchDays): Promise<ReadingRow[]> {
    return rows<ReadingRow>(
      tx,
      `SELECT r.installation_id AS "installationId", r.register, r.reading_id AS "readingId", r.read_on AS "on",
         trim_scale(r.reading)::text AS reading, r.kind, r.source = 'estimated' AS estimated
       FROM readings r
       WHERE r.installation_id = ANY ($2::bigint[]) AND ${frozen('r', '$1::bigint')}
         AND r.read_on BETWEEN $3::date AND $5::date AND (r.register = 'total' OR r.read_on >= $4::date)
       ORDER BY r.read_on`,
      [revision, installationIds, historyFrom, billedFrom, to],
    );
  }

  /** What findings about the readings of the days of the batch say to billing. A fall stands with the installation and the day of its reading. */
  findings(tx: Tx, revision: string, installationIds: readonly string[], { historyFrom, to }: BatchDays): Promise<FindingRow[]> {
    return rows<FindingRow>(
      tx,
      `SELECT f.installation_id AS "installationId", f.finding_id AS "findingId", f.code, f.register, f.concerns_on AS "concernsOn",
         f.reading_id AS "readingId", coalesce(f.superseded_revision <= $1::bigint, false) AS "fallConfirmed"
       FROM reading_findings f LEFT JOIN reading_finding_decisions d USING (finding_id)
       WHERE f.installation_id = ANY ($2::bigint[]) AND f.concerns_on BETWEEN $3::date AND $4::date
         AND (f.blocking AND ${frozen('f', '$1::bigint')}
           OR f.code = 'METERING.READING_FELL' AND f.superseded_revision <= $1::bigint AND d.outcome = 'confirmed')
       ORDER BY f.finding_id`,
      [revision, installationIds, historyFrom, to],
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

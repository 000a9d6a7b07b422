import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { InstallationQuery, InstallationView, RatioInput } from '../dto/meter.dto';
import { only, rows, type Source } from '../sql';

const ONE_TO_ONE: RatioInput = { primary: 1, secondary: 1 };

/** An installation as it stands, for use cases that change it. */
export interface Installation {
  readonly installationId: string;
  readonly meterId: string;
  readonly assetNo: string;
  readonly usagePointId: string;
  readonly usagePointNo: string;
  readonly installedOn: string;
  readonly removedOn: string | null;
  readonly registers: readonly { register: string; dialDigits: number; decimals: number }[];
}

const RATIOS = 'pt_primary, pt_secondary, ct_primary, ct_secondary';

/** SQL of installations: which meter stood where, behind which ratios. */
@Injectable()
export class InstallationsRepository {
  async insert(
    tx: Tx,
    place: { meterId: string; usagePointId: string; installedOn: string; pt?: RatioInput; ct?: RatioInput },
    userId: string,
  ): Promise<string> {
    const { meterId, usagePointId, installedOn, pt = ONE_TO_ONE, ct = ONE_TO_ONE } = place;
    const inserted = await rows<{ id: string }>(
      tx,
      'INSERT INTO meter_installations (meter_id, usage_point_id) VALUES ($1, $2) RETURNING installation_id AS id',
      [meterId, usagePointId],
    );
    const { id } = only(inserted);
    await tx.query(
      `INSERT INTO meter_installation_versions (installation_id, meter_id, usage_point_id, installed_on, ${RATIOS}, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [id, meterId, usagePointId, installedOn, pt.primary, pt.secondary, ct.primary, ct.secondary, userId],
    );
    return id;
  }

  /** Replaces the live row of an installation by one with another removal day or other ratios; false where nothing was live. */
  async supersede(
    tx: Tx,
    installationId: string,
    change: { removedOn?: string; pt?: RatioInput; ct?: RatioInput },
    userId: string,
  ): Promise<boolean> {
    const [old] = await rows<{ id: string }>(
      tx,
      `UPDATE meter_installation_versions SET superseded_revision = next_input_revision()
       WHERE installation_id = $1 AND superseded_revision IS NULL RETURNING installation_version_id AS id`,
      [installationId],
    );
    if (old === undefined) return false;
    const { removedOn, pt, ct } = change;
    await tx.query(
      `INSERT INTO meter_installation_versions (installation_id, meter_id, usage_point_id, installed_on, removed_on, ${RATIOS}, recorded_by)
       SELECT installation_id, meter_id, usage_point_id, installed_on, coalesce($2::date, removed_on), coalesce($3, pt_primary),
         coalesce($4, pt_secondary), coalesce($5, ct_primary), coalesce($6, ct_secondary), $7
       FROM meter_installation_versions WHERE installation_version_id = $1`,
      [old.id, removedOn ?? null, pt?.primary ?? null, pt?.secondary ?? null, ct?.primary ?? null, ct?.secondary ?? null, userId],
    );
    return true;
  }

  async find(source: Source, installationId: string): Promise<Installation | undefined> {
    const [found] = await rows<Installation>(
      source,
      `SELECT v.installation_id AS "installationId", v.meter_id AS "meterId", m.asset_no AS "assetNo", v.usage_point_id AS "usagePointId",
         p.usage_point_no AS "usagePointNo", v.installed_on AS "installedOn", v.removed_on AS "removedOn",
         (SELECT jsonb_agg(jsonb_build_object('register', register, 'dialDigits', dial_digits, 'decimals', decimals) ORDER BY register)
          FROM meter_registers r WHERE r.meter_id = v.meter_id) AS registers
       FROM meter_installation_versions v JOIN meters m USING (meter_id) JOIN usage_points p USING (usage_point_id)
       WHERE v.installation_id = $1 AND v.superseded_revision IS NULL`,
      [installationId],
    );
    return found;
  }

  /** The day of the last live reading of an installation; null where it has none. */
  async lastReadingOn(source: Source, installationId: string): Promise<string | null> {
    const found = await rows<{ last: string | null }>(
      source,
      'SELECT max(read_on) AS last FROM readings WHERE installation_id = $1 AND superseded_revision IS NULL',
      [installationId],
    );
    return only(found).last;
  }

  async page(source: Source, filter: Partial<InstallationQuery> & { installationId?: string; limit: number }): Promise<Page<InstallationView>> {
    const { installationId, assetNo, usagePointNo, cursor, limit } = filter;
    const [after] = decodeCursor(cursor, 1) ?? ['0'];
    const found = await rows<InstallationView>(
      source,
      `SELECT v.installation_id AS "installationId", m.asset_no AS "assetNo", p.usage_point_no AS "usagePointNo",
         v.installed_on AS "installedOn", v.removed_on AS "removedOn",
         jsonb_build_object('primary', v.pt_primary, 'secondary', v.pt_secondary) AS pt,
         jsonb_build_object('primary', v.ct_primary, 'secondary', v.ct_secondary) AS ct
       FROM meter_installation_versions v JOIN meters m USING (meter_id) JOIN usage_points p USING (usage_point_id)
       WHERE v.superseded_revision IS NULL AND v.installation_id > $1 AND ($2::bigint IS NULL OR v.installation_id = $2)
         AND ($3::text IS NULL OR m.asset_no = $3) AND ($4::text IS NULL OR p.usage_point_no = $4)
       ORDER BY v.installation_id LIMIT $5`,
      [after, installationId ?? null, assetNo ?? null, usagePointNo ?? null, limit + 1],
    );
    return pageFrom(found, limit, (row) => [row.installationId], (row) => row);
  }
}

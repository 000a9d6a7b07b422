import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { UsagePointContent, UsagePointQuery, UsagePointView } from '../dto/usage-point.dto';
import { refuse } from '../metering.errors';
import { only, rows, type Source } from '../sql';

/** Columns of a version that are its content, in the order of `contentValues`. */
export const VERSION_COLUMNS = [
  'kind', 'role', 'plan_id', 'category', 'voltage', 'time_of_use', 'metering_mode', 'lighting_connection', 'transformer_no',
  'supply_circuit_no', 'fixed_quantity_kwh', 'fixed_ratio_percent', 'line_loss',
] as const; // prettier-ignore

/** The content of a version as column values. */
export function contentValues(content: UsagePointContent): unknown[] {
  return [
    content.kind, content.role, content.planId, content.category, content.voltage, content.timeOfUse, content.meteringMode,
    content.lightingConnection, content.transformerNo, content.supplyCircuitNo, content.fixedQuantityKwh, content.fixedRatioPercent,
    content.lineLoss === undefined ? null : JSON.stringify(content.lineLoss),
  ].map((value) => value ?? null); // prettier-ignore
}

/** SQL of the content of a version in the form of the API, each field by its name: decimals as texts without trailing zeros. */
const FIELD_SQL = {
  kind: 'v.kind', role: 'v.role', planId: 'v.plan_id', category: 'v.category', voltage: 'v.voltage', timeOfUse: 'v.time_of_use',
  meteringMode: 'v.metering_mode', lightingConnection: 'v.lighting_connection', transformerNo: 'v.transformer_no',
  supplyCircuitNo: 'v.supply_circuit_no', fixedQuantityKwh: 'trim_scale(v.fixed_quantity_kwh)::text',
  fixedRatioPercent: 'trim_scale(v.fixed_ratio_percent)::text', lineLoss: 'jsonb_strip_nulls(v.line_loss)',
} as const; // prettier-ignore

export const VERSION_FIELDS = Object.keys(FIELD_SQL) as readonly (keyof typeof FIELD_SQL)[];

/** The content and the days of a version as columns: null where a field is absent. Cheaper for many rows than `VERSION_JSON`. */
export const VERSION_AS_COLUMNS = `${VERSION_FIELDS.map((field) => `${FIELD_SQL[field]} AS "${field}"`).join(', ')},
  v.valid_from AS "validFrom", v.valid_to AS "validTo"`;

/** A version as JSON in the form of the API: without the fields that are absent. */
export const VERSION_JSON = `jsonb_strip_nulls(jsonb_build_object(${VERSION_FIELDS.map((field) => `'${field}', ${FIELD_SQL[field]}`).join(', ')}))
  || jsonb_build_object('validFrom', v.valid_from, 'validTo', v.valid_to)`;

export interface UsagePointRef {
  readonly usagePointId: string;
  readonly usagePointNo: string;
  readonly accountId: string;
}

/** SQL of usage points and their versions. */
@Injectable()
export class UsagePointsRepository {
  async insert(tx: Tx, usagePointNo: string, accountId: string): Promise<string> {
    const found = await rows<{ id: string }>(
      tx,
      'INSERT INTO usage_points (usage_point_no, account_id) VALUES ($1, $2) RETURNING usage_point_id AS id',
      [usagePointNo, accountId],
    );
    return only(found).id;
  }

  async insertVersion(
    tx: Tx,
    usagePointId: string,
    days: { from: string; to: string | null },
    content: UsagePointContent,
    userId: string,
  ): Promise<void> {
    const values = [usagePointId, days.from, days.to, userId, ...contentValues(content)];
    await tx.query(
      `INSERT INTO usage_point_versions (usage_point_id, valid_from, valid_to, recorded_by, ${VERSION_COLUMNS.join(', ')})
       VALUES (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
      values,
    );
  }

  /**
   * Ends the version in force on a day there (it stays whole where the day is its first) and answers where it would
   * have ended; undefined where no version is in force.
   */
  async endVersion(tx: Tx, usagePointId: string, on: string, userId: string): Promise<{ validTo: string | null } | undefined> {
    const [ended] = await rows<{ id: string; validFrom: string; validTo: string | null }>(
      tx,
      `UPDATE usage_point_versions SET superseded_revision = next_input_revision()
       WHERE usage_point_id = $1 AND superseded_revision IS NULL AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)
       RETURNING usage_point_version_id AS id, valid_from AS "validFrom", valid_to AS "validTo"`,
      [usagePointId, on],
    );
    if (ended === undefined) return undefined;
    if (ended.validFrom < on) {
      await tx.query(
        `INSERT INTO usage_point_versions (usage_point_id, valid_from, valid_to, recorded_by, ${VERSION_COLUMNS.join(', ')})
         SELECT usage_point_id, valid_from, $2, $3, ${VERSION_COLUMNS.join(', ')}
         FROM usage_point_versions WHERE usage_point_version_id = $1`,
        [ended.id, on, userId],
      );
    }
    return { validTo: ended.validTo };
  }

  async findByNo(source: Source, usagePointNos: readonly string[]): Promise<Map<string, UsagePointRef>> {
    const found = await rows<UsagePointRef>(
      source,
      `SELECT usage_point_id AS "usagePointId", usage_point_no AS "usagePointNo", account_id AS "accountId"
       FROM usage_points WHERE usage_point_no = ANY ($1::text[])`,
      [usagePointNos],
    );
    return new Map(found.map((point) => [point.usagePointNo, point]));
  }

  /** The usage point, locked against other changes of it until the transaction ends. */
  async lock(tx: Tx, usagePointId: string): Promise<UsagePointRef | undefined> {
    const [found] = await rows<UsagePointRef>(
      tx,
      `SELECT usage_point_id AS "usagePointId", usage_point_no AS "usagePointNo", account_id AS "accountId",
              pg_advisory_xact_lock(7003, hashint8(usage_point_id))
       FROM usage_points WHERE usage_point_id = $1`,
      [usagePointId],
    );
    return found;
  }

  async find(source: Source, filter: { usagePointId: string } | UsagePointQuery): Promise<Page<UsagePointView>> {
    const { accountNo, usagePointNo, cursor, limit } = 'usagePointId' in filter ? ({ limit: 1 } as UsagePointQuery) : filter;
    const [after] = decodeCursor(cursor, 1) ?? ['0'];
    const usagePointId = 'usagePointId' in filter ? filter.usagePointId : null;
    const found = await rows<UsagePointView>(
      source,
      `SELECT p.usage_point_id AS "usagePointId", p.usage_point_no AS "usagePointNo", a.account_no AS "accountNo",
         (SELECT jsonb_agg(${VERSION_JSON} ORDER BY v.valid_from) FROM usage_point_versions v
          WHERE v.usage_point_id = p.usage_point_id AND v.superseded_revision IS NULL) AS versions,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('usagePointNo', up.usage_point_no, 'position', l.position,
            'validFrom', l.valid_from, 'validTo', l.valid_to) ORDER BY l.valid_from, l.position), '[]')
          FROM usage_point_parents l JOIN usage_points up ON up.usage_point_id = l.parent_usage_point_id
          WHERE l.child_usage_point_id = p.usage_point_id AND l.superseded_revision IS NULL) AS parents
       FROM usage_points p JOIN accounts a USING (account_id)
       WHERE p.usage_point_id > $1 AND ($2::bigint IS NULL OR p.usage_point_id = $2)
         AND ($3::text IS NULL OR a.account_no = $3) AND ($4::text IS NULL OR p.usage_point_no = $4)
       ORDER BY p.usage_point_id LIMIT $5`,
      [after, usagePointId, accountNo ?? null, usagePointNo ?? null, limit + 1],
    );
    return pageFrom(found, limit, (row) => [row.usagePointId], (row) => row);
  }

  /** Refuses a day on which the usage point does not exist or is agreed without a meter. */
  async requireMetered(tx: Tx, usagePointId: string, on: string): Promise<void> {
    const found = await rows(
      tx,
      `SELECT 1 FROM usage_point_versions WHERE usage_point_id = $1 AND superseded_revision IS NULL AND kind = 'metered'
         AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)`,
      [usagePointId, on],
    );
    if (found.length > 0) return;
    const message = { en: 'is not a metered usage point on that day', zh: '该日不是装表计量点' };
    throw refuse('METERING.USAGE_POINT_INVALID', 'usagePointNo', 'NOT_METERED', message, 'kind = metered');
  }

  /** Transformers and supply circuits of an account that are on record, by number. */
  async equipmentOf(source: Source, accountId: string): Promise<{ transformers: string[]; circuits: string[] }> {
    const found = await rows<{ transformers: string[]; circuits: string[] }>(
      source,
      `SELECT ARRAY(SELECT transformer_no FROM transformers WHERE account_id = $1 AND superseded_revision IS NULL ORDER BY 1) AS transformers,
         ARRAY(SELECT DISTINCT supply_circuit_no FROM supply_circuits WHERE account_id = $1 AND superseded_revision IS NULL ORDER BY 1) AS circuits`,
      [accountId],
    );
    return only(found);
  }
}

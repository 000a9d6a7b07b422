import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { AdjustmentEnergies, AdjustmentQuery, AdjustmentView, RequestAdjustment } from '../dto/adjustment.dto';
import { only, rows, type Source } from '../sql';

type Row = Omit<AdjustmentView, 'requestedAt' | 'decidedAt' | 'lastPeriod' | 'workOrderNo'> & {
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly lastPeriod: string | null;
  readonly workOrderNo: string | null;
};

/** The energies of a request `q` as JSON; absent ones are left out. */
export const ENERGIES_JSON = `jsonb_strip_nulls(jsonb_build_object('total', trim_scale(q.total_kwh)::text, 'sharp', trim_scale(q.sharp_kwh)::text,
  'peak', trim_scale(q.peak_kwh)::text, 'flat', trim_scale(q.flat_kwh)::text, 'valley', trim_scale(q.valley_kwh)::text,
  'deepValley', trim_scale(q.deep_valley_kwh)::text, 'reactive', trim_scale(q.reactive_kvarh)::text))`;

const VIEW = `
  SELECT q.adjustment_request_id AS "adjustmentId", p.usage_point_no AS "usagePointNo", q.stage, q.standing, q.first_period AS "firstPeriod",
    CASE WHEN live.adjustment_id IS NULL THEN q.last_period ELSE live.last_period END AS "lastPeriod",
    ${ENERGIES_JSON} AS energies, q.reason, q.work_order_no AS "workOrderNo", q.state, q.requested_by AS "requestedBy",
    q.requested_at AS "requestedAt", q.decided_by AS "decidedBy", q.decided_at AS "decidedAt"
  FROM energy_adjustment_requests q JOIN usage_points p USING (usage_point_id)
  LEFT JOIN energy_adjustments live ON live.adjustment_request_id = q.adjustment_request_id AND live.superseded_revision IS NULL`;

const ENERGY_NAMES = ['total', 'sharp', 'peak', 'flat', 'valley', 'deepValley', 'reactive'] as const satisfies (keyof AdjustmentEnergies)[];

function view({ lastPeriod, workOrderNo, ...row }: Row): AdjustmentView {
  return {
    ...row,
    ...(lastPeriod === null ? {} : { lastPeriod }),
    ...(workOrderNo === null ? {} : { workOrderNo }),
    requestedAt: row.requestedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

/** SQL of adjustment energy: requests, and the approved rows that billing reads. */
@Injectable()
export class AdjustmentsRepository {
  async insert(tx: Tx, usagePointId: string, input: RequestAdjustment, userId: string): Promise<string> {
    const inserted = await rows<{ id: string }>(
      tx,
      `INSERT INTO energy_adjustment_requests (usage_point_id, stage, standing, first_period, last_period, reason, work_order_no, requested_by,
         total_kwh, sharp_kwh, peak_kwh, flat_kwh, valley_kwh, deep_valley_kwh, reactive_kvarh)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING adjustment_request_id AS id`,
      [usagePointId, input.stage, input.standing, input.firstPeriod, input.standing ? (input.lastPeriod ?? null) : input.firstPeriod,
        input.reason, input.workOrderNo ?? null, userId, ...ENERGY_NAMES.map((name) => input.energies[name] ?? null)],
    ); // prettier-ignore
    return only(inserted).id;
  }

  /** Moves a request from one state to another; false where it was in another state. */
  async move(tx: Tx, requestId: string, from: string, to: string, userId: string): Promise<boolean> {
    const moved = await rows(
      tx,
      `UPDATE energy_adjustment_requests SET state = $3, decided_by = $4, decided_at = app_now()
       WHERE adjustment_request_id = $1 AND state = $2 RETURNING 1`,
      [requestId, from, to, userId],
    );
    return moved.length === 1;
  }

  /** From now on billing reads the adjustment. */
  async putInForce(tx: Tx, requestId: string, userId: string): Promise<void> {
    await tx.query(
      `INSERT INTO energy_adjustments (adjustment_request_id, usage_point_id, first_period, last_period, recorded_by)
       SELECT adjustment_request_id, usage_point_id, first_period, last_period, $2
       FROM energy_adjustment_requests WHERE adjustment_request_id = $1`,
      [requestId, userId],
    );
  }

  /** Lets a standing adjustment end with a period; nothing is left of it where that lies before its first one. */
  async end(tx: Tx, requestId: string, lastPeriod: string, userId: string): Promise<void> {
    const ended = await rows<{ id: string }>(
      tx,
      `UPDATE energy_adjustments SET superseded_revision = next_input_revision()
       WHERE adjustment_request_id = $1 AND superseded_revision IS NULL RETURNING adjustment_id AS id`,
      [requestId],
    );
    await tx.query(
      `INSERT INTO energy_adjustments (adjustment_request_id, usage_point_id, first_period, last_period, recorded_by)
       SELECT adjustment_request_id, usage_point_id, first_period, $2, $3
       FROM energy_adjustments WHERE adjustment_id = ANY ($1::bigint[]) AND first_period <= $2`,
      [ended.map(({ id }) => id), lastPeriod, userId],
    );
  }

  async find(source: Source, requestId: string): Promise<AdjustmentView | undefined> {
    const [found] = await rows<Row>(source, `${VIEW} WHERE q.adjustment_request_id = $1`, [requestId]);
    return found === undefined ? undefined : view(found);
  }

  async page(source: Source, { usagePointNo, state, cursor, limit }: AdjustmentQuery): Promise<Page<AdjustmentView>> {
    const [after] = decodeCursor(cursor, 1) ?? ['0'];
    const found = await rows<Row>(
      source,
      `${VIEW} WHERE q.adjustment_request_id > $1 AND ($2::text IS NULL OR p.usage_point_no = $2) AND ($3::text IS NULL OR q.state = $3)
       ORDER BY q.adjustment_request_id LIMIT $4`,
      [after, usagePointNo ?? null, state ?? null, limit + 1],
    );
    return pageFrom(found, limit, (row) => [row.adjustmentId], view);
  }

  /** Whether a usage point is read by periods when a billing period begins or later; undefined where it is not in force. */
  async isTimeOfUse(source: Source, usagePointId: string, period: string): Promise<boolean | undefined> {
    const [found] = await rows<{ timeOfUse: boolean }>(
      source,
      `SELECT time_of_use AS "timeOfUse" FROM usage_point_versions
       WHERE usage_point_id = $1 AND superseded_revision IS NULL AND (valid_to IS NULL OR valid_to > ($2 || '-01')::date)
       ORDER BY valid_from LIMIT 1`,
      [usagePointId, period],
    );
    return found?.timeOfUse;
  }
}

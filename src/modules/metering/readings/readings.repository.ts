import { Injectable } from '@nestjs/common';
import { copyRows, type Tx } from '../../../platform/database';
import { reserveIds, rows, type Source } from '../sql';
import type { NewReading, OfferedReading, ReadingPlace } from './reading.types';

interface PlaceRow extends Omit<ReadingPlace, 'before' | 'sameDay' | 'after' | 'pt' | 'ct'> {
  readonly ratios: readonly number[];
  readonly sameDayId: string | null;
  readonly sameDayReading: string | null;
  readonly beforeOn: readonly string[] | null;
  readonly beforeReadings: readonly string[] | null;
  readonly beforeEstimated: readonly boolean[] | null;
  readonly sameDayEstimated: boolean | null;
  readonly afterOn: string | null;
  readonly afterReading: string | null;
}

/** One statement for a whole batch: dial, installation, neighbours, transformer of each offered reading. */
const PLACES = `
  SELECT asked.line, m.meter_id AS "meterId", r.dial_digits AS "dialDigits", r.decimals,
    CASE WHEN m.meter_id IS NULL THEN '{}' ELSE ARRAY(SELECT register FROM meter_registers WHERE meter_id = m.meter_id) END AS registers,
    i.installation_id AS "installationId", i.installed_on AS "installedOn", i.removed_on AS "removedOn",
    ARRAY[i.pt_primary, i.pt_secondary, i.ct_primary, i.ct_secondary] AS ratios,
    same.reading_id AS "sameDayId", trim_scale(same.reading)::text AS "sameDayReading",
    same.source = 'estimated' AS "sameDayEstimated",
    earlier.days AS "beforeOn", earlier.readings AS "beforeReadings", earlier.estimated AS "beforeEstimated",
    later.read_on AS "afterOn", trim_scale(later.reading)::text AS "afterReading",
    feed.suspended_since AS "suspendedSince", trim_scale(feed.capacity_kva)::text AS "capacityKva"
  FROM unnest($1::int[], $2::text[], $3::text[], $4::date[]) AS asked (line, asset_no, register, read_on)
  LEFT JOIN meters m ON m.asset_no = asked.asset_no
  LEFT JOIN meter_registers r ON r.meter_id = m.meter_id AND r.register = asked.register
  LEFT JOIN LATERAL (
    SELECT v.* FROM meter_installation_versions v
    WHERE v.meter_id = m.meter_id AND v.superseded_revision IS NULL
    ORDER BY (v.installed_on <= asked.read_on AND (v.removed_on IS NULL OR v.removed_on >= asked.read_on)) DESC, v.installed_on DESC
    LIMIT 1) i ON true
  LEFT JOIN readings same ON same.installation_id = i.installation_id AND same.register = asked.register
    AND same.read_on = asked.read_on AND same.superseded_revision IS NULL
  LEFT JOIN LATERAL (
    SELECT array_agg(e.read_on) AS days, array_agg(trim_scale(e.reading)::text) AS readings,
      array_agg(e.source = 'estimated') AS estimated FROM (
      SELECT read_on, reading, source FROM readings
      WHERE installation_id = i.installation_id AND register = asked.register AND read_on < asked.read_on AND superseded_revision IS NULL
      ORDER BY read_on DESC LIMIT 6) e) earlier ON true
  LEFT JOIN LATERAL (
    SELECT read_on, reading FROM readings
    WHERE installation_id = i.installation_id AND register = asked.register AND read_on > asked.read_on AND superseded_revision IS NULL AND source <> 'estimated'
    ORDER BY read_on LIMIT 1) later ON true
  LEFT JOIN usage_points p ON p.usage_point_id = i.usage_point_id
  LEFT JOIN LATERAL (
    SELECT t.capacity_kva, (
      SELECT s.valid_from FROM transformer_states s
      WHERE s.transformer_id = t.transformer_id AND s.superseded_revision IS NULL AND s.state = 'suspended'
        AND s.valid_from < asked.read_on AND (s.valid_to IS NULL OR s.valid_to >= asked.read_on)) AS suspended_since
    FROM usage_point_versions v
    JOIN transformers t ON t.account_id = p.account_id AND t.transformer_no = v.transformer_no AND t.superseded_revision IS NULL
    WHERE v.usage_point_id = p.usage_point_id AND v.superseded_revision IS NULL
      AND v.valid_from <= asked.read_on AND (v.valid_to IS NULL OR v.valid_to > asked.read_on)
    LIMIT 1) feed ON true`;

/** Why an estimate is no longer the reading of its day. */
const READ_AFTER_ESTIMATE = 'read after it was estimated';

const COLUMNS = [
  'reading_id', 'installation_id', 'register', 'read_on', 'reading', 'kind', 'source', 'import_id', 'recorded_by', 'corrects_reading_id', 'correction_reason',
] as const; // prettier-ignore

function placeOf({ ratios, sameDayId, sameDayReading, sameDayEstimated, beforeOn, beforeReadings, beforeEstimated, afterOn, afterReading, ...row }: PlaceRow): ReadingPlace {
  const [pt1, pt2, ct1, ct2] = ratios;
  return {
    ...row,
    pt: [pt1 ?? 1, pt2 ?? 1],
    ct: [ct1 ?? 1, ct2 ?? 1],
    sameDay: sameDayId === null || sameDayReading === null ? null : { readingId: sameDayId, reading: sameDayReading, estimated: sameDayEstimated === true },
    before: (beforeOn ?? []).map((on, index) => ({ on, reading: beforeReadings?.[index] ?? '0', estimated: beforeEstimated?.[index] === true })),
    after: afterOn === null || afterReading === null ? null : { on: afterOn, reading: afterReading },
  };
}

/** SQL of readings. */
@Injectable()
export class ReadingsRepository {
  /** Where each offered reading comes to stand, by its line. */
  async places(source: Source, offered: readonly Pick<OfferedReading, 'line' | 'meterNo' | 'register' | 'readOn'>[]): Promise<Map<number, ReadingPlace>> {
    const found = await rows<PlaceRow>(source, PLACES, [
      offered.map(({ line }) => line),
      offered.map(({ meterNo }) => meterNo),
      offered.map(({ register }) => register),
      offered.map(({ readOn }) => readOn),
    ]);
    return new Map(found.map((row) => [row.line, placeOf(row)]));
  }

  /** Writes readings in bulk and answers their ids in the same order. */
  async insert(tx: Tx, readings: readonly NewReading[], userId: string, importId: string | null = null): Promise<string[]> {
    const ids = await reserveIds(tx, 'readings', 'reading_id', readings.length);
    const replaced = readings.flatMap(({ replaces }) => replaces ?? []);
    if (replaced.length > 0) {
      await tx.query('UPDATE readings SET superseded_revision = next_input_revision() WHERE reading_id = ANY ($1::bigint[]) AND superseded_revision IS NULL', [replaced]);
    }
    const values = readings.map((each, index) => [
      ids[index], each.installationId, each.register, each.readOn, each.reading, each.kind, each.source, importId, userId,
      each.replaces ?? null, each.replaces === undefined ? null : READ_AFTER_ESTIMATE,
    ]); // prettier-ignore
    if (values.length > 0) await copyRows(tx, 'readings', COLUMNS, values);
    return ids;
  }

  /** Puts a corrected value in the place of a reading; undefined where it was superseded already. */
  async supersede(tx: Tx, readingId: string, reading: string, reason: string, userId: string): Promise<string | undefined> {
    const ended = await rows<{ id: string }>(
      tx,
      `UPDATE readings SET superseded_revision = next_input_revision()
       WHERE reading_id = $1 AND superseded_revision IS NULL RETURNING reading_id AS id`,
      [readingId],
    );
    if (ended.length === 0) return undefined;
    const [inserted] = await rows<{ id: string }>(
      tx,
      `INSERT INTO readings (installation_id, register, read_on, reading, kind, source, corrects_reading_id, correction_reason, recorded_by)
       SELECT installation_id, register, read_on, $2, kind, source, reading_id, $3, $4 FROM readings WHERE reading_id = $1
       RETURNING reading_id AS id`,
      [readingId, reading, reason, userId],
    );
    return inserted?.id;
  }

  /** A reading as it was offered, and whether a correction has taken its place. */
  async find(source: Source, readingId: string): Promise<(OfferedReading & { readonly superseded: boolean }) | undefined> {
    const [found] = await rows<OfferedReading & { superseded: boolean }>(
      source,
      `SELECT 0 AS line, m.asset_no AS "meterNo", r.register, r.read_on AS "readOn", trim_scale(r.reading)::text AS reading, r.source,
         r.superseded_revision IS NOT NULL AS superseded
       FROM readings r JOIN meter_installations i USING (installation_id) JOIN meters m USING (meter_id) WHERE r.reading_id = $1`,
      [readingId],
    );
    return found;
  }

  /** The live reading of a register next after a day, or undefined. */
  async findNext(source: Source, installationId: string, register: string, after: string): Promise<(OfferedReading & { readonly readingId: string }) | undefined> {
    const [found] = await rows<OfferedReading & { readingId: string }>(
      source,
      `SELECT r.reading_id AS "readingId", 0 AS line, m.asset_no AS "meterNo", r.register, r.read_on AS "readOn",
         trim_scale(r.reading)::text AS reading, r.source
       FROM readings r JOIN meter_installations i USING (installation_id) JOIN meters m USING (meter_id)
       WHERE r.installation_id = $1 AND r.register = $2 AND r.read_on > $3 AND r.superseded_revision IS NULL
       ORDER BY r.read_on LIMIT 1`,
      [installationId, register, after],
    );
    return found;
  }
}

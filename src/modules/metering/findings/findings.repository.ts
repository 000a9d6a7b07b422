import { Injectable } from '@nestjs/common';
import { copyRows, type Tx } from '../../../platform/database';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { FindingQuery, FindingView } from '../dto/reading.dto';
import { BLOCKING_FINDINGS, type ReadingFindingCode } from '../metering.codes';
import type { Doubt } from '../readings/reading.types';
import { rows, type Source } from '../sql';

/** A doubt about a reading that is on record. */
export interface NewFinding extends Doubt {
  readonly installationId: string;
  readonly register: string;
  readonly readingId: string;
  readonly concernsOn: string;
}

const COLUMNS = ['installation_id', 'register', 'reading_id', 'concerns_on', 'code', 'blocking', 'figures'] as const;

const VIEW = `
  SELECT f.finding_id AS "findingId", f.code, f.blocking, coalesce(d.outcome, 'open') AS state, m.asset_no AS "meterNo",
    a.account_no AS "accountNo", f.register, f.concerns_on AS "concernsOn", f.reading_id AS "readingId",
    trim_scale(r.reading)::text AS reading, f.figures, d.reason
  FROM reading_findings f
  JOIN meter_installations i USING (installation_id) JOIN meters m USING (meter_id)
  JOIN usage_points p USING (usage_point_id) JOIN accounts a USING (account_id)
  LEFT JOIN readings r ON r.reading_id = f.reading_id
  LEFT JOIN reading_finding_decisions d ON d.finding_id = f.finding_id`;

/** SQL of findings and of what people decided about them. */
@Injectable()
export class FindingsRepository {
  async insert(tx: Tx, findings: readonly NewFinding[]): Promise<void> {
    if (findings.length === 0) return;
    const values = findings.map((each) => [
      each.installationId, each.register, each.readingId, each.concernsOn, each.code, BLOCKING_FINDINGS.has(each.code), each.figures,
    ]); // prettier-ignore
    await copyRows(tx, 'reading_findings', COLUMNS, values);
  }

  /** Closes open findings with a person's decision; answers how many were open. */
  async close(tx: Tx, findingIds: readonly string[], outcome: 'confirmed' | 'corrected', reason: string, userId: string): Promise<number> {
    const closed = await rows(
      tx,
      `WITH closed AS (
         UPDATE reading_findings SET superseded_revision = next_input_revision()
         WHERE finding_id = ANY ($1::bigint[]) AND superseded_revision IS NULL RETURNING finding_id)
       INSERT INTO reading_finding_decisions (finding_id, outcome, reason, decided_by)
       SELECT finding_id, $2, $3, $4 FROM closed RETURNING finding_id`,
      [findingIds, outcome, reason, userId],
    );
    return closed.length;
  }

  /** Closes what was missing where a reading has come in by now. */
  async closeMissing(tx: Tx, came: readonly { installationId: string; register: string; readOn: string }[], userId: string): Promise<void> {
    await tx.query(
      `WITH closed AS (
         UPDATE reading_findings f SET superseded_revision = next_input_revision()
         FROM unnest($1::bigint[], $2::text[], $3::date[]) AS came (installation_id, register, read_on)
         WHERE f.superseded_revision IS NULL AND f.reading_id IS NULL
           AND f.installation_id = came.installation_id AND f.register = came.register
           AND abs(f.concerns_on - came.read_on) <= (f.figures ->> 'windowDays')::int
         RETURNING f.finding_id)
       INSERT INTO reading_finding_decisions (finding_id, outcome, reason, decided_by)
       SELECT finding_id, 'corrected', 'the reading came in', $4 FROM closed`,
      [came.map((each) => each.installationId), came.map((each) => each.register), came.map((each) => each.readOn), userId],
    );
  }

  async openOf(source: Source, readingId: string): Promise<FindingView[]> {
    return rows<FindingView>(source, `${VIEW} WHERE f.reading_id = $1 AND f.superseded_revision IS NULL ORDER BY f.finding_id`, [readingId]);
  }

  async one(source: Source, findingId: string): Promise<FindingView | undefined> {
    return (await rows<FindingView>(source, `${VIEW} WHERE f.finding_id = $1`, [findingId]))[0];
  }

  async page(source: Source, { code, state, routeCode, accountNo, cursor, limit }: FindingQuery): Promise<Page<FindingView>> {
    const [after] = decodeCursor(cursor, 1) ?? ['0'];
    const found = await rows<FindingView>(
      source,
      `${VIEW}
       WHERE f.finding_id > $1 AND ($2::text IS NULL OR f.code = $2) AND ($3::text IS NULL OR coalesce(d.outcome, 'open') = $3)
         AND ($3::text IS DISTINCT FROM 'open' OR f.superseded_revision IS NULL)
         AND ($4::text IS NULL OR EXISTS (SELECT FROM route_accounts ra JOIN reading_routes rr USING (route_id)
           WHERE ra.account_id = a.account_id AND ra.superseded_revision IS NULL AND rr.route_code = $4
             AND ra.valid_from <= app_today() AND (ra.valid_to IS NULL OR ra.valid_to > app_today())))
         AND ($5::text IS NULL OR a.account_no = $5)
       ORDER BY f.finding_id LIMIT $6`,
      [after, code ?? null, state ?? null, routeCode ?? null, accountNo ?? null, limit + 1],
    );
    return pageFrom(found, limit, (row) => [row.findingId], (row) => row);
  }

  /** Records what is missing on the reading day of a month, once each; answers counts of new and known ones. */
  async markMissing(tx: Tx, code: ReadingFindingCode, month: string, routeCode: string | undefined): Promise<{ missing: number; known: number }> {
    const found = await rows<{ missing: number; known: number }>(
      tx,
      `WITH due AS (
         SELECT v.installation_id, mr.register, due_on, coalesce(rr.window_days, 3) AS window_days
         FROM accounts a
         LEFT JOIN route_accounts ra ON ra.account_id = a.account_id AND ra.superseded_revision IS NULL
           AND ra.valid_from <= $1::date AND (ra.valid_to IS NULL OR ra.valid_to > $1::date)
         LEFT JOIN reading_routes rr ON rr.route_id = ra.route_id
         CROSS JOIN LATERAL (SELECT $1::date + coalesce(rr.reading_day, 1) - 1 AS due_on) d
         JOIN usage_points p ON p.account_id = a.account_id
         JOIN meter_installation_versions v ON v.usage_point_id = p.usage_point_id AND v.superseded_revision IS NULL
           AND v.installed_on <= d.due_on AND (v.removed_on IS NULL OR v.removed_on >= d.due_on)
         JOIN meter_registers mr ON mr.meter_id = v.meter_id
         WHERE ($2::text IS NULL OR rr.route_code = $2) AND d.due_on + coalesce(rr.window_days, 3) < app_today()
           AND (a.closed_on IS NULL OR a.closed_on > d.due_on)
           AND NOT EXISTS (SELECT FROM readings r WHERE r.installation_id = v.installation_id AND r.register = mr.register
             AND r.superseded_revision IS NULL
             AND r.read_on BETWEEN d.due_on - coalesce(rr.window_days, 3) AND d.due_on + coalesce(rr.window_days, 3))
       ), inserted AS (
         INSERT INTO reading_findings (installation_id, register, concerns_on, code, blocking, figures)
         SELECT installation_id, register, due_on, $3, $4, jsonb_build_object('windowDays', window_days::text) FROM due
         ON CONFLICT (installation_id, register, concerns_on) WHERE superseded_revision IS NULL AND reading_id IS NULL DO NOTHING
         RETURNING 1)
       SELECT (SELECT count(*)::int FROM inserted) AS missing, (SELECT count(*)::int FROM due) - (SELECT count(*)::int FROM inserted) AS known`,
      [`${month}-01`, routeCode ?? null, code, BLOCKING_FINDINGS.has(code)],
    );
    return found[0] ?? { missing: 0, known: 0 };
  }
}

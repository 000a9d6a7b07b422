import { Injectable } from '@nestjs/common';
import { copyRows, type Tx } from '../../../platform/database';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { FindingQuery, FindingView } from '../dto/reading.dto';
import { BLOCKING_FINDINGS, type ReadingFindingCode } from '../metering.codes';
import type { Doubt } from '../readings/reading.types';
import { rows, type Source } from '../sql';
import { DUE_DIALS } from './due-dials';

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

  /** Closes what is open about readings that others have taken the place of. */
  async closeOf(tx: Tx, readingIds: readonly string[], reason: string, userId: string): Promise<void> {
    if (readingIds.length === 0) return;
    const open = await rows<{ id: string }>(tx, 'SELECT finding_id AS id FROM reading_findings WHERE reading_id = ANY ($1::bigint[]) AND superseded_revision IS NULL', [readingIds]);
    await this.close(tx, open.map(({ id }) => id), 'corrected', reason, userId);
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
      `WITH due AS (${DUE_DIALS}), inserted AS (
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

import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { ReadingQuery, ReadingResult, ReadingView } from '../dto/reading.dto';
import { FindingsRepository } from '../findings/findings.repository';
import { rows, type Source } from '../sql';

type Row = Omit<ReadingView, 'recordedAt'> & { readonly recordedAt: Date };

const VIEW = `
  SELECT r.reading_id AS "readingId", m.asset_no AS "meterNo", a.account_no AS "accountNo", r.register, r.read_on AS "readOn",
    trim_scale(r.reading)::text AS reading, r.kind, r.source, r.superseded_revision IS NOT NULL AS superseded,
    r.corrects_reading_id AS "correctsReadingId", r.correction_reason AS "correctionReason", r.recorded_at AS "recordedAt"
  FROM readings r JOIN meter_installations i USING (installation_id) JOIN meters m USING (meter_id)
  JOIN usage_points p USING (usage_point_id) JOIN accounts a USING (account_id)`;

const view = (row: Row): ReadingView => ({ ...row, recordedAt: row.recordedAt.toISOString() });

/** The days of a calendar month as limits of a list, or none. */
function daysOf(month: string | undefined): { from: string | null; before: string | null } {
  return month === undefined ? { from: null, before: null } : { from: `${month}-01`, before: `${month}-01` };
}

/** Shows readings with what is doubtful about them. */
@Injectable()
export class ReadReadings {
  constructor(
    private readonly database: Database,
    private readonly findings: FindingsRepository,
  ) {}

  async page(query: ReadingQuery): Promise<Page<ReadingView>> {
    const [after] = decodeCursor(query.cursor, 1) ?? ['0'];
    const month = daysOf(query.month);
    const found = await rows<Row>(
      this.database,
      `${VIEW}
       WHERE r.reading_id > $1 AND ($2::text IS NULL OR a.account_no = $2) AND ($3::text IS NULL OR m.asset_no = $3)
         AND ($4::date IS NULL OR r.read_on >= $4) AND ($5::date IS NULL OR r.read_on < $5::date + interval '1 month')
         AND ($6::date IS NULL OR r.read_on >= $6) AND ($7::date IS NULL OR r.read_on < $7)
         AND ($8 OR r.superseded_revision IS NULL) AND ($9::text IS NULL OR r.source = $9)
       ORDER BY r.reading_id LIMIT $10`,
      [after, query.accountNo ?? null, query.meterNo ?? null, month.from, month.before, query.from ?? null, query.to ?? null,
        query.withSuperseded ?? false, query.source ?? null, query.limit + 1],
    ); // prettier-ignore
    return pageFrom(found, query.limit, (row) => [row.readingId], view);
  }

  async one(source: Source, readingId: string, outcome: 'accepted' | 'unchanged'): Promise<ReadingResult> {
    const [found] = await rows<Row>(source, `${VIEW} WHERE r.reading_id = $1`, [readingId]);
    if (found === undefined) throw new AppError('METERING.READING_NOT_FOUND');
    return { ...view(found), outcome, openFindings: await this.findings.openOf(source, readingId) };
  }
}

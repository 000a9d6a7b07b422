import { Injectable } from '@nestjs/common';
import { copyRows, type Tx } from '../../../platform/database';
import type { Language } from '../../../platform/errors';
import { decodeCursor, pageFrom, type Page, type PageQuery } from '../../../platform/http';
import type { MeteringRefusalView, MeteringImportView } from '../dto/import.dto';
import { only, rows, type Source } from '../sql';
import type { BatchOutcome } from './import.types';

export type ImportKind = 'readings' | 'installations';
type Row = Omit<MeteringImportView, 'startedAt' | 'endedAt'> & { readonly startedAt: Date; readonly endedAt: Date | null };

/** A process that was killed cannot say so: an import without progress for so long counts as interrupted. */
const VIEW = `
  SELECT import_id AS "importId", kind, lines, accepted, unchanged, refused, suspicious, started_at AS "startedAt", ended_at AS "endedAt",
    CASE WHEN state = 'running' AND progressed_at < app_now() - interval '5 minutes' THEN 'interrupted' ELSE state END AS state,
    CASE WHEN state = 'running' AND progressed_at < app_now() - interval '5 minutes' THEN 'the process ended' ELSE stopped_because END AS "stoppedBecause"
  FROM metering_imports`;

const REFUSAL_COLUMNS = ['import_id', 'line_no', 'field', 'code', 'reason_zh', 'reason_en', 'allowed', 'value'] as const;

function view(row: Row): MeteringImportView {
  return { ...row, startedAt: row.startedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null };
}

/** What stood in a file, so that a text column takes it and a report can show it. */
function printable(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(/\p{Cc}/gu, '\uFFFD');
}

/** SQL of imports and of their refused lines. */
@Injectable()
export class ImportsRepository {
  async start(tx: Tx, kind: ImportKind, userId: string): Promise<string> {
    const started = await rows<{ id: string }>(
      tx,
      'INSERT INTO metering_imports (kind, started_by) VALUES ($1, $2) RETURNING import_id AS id',
      [kind, userId],
    );
    return only(started).id;
  }

  /** Adds the outcome of a batch in the batch's own transaction. */
  async progress(tx: Tx, importId: string, outcome: BatchOutcome): Promise<void> {
    const refusals = outcome.refused.map(({ line, field, code, message, allowed, value }) => [
      importId, line, printable(field, 100), code, message.zh, message.en, allowed?.slice(0, 300), value === undefined ? value : printable(value, 60),
    ]); // prettier-ignore
    if (refusals.length > 0) await copyRows(tx, 'metering_import_refusals', REFUSAL_COLUMNS, refusals);
    await tx.query(
      `UPDATE metering_imports SET accepted = accepted + $2, unchanged = unchanged + $3, refused = refused + $4, suspicious = suspicious + $5,
         lines = lines + $2 + $3 + $4, progressed_at = app_now()
       WHERE import_id = $1`,
      [importId, outcome.accepted, outcome.unchanged, outcome.refused.length, outcome.suspicious],
    );
  }

  async end(tx: Tx, importId: string, state: 'finished' | 'interrupted', because: string | null): Promise<void> {
    await tx.query(
      `UPDATE metering_imports SET state = $2, stopped_because = $3, ended_at = app_now() WHERE import_id = $1 AND state = 'running'`,
      [importId, state, because?.slice(0, 300) ?? null],
    );
  }

  async find(source: Source, importId: string, kind: ImportKind): Promise<MeteringImportView | undefined> {
    const [found] = await rows<Row>(source, `${VIEW} WHERE import_id = $1 AND kind = $2`, [importId, kind]);
    return found === undefined ? undefined : view(found);
  }

  async page(source: Source, kind: ImportKind, { cursor, limit }: PageQuery): Promise<Page<MeteringImportView>> {
    const [before] = decodeCursor(cursor, 1) ?? [null];
    const found = await rows<Row>(
      source,
      `${VIEW} WHERE kind = $1 AND ($2::bigint IS NULL OR import_id < $2) ORDER BY import_id DESC LIMIT $3`,
      [kind, before, limit + 1],
    );
    return pageFrom(found, limit, (row) => [row.importId], view);
  }

  /** Refused lines after a line number, in order. */
  async refusalsAfter(source: Source, importId: string, after: number, count: number, language: Language): Promise<MeteringRefusalView[]> {
    return rows<MeteringRefusalView>(
      source,
      `SELECT line_no AS line, field, code, CASE WHEN $4 = 'zh' THEN reason_zh ELSE reason_en END AS reason, allowed, value
       FROM metering_import_refusals WHERE import_id = $1 AND line_no > $2 ORDER BY line_no LIMIT $3`,
      [importId, after, count, language],
    );
  }
}


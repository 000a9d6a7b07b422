import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { decodeCursor, Page, pageFrom } from '../http/page';
import type { AuditEventView, AuditQuery } from './audit.dto';

interface AuditRow {
  readonly audit_event_id: string;
  readonly happened_at: Date;
  readonly user_id: string | null;
  readonly user_name: string | null;
  readonly action: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly detail: Record<string, unknown>;
  readonly request_id: string | null;
}

function toView(row: AuditRow): AuditEventView {
  return {
    auditEventId: row.audit_event_id,
    happenedAt: row.happened_at.toISOString(),
    userId: row.user_id,
    userName: row.user_name,
    action: row.action,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    detail: row.detail,
    requestId: row.request_id,
  };
}

/** Reads the audit, latest first. */
@Injectable()
export class AuditReader {
  constructor(private readonly database: Database) {}

  async page({ cursor, limit, subjectType, subjectId, userId }: AuditQuery): Promise<Page<AuditEventView>> {
    const [before] = decodeCursor(cursor, 1) ?? [null];
    const rows = await this.database.query<AuditRow>(
      `SELECT e.*, u.name AS user_name FROM audit_events e LEFT JOIN users u USING (user_id)
       WHERE ($1::bigint IS NULL OR e.audit_event_id < $1) AND ($2::text IS NULL OR e.subject_type = $2)
         AND ($3::text IS NULL OR e.subject_id = $3) AND ($4::bigint IS NULL OR e.user_id = $4)
       ORDER BY e.audit_event_id DESC LIMIT $5`,
      [before, subjectType ?? null, subjectId ?? null, userId ?? null, limit + 1],
    );
    return pageFrom(rows, limit, (row) => [row.audit_event_id], toView);
  }
}

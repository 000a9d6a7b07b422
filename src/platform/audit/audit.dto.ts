import { IdField, InstantField, TextField } from '../http/fields';
import { PageQuery } from '../http/page';
import { JsonField } from '../http/structure-fields';

export class AuditQuery extends PageQuery {
  @TextField({ description: 'Only events of this kind of record.', example: 'account', maxLength: 64, optional: true })
  subjectType?: string;

  @TextField({ description: 'Only events of this record.', example: '1024', maxLength: 128, optional: true })
  subjectId?: string;

  @IdField({ description: 'Only what this user did.', example: '7', optional: true })
  userId?: string;
}

export class AuditEventView {
  @IdField({ description: 'Number of the event; later events have higher numbers.', example: '90125' })
  auditEventId!: string;

  @InstantField({ description: 'When it happened.', example: '2026-03-02T08:15:30.000Z' })
  happenedAt!: string;

  @IdField({ description: 'Who did it; null for the system itself.', example: '7', nullable: true })
  userId!: string | null;

  @TextField({ description: 'Login name of the user.', example: 'wang.fang', maxLength: 64, nullable: true })
  userName!: string | null;

  @TextField({ description: 'What was done.', example: 'customers.account.open', maxLength: 128 })
  action!: string;

  @TextField({ description: 'Kind of the record.', example: 'account', maxLength: 64 })
  subjectType!: string;

  @TextField({ description: 'Which record.', example: '1024', maxLength: 128 })
  subjectId!: string;

  @JsonField({ description: 'What changed; never personal data.', example: { category: 'residential' } })
  detail!: Record<string, unknown>;

  @TextField({ description: 'Request in which it happened.', example: '6f1c2a34-8f0e-4a55-9a0d-0f9b8a7c6d5e', maxLength: 128, nullable: true })
  requestId!: string | null;
}

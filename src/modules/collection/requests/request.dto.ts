import { DateField, IdField, PageQuery, TextField } from '../../../platform/http';

/** Why a request is turned down. */
export class TurnDownInput {
  @TextField({ description: 'Why it does not take effect.', example: 'asked for by mistake', maxLength: 200 })
  reason!: string;
}

/** Who asked, and who turned it down. */
export class RequestView {
  @DateField({ description: 'Day of the request.', example: '2026-06-02' })
  requestedOn!: string;

  @IdField({ description: 'User who asked.', example: '7' })
  requestedBy!: string;

  @IdField({ description: 'User who agreed as the second person.', example: '8', nullable: true })
  approvedBy!: string | null;

  @IdField({ description: 'User who rejected it, or withdrew the own request.', example: '8', nullable: true })
  turnedDownBy!: string | null;

  @DateField({ description: 'Day on which it was rejected or withdrawn.', example: '2026-06-03', nullable: true })
  turnedDownOn!: string | null;

  @TextField({ description: 'Why it was rejected or withdrawn.', example: 'asked for by mistake', maxLength: 200, nullable: true })
  turnedDownBecause!: string | null;
}

/** The filters that lists of requests share. */
export class RequestListQuery extends PageQuery {
  @TextField({ description: 'Only of this account.', example: '1000000014', maxLength: 10, pattern: /^[0-9]{10}$/, optional: true })
  accountNo?: string;

  @DateField({ description: 'Only those asked for on this day or later.', example: '2026-06-01', optional: true })
  from?: string;

  @DateField({ description: 'Only those asked for on this day or earlier.', example: '2026-06-30', optional: true })
  until?: string;
}

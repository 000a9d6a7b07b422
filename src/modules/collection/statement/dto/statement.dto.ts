import { type CodeOf, DateField, DecimalField, EnumField, IdField, IntField, ListField, ObjectField, PageQuery, TextField } from '../../../../platform/http';
import { AGES, JOURNAL_KINDS } from '../../collection.codes';

export class StatementQuery extends PageQuery {
  @DateField({ description: 'First day of the movements; the beginning unless told.', example: '2026-01-01', optional: true })
  from?: string;

  @DateField({ description: 'Last day of the movements; today unless told.', example: '2026-06-30', optional: true })
  until?: string;
}

export class CauseView {
  @TextField({ description: 'In Chinese.', example: '缴费', maxLength: 100 })
  zh!: string;

  @TextField({ description: 'In English.', example: 'Payment', maxLength: 100 })
  en!: string;
}

/** One movement of an account, yuan; what the account owes is positive. */
export class MovementView {
  @IdField({ description: 'Journal that it was booked by.', example: '9001' })
  journalId!: string;

  @DateField({ description: 'Day of the booking.', example: '2026-06-02' })
  postedOn!: string;

  @EnumField({ values: JOURNAL_KINDS, description: 'What happened.', example: 'payment' })
  kind!: CodeOf<typeof JOURNAL_KINDS>;

  @ObjectField(() => CauseView, { description: 'What happened, in words.' })
  cause!: CauseView;

  @TextField({ description: 'Number of the bill or receipt, or identity of the record.', example: '202606020000007001', maxLength: 40 })
  reference!: string;

  @DecimalField({ description: 'Change of what is owed from bills.', example: '-218.40', decimals: 2, digits: 16, min: '-9999999999999999' })
  receivables!: string;

  @DecimalField({ description: 'Change of the prepayment held for the account.', example: '30.00', decimals: 2, digits: 16, min: '-9999999999999999' })
  prepayment!: string;

  @DecimalField({ description: 'Change of claims for tenders that came back after their money had been paid out.', example: '0.00', decimals: 2, digits: 16, min: '-9999999999999999' })
  claims!: string;

  @DecimalField({ description: 'Late-payment charge that was paid with it (negative where it was taken back).', example: '2.00', decimals: 2, digits: 16, min: '-9999999999999999' })
  lateCharge!: string;

  @DecimalField({ description: 'What the account owes after it, less what is held; negative where more is held.', example: '-30.00', decimals: 2, digits: 16, min: '-9999999999999999' })
  balance!: string;
}

export class AgeingQuery {
  @DateField({ description: 'Day of the report; today unless told.', example: '2026-06-30', optional: true })
  asOf?: string;

  @TextField({ description: 'Only accounts of this region.', example: '310104', maxLength: 32, optional: true })
  regionCode?: string;
}

export class AgeView {
  @EnumField({ values: AGES, description: 'How long overdue.', example: '31-90' })
  age!: CodeOf<typeof AGES>;

  @IntField({ description: 'Receivables.', example: 412, min: 0 })
  receivables!: number;

  @DecimalField({ description: 'Open principal, yuan.', example: '98120.40', decimals: 2, digits: 18 })
  outstanding!: string;
}

export class AgeingView {
  @DateField({ description: 'Day of the report.', example: '2026-06-30' })
  asOf!: string;

  @ListField(() => AgeView, { description: 'All ages, those without receivables too.', maxItems: 7 })
  ages!: AgeView[];

  @DecimalField({ description: 'Open principal of all ages, yuan.', example: '1520344.18', decimals: 2, digits: 18 })
  outstanding!: string;
}

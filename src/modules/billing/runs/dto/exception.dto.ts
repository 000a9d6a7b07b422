import { DecimalField, EnumField, FlagField, IdField, InstantField, IntField, JsonField, ListField, PageQuery, TextField, TextListField } from '../../../../platform/http';
import { EXCEPTION_STATES, REMEDIES } from '../exception-queries';

const CODE = /^[A-Z][A-Z0-9_]*\.[A-Z][A-Z0-9_]*$/;

export class ExceptionListQuery extends PageQuery {
  @TextField({ description: 'Only this code.', example: 'METERING.READING_MISSING', maxLength: 80, pattern: CODE, optional: true })
  code?: string;

  @EnumField({ values: EXCEPTION_STATES, description: 'Only exceptions in this state.', example: 'open', optional: true })
  state?: string;

  @IdField({ description: 'Only exceptions of this owner.', example: '5', optional: true })
  ownerUserId?: string;

  @FlagField({ description: 'Only exceptions that nobody owns.', example: true, optional: true })
  unowned?: boolean;

  @TextField({ description: 'Only this region.', example: '310101', maxLength: 32, optional: true })
  regionCode?: string;

  @TextField({ description: 'Only this account.', example: '1000000014', maxLength: 10, pattern: /^\d{10}$/, optional: true })
  accountNo?: string;

  @IntField({ description: 'Only exceptions that are, or were, open for at least so many hours.', example: 24, max: 87600, optional: true })
  olderThanHours?: number;
}

export class ExceptionFindingView {
  @TextField({ description: 'Code.', example: 'METERING.READING_MISSING', maxLength: 80 })
  code!: string;

  @TextField({ description: 'What it is about; empty for the account as a whole.', example: '0001/total', minLength: 0, maxLength: 200 })
  subject!: string;

  @JsonField({ description: 'Figures of the finding.', example: { expectedOn: '2026-06-01' } })
  params!: Readonly<Record<string, string>>;
}

/** An account that a run could not bill. */
export class ExceptionView {
  @IdField({ description: 'Identity of the exception.', example: '901' })
  exceptionId!: string;

  @TextField({ description: 'Account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @TextField({ description: 'Region of the account.', example: '310101', maxLength: 32 })
  regionCode!: string;

  @TextField({ description: 'Code of the first finding.', example: 'METERING.READING_MISSING', maxLength: 80 })
  code!: string;

  @TextField({ description: 'What the first finding is about.', example: '0001/total', minLength: 0, maxLength: 200 })
  subject!: string;

  @ListField(() => ExceptionFindingView, { description: 'Everything that was found.', maxItems: 1000 })
  findings!: readonly ExceptionFindingView[];

  @TextField({ description: 'Leads to the log where the fault was ours.', example: '0f7f3c1e-9d3b-4a76-8a5e-1f6f6f2d6a51', maxLength: 64, nullable: true })
  correlationId!: string | null;

  @EnumField({ values: EXCEPTION_STATES, description: 'State.', example: 'open' })
  state!: string;

  @IdField({ description: 'Who deals with it.', example: '5', nullable: true })
  ownerUserId!: string | null;

  @TextListField({ description: `What can be done: ${REMEDIES.codes.join(', ')}.`, example: ['correct-readings', 'recompute', 'exclude'], maxItems: 10, maxLength: 40 })
  remedies!: readonly string[];

  @InstantField({ description: 'Since when.', example: '2026-06-01T01:00:05.000Z' })
  openedAt!: string;

  @IntField({ description: 'Whole hours that it is or was open.', example: 7 })
  ageHours!: number;

  @InstantField({ description: 'When it was closed.', example: '2026-06-01T08:00:05.000Z', nullable: true })
  closedAt!: string | null;

  @IdField({ description: 'Who closed it.', example: '5', nullable: true })
  closedBy!: string | null;

  @TextField({ description: 'Why.', example: 'Vacant, supply is cut', maxLength: 500, nullable: true })
  closingReason!: string | null;
}

export class OwnerBody {
  @IdField({ description: 'User who deals with it from now on; null for nobody.', example: '5', nullable: true })
  ownerUserId!: string | null;
}

export class RecomputationView {
  @EnumField({ values: ['billed', 'exception', 'excluded'], description: 'excluded: a live bill exists already.', example: 'billed' })
  outcome!: string;

  @TextListField({ description: 'Numbers of the new bills.', example: ['20260500000012345'], maxItems: 50, maxLength: 17 })
  billNos!: readonly string[];

  @DecimalField({ description: 'Their total, yuan.', example: '218.40', decimals: 2, digits: 16, nullable: true })
  totalAmount!: string | null;

  @IdField({ description: 'The exception in place of the old one.', example: '902', nullable: true })
  exceptionId!: string | null;

  @TextField({ description: 'Its code.', example: 'METERING.READING_MISSING', maxLength: 80, nullable: true })
  code!: string | null;
}

import { type CodeOf, DecimalField, EnumField, IdField, InstantField, ListField, MonthField, PageQuery, TextField, TextListField } from '../../../../platform/http';
import { CANCELLATION_CAUSES, CANCELLATION_STATES, DEPENDENT_CHOICES, type DependentChoice } from '../cancellation.codes';
import { MAX_CANCELLED_TOGETHER } from '../dependent-bills';

export class NewCancellation {
  @TextField({ description: 'Why the bill is wrong.', example: 'the meter was read as 8200 instead of 2800', maxLength: 200 })
  reason!: string;

  @EnumField({ values: DEPENDENT_CHOICES, description: 'What is to become of bills that depend on this one; refused with their list unless told.', example: 'cancel', optional: true })
  dependents: DependentChoice = 'refuse';
}

export class CancellationDecision {
  @TextField({ description: 'Why it was decided so.', example: 'compared with the photograph of the meter', maxLength: 200 })
  reason!: string;
}

/** A bill that is cancelled together with others. */
export class CancelledTogetherView {
  @TextField({ description: 'Number of the bill.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @TextField({ description: 'Number of the account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;

  @TextField({ description: 'Supply circuit billed apart; null where the bill is for the account.', example: '1', maxLength: 64, nullable: true })
  supplyCircuitNo!: string | null;

  @DecimalField({ description: 'Total of the bill, yuan.', example: '218.40', decimals: 2, digits: 16, min: '-9999999999999999' })
  totalAmount!: string;

  @EnumField({ values: CANCELLATION_CAUSES, description: 'Why it is among them.', example: 'later-month' })
  cause!: CodeOf<typeof CANCELLATION_CAUSES>;
}

/** What the cancellation of a bill would take with it. */
export class CancellationPreviewView {
  @TextField({ description: 'Bill that was asked for.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @ListField(() => CancelledTogetherView, { description: 'All bills that would be cancelled, in the order in which they are billed again.', maxItems: MAX_CANCELLED_TOGETHER })
  bills!: CancelledTogetherView[];
}

export class RequestedBillView extends CancelledTogetherView {
  @TextListField({ description: 'Bills that took its place, once they are released.', example: ['20260500000000987'], maxItems: 100, maxLength: 17 })
  successorBillNos!: string[];
}

/** A request to cancel bills, and what was decided. */
export class CancellationRequestView {
  @IdField({ description: 'Identity of the request.', example: '31' })
  requestId!: string;

  @EnumField({ values: CANCELLATION_STATES, description: 'Whether it has taken effect.', example: 'requested' })
  state!: CodeOf<typeof CANCELLATION_STATES>;

  @TextField({ description: 'Why.', example: 'the meter was read as 8200 instead of 2800', maxLength: 200 })
  reason!: string;

  @IdField({ description: 'User who asked.', example: '7' })
  requestedBy!: string;

  @InstantField({ description: 'When it was asked for.', example: '2026-06-20T01:20:00.000Z' })
  requestedAt!: Date;

  @IdField({ description: 'User who decided.', example: '8', nullable: true })
  decidedBy!: string | null;

  @InstantField({ description: 'When it was decided: from then on the bills are not in force.', example: '2026-06-20T02:40:00.000Z', nullable: true })
  decidedAt!: Date | null;

  @TextField({ description: 'Why it was decided so.', example: 'compared with the photograph of the meter', maxLength: 200, nullable: true })
  decisionReason!: string | null;

  @ListField(() => RequestedBillView, { description: 'Its bills, in the order in which they are billed again.', maxItems: MAX_CANCELLED_TOGETHER })
  bills!: RequestedBillView[];
}

export class CancellationListQuery extends PageQuery {
  @EnumField({ values: CANCELLATION_STATES, description: 'Only requests in this state.', example: 'requested', optional: true })
  state?: string;

  @TextField({ description: 'Only requests with bills of this account.', example: '1000000014', maxLength: 10, pattern: /^[0-9]{10}$/, optional: true })
  accountNo?: string;
}

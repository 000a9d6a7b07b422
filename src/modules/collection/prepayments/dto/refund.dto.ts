import { type CodeOf, DateField, DecimalField, defineCodeList, EnumField, IdField, TextField } from '../../../../platform/http';
import { RequestListQuery, RequestView } from '../../requests/request.dto';

export const REFUND_STATES = defineCodeList('refund-states', [
  { code: 'requested', en: 'Waits for a second person', zh: '待审批' },
  { code: 'paid', en: 'Paid out', zh: '已退费' },
  { code: 'rejected', en: 'Rejected by the second person', zh: '未批准' },
  { code: 'withdrawn', en: 'Withdrawn by whoever asked', zh: '已撤回' },
]);

const REFUND_TENDERS = ['cash', 'transfer'] as const;
export type RefundTender = (typeof REFUND_TENDERS)[number];

export class NewRefund {
  @DecimalField({ description: 'What is paid back, yuan.', example: '120.00', decimals: 2, digits: 12, min: '0.01' })
  amount!: string;

  @EnumField({ values: REFUND_TENDERS, description: 'How it is paid out.', example: 'transfer' })
  tender!: RefundTender;

  @TextField({ description: 'Why.', example: 'the customer moves away', maxLength: 200 })
  reason!: string;
}

export class RefundView extends RequestView {
  @IdField({ description: 'Identity of the refund.', example: '301' })
  refundId!: string;

  @TextField({ description: 'Account whose prepayment it is.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @DecimalField({ description: 'What is paid back, yuan.', example: '120.00', decimals: 2, digits: 12 })
  amount!: string;

  @EnumField({ values: REFUND_TENDERS, description: 'How it is paid out.', example: 'transfer' })
  tender!: RefundTender;

  @TextField({ description: 'Why.', example: 'the customer moves away', maxLength: 200 })
  reason!: string;

  @EnumField({ values: REFUND_STATES, description: 'Paid at once, or waiting for a second person, or turned down.', example: 'requested' })
  state!: CodeOf<typeof REFUND_STATES>;

  @DateField({ description: 'Day on which it was paid out.', example: '2026-06-03', nullable: true })
  paidOn!: string | null;
}

export class RefundListQuery extends RequestListQuery {
  @EnumField({ values: REFUND_STATES, description: 'Only those in this state.', example: 'requested', optional: true })
  state?: CodeOf<typeof REFUND_STATES>;
}

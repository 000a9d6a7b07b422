import { type CodeOf, DateField, DecimalField, defineCodeList, EnumField, IdField, MonthField, TextField } from '../../../../platform/http';
import { RequestListQuery, RequestView } from '../../requests/request.dto';

export const WRITE_OFF_STATES = defineCodeList('write-off-states', [
  { code: 'requested', en: 'Waits for a second person', zh: '待审批' },
  { code: 'approved', en: 'Written off', zh: '已核销' },
  { code: 'rejected', en: 'Rejected by the second person', zh: '未批准' },
  { code: 'withdrawn', en: 'Withdrawn by whoever asked', zh: '已撤回' },
]);

export class NewWriteOff {
  @TextField({ description: 'Why it will never be paid.', example: 'the company was dissolved, no estate', maxLength: 200 })
  reason!: string;
}

export class WriteOffView extends RequestView {
  @IdField({ description: 'Identity of the write-off.', example: '88' })
  writeOffId!: string;

  @IdField({ description: 'Receivable.', example: '4001' })
  receivableId!: string;

  @TextField({ description: 'Account that owes it.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;

  @TextField({ description: 'Why it will never be paid.', example: 'the company was dissolved, no estate', maxLength: 200 })
  reason!: string;

  @EnumField({ values: WRITE_OFF_STATES, description: 'Whether it has taken effect.', example: 'requested' })
  state!: CodeOf<typeof WRITE_OFF_STATES>;

  @DateField({ description: 'Day of the approval.', example: '2026-06-03', nullable: true })
  approvedOn!: string | null;

  @DecimalField({ description: 'Principal that was given up, yuan; known at the approval.', example: '218.40', decimals: 2, digits: 16, nullable: true })
  amount!: string | null;
}

export class WriteOffListQuery extends RequestListQuery {
  @EnumField({ values: WRITE_OFF_STATES, description: 'Only those in this state.', example: 'requested', optional: true })
  state?: CodeOf<typeof WRITE_OFF_STATES>;
}

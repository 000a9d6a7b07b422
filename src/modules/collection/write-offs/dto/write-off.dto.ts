import { type CodeOf, DateField, DecimalField, defineCodeList, EnumField, IdField, TextField } from '../../../../platform/http';

export const WRITE_OFF_STATES = defineCodeList('write-off-states', [
  { code: 'requested', en: 'Waits for a second person', zh: '待审批' },
  { code: 'approved', en: 'Written off', zh: '已核销' },
]);

export class NewWriteOff {
  @TextField({ description: 'Why it will never be paid.', example: 'the company was dissolved, no estate', maxLength: 200 })
  reason!: string;
}

export class WriteOffView extends NewWriteOff {
  @IdField({ description: 'Identity of the write-off.', example: '88' })
  writeOffId!: string;

  @IdField({ description: 'Receivable.', example: '4001' })
  receivableId!: string;

  @EnumField({ values: WRITE_OFF_STATES, description: 'Whether it has taken effect.', example: 'requested' })
  state!: CodeOf<typeof WRITE_OFF_STATES>;

  @DateField({ description: 'Day of the request.', example: '2026-06-02' })
  requestedOn!: string;

  @DateField({ description: 'Day of the approval.', example: '2026-06-03', nullable: true })
  approvedOn!: string | null;

  @DecimalField({ description: 'Principal that was given up, yuan; known at the approval.', example: '218.40', decimals: 2, digits: 16, nullable: true })
  amount!: string | null;
}

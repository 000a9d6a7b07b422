import { DateField, EnumField, FlagField, ListField, MonthField, TextField } from '../../../../platform/http';
import { TOUCHED_PART_CODES } from '../../billing.codes';

export class TouchedPartView {
  @EnumField({ description: 'What was changed.', values: TOUCHED_PART_CODES, example: 'transformers' })
  part!: string;
}

/** A bill whose days were changed after its inputs had been frozen. */
export class TouchedBillView {
  @TextField({ description: 'Always BILLING.BILLED_PERIOD_TOUCHED.', example: 'BILLING.BILLED_PERIOD_TOUCHED', maxLength: 60 })
  code!: string;

  @TextField({ description: 'Number of the bill.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @MonthField({ description: 'Period of the bill.', example: '2026-05' })
  period!: string;

  @DateField({ description: 'First day billed.', example: '2026-05-01' })
  cycleFrom!: string;

  @DateField({ description: 'First day that is not billed any more.', example: '2026-06-01' })
  cycleTo!: string;

  @FlagField({ description: 'Whether the bill is issued; a draft is simply computed again.', example: true })
  released!: boolean;

  @ListField(() => TouchedPartView, { description: 'What stands otherwise on record now.', maxItems: 6 })
  parts!: readonly TouchedPartView[];
}

export class TouchedBillsView {
  @ListField(() => TouchedBillView, { description: 'Live bills of the last three years, the latest first; one that is cancelled falls out.', maxItems: 200 })
  items!: readonly TouchedBillView[];
}

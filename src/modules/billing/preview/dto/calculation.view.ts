import { DateField, EnumField, JsonField, ListField, MonthField, ObjectField, TextField } from '../../../../platform/http';
import { BILL_KINDS } from '../../billing.codes';
import { BillContentView } from '../../bills/dto/bill.view';

/** A bill that was computed and not stored. */
export class CalculationView {
  @TextField({ description: 'Version of the calculation.', example: '1.0.0', maxLength: 40 })
  engineVersion!: string;

  @TextField({ description: 'Account as the document names it.', example: '1000000014', maxLength: 60 })
  accountNo!: string;

  @EnumField({ description: 'What the bill is for.', example: 'periodic', values: BILL_KINDS })
  kind!: string;

  @DateField({ description: 'First day billed.', example: '2026-05-01' })
  cycleFrom!: string;

  @DateField({ description: 'First day that is not billed any more.', example: '2026-06-01' })
  cycleTo!: string;

  @MonthField({ description: 'Month that the bill is counted in.', example: '2026-05' })
  billingMonth!: string;

  @TextField({ description: 'What would be owed, yuan, tax included.', example: '30666.79', maxLength: 24 })
  totalAmount!: string;

  @TextField({
    description: 'SHA-256 of the result; equal to that of the stored bill of the same document.',
    example: '9f2c1d4be0a87c35f61e0d2b9a4c7715e3d8f09a6b21c44d5e7f8091a2b3c4d5',
    maxLength: 64,
  })
  resultHash!: string;

  @ObjectField(() => BillContentView, { description: 'What the bill says.' })
  content!: BillContentView;
}

/** A bill as it would be made now, with the document that it would be made from. */
export class PreviewView extends CalculationView {
  @JsonField({
    description: 'The calculation document (format wattledger.calculation/1).',
    example: { format: 'wattledger.calculation/1', accountNo: '1000000014', period: { from: '2026-05-01', to: '2026-06-01' } },
  })
  document!: object;
}

/** The bills of an account: one, or one for each circuit that is billed apart. */
export class PreviewsView {
  @ListField(() => PreviewView, { description: 'The bills of the account.', maxItems: 50 })
  items!: readonly PreviewView[];
}

/** Which month is to be previewed. */
export class PreviewInput {
  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;
}

import { DateField, DecimalField, EnumField, InstantField, MonthField, TextField } from '../../../../platform/http';
import { BILL_KINDS, BILL_STANDINGS } from '../../billing.codes';

/** The head of a bill, as lists show it. */
export class BillSummaryView {
  @TextField({ description: 'Number of the bill: period, ten digits, check digit.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @TextField({ description: 'Number of the account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;

  @EnumField({ description: 'What the bill is for.', example: 'periodic', values: BILL_KINDS })
  kind!: string;

  @EnumField({ description: 'What the bill is in force as.', example: 'issued', values: BILL_STANDINGS })
  standing!: string;

  @TextField({ description: 'Run that made the bill.', example: '12', maxLength: 19 })
  runId!: string;

  @TextField({ description: 'Supply circuit billed apart; null where the bill is for the account.', example: '1', maxLength: 64, nullable: true })
  supplyCircuitNo!: string | null;

  @DateField({ description: 'First day billed.', example: '2026-05-01' })
  cycleFrom!: string;

  @DateField({ description: 'First day that is not billed any more.', example: '2026-06-01' })
  cycleTo!: string;

  @TextField({ description: 'Category of use.', example: 'large-industrial', maxLength: 64 })
  category!: string;

  @TextField({ description: 'Price plan.', example: 'two-part-time-of-use', maxLength: 128 })
  planId!: string;

  @DecimalField({ description: 'Billed energy with losses, kWh.', example: '25581.28', decimals: 4 })
  energyKwh!: string;

  @DecimalField({ description: 'What is owed, yuan, tax included: the sum of the lines.', example: '30666.79', decimals: 2 })
  totalAmount!: string;

  @DecimalField({ description: 'Total without value-added tax, yuan.', example: '27138.75', decimals: 2 })
  netAmount!: string;

  @DecimalField({ description: 'Value-added tax in the total, yuan.', example: '3528.04', decimals: 2 })
  taxAmount!: string;

  @DecimalField({ description: 'Government funds and surcharges on top of the price, yuan.', example: '707.81', decimals: 2 })
  fundsAmount!: string;

  @InstantField({ description: 'When the bill was computed.', example: '2026-06-02T01:20:00.000Z' })
  createdAt!: Date;
}

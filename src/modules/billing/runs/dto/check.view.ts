import { DecimalField, IdField, InstantField, IntField, ListField, MonthField, ObjectField, TextField } from '../../../../platform/http';

export class TotalsRowView {
  @TextField({ description: 'Category or region.', example: 'residential', maxLength: 64 })
  key!: string;

  @IntField({ description: 'Accounts.', example: 17000 })
  accounts!: number;

  @DecimalField({ description: 'Billed energy, kWh.', example: '3401220', decimals: 4 })
  energyKwh!: string;

  @DecimalField({ description: 'Amount, yuan.', example: '2101344.18', decimals: 2, digits: 16 })
  amount!: string;

  @IntField({ description: 'Accounts of the month before.', example: 16990 })
  lastAccounts!: number;

  @DecimalField({ description: 'Energy of the month before, kWh.', example: '3390112', decimals: 4 })
  lastEnergyKwh!: string;

  @DecimalField({ description: 'Amount of the month before, yuan.', example: '2090051.77', decimals: 2, digits: 16 })
  lastAmount!: string;
}

export class SampleBillView {
  @TextField({ description: 'Account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @TextField({ description: 'Bill.', example: '20260500000012345', maxLength: 17 })
  billNo!: string;

  @TextField({ description: 'Category.', example: 'large-industrial', maxLength: 40 })
  category!: string;

  @DecimalField({ description: 'Amount, yuan.', example: '98211.40', decimals: 2, digits: 16 })
  amount!: string;

  @DecimalField({ description: 'Amount of the month before, yuan.', example: '41200.11', decimals: 2, digits: 16, nullable: true })
  lastAmount!: string | null;
}

export class CodeCountView {
  @TextField({ description: 'Code.', example: 'METERING.READING_MISSING', maxLength: 80 })
  code!: string;

  @IntField({ description: 'Accounts.', example: 14 })
  accounts!: number;
}

export class TariffUseView {
  @TextField({ description: 'Content hash of the tariff version.', example: 'b'.repeat(64), maxLength: 64 })
  hash!: string;

  @IntField({ description: 'Bills that name it.', example: 19800 })
  bills!: number;
}

export class JumpLimitsView {
  @IntField({ description: 'Percent.', example: 50 })
  percent!: number;

  @DecimalField({ description: 'Yuan.', example: '100.00', decimals: 2 })
  yuan!: string;
}

/** What an operator sees before a run is released. */
export class CheckReportView {
  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;

  @MonthField({ description: 'Released month that it is compared with.', example: '2026-04' })
  comparedWith!: string;

  @TextField({ description: 'Hash of the result that was checked.', example: 'a'.repeat(64), maxLength: 64 })
  resultHash!: string;

  @ObjectField(() => JumpLimitsView, { description: 'From which change on a bill counts as a jump.' })
  limits!: JumpLimitsView;

  @ListField(() => TotalsRowView, { description: 'Totals by category.', maxItems: 100 })
  byCategory!: readonly TotalsRowView[];

  @ListField(() => TotalsRowView, { description: 'Totals by region.', maxItems: 10000 })
  byRegion!: readonly TotalsRowView[];

  @ObjectField(() => TotalsRowView, { description: 'Totals of the run.' })
  total!: TotalsRowView;

  @IntField({ description: 'Bills of zero yuan.', example: 12 })
  zeroBills!: number;

  @IntField({ description: 'Negative bills.', example: 0 })
  negativeBills!: number;

  @IntField({ description: 'Bills that jumped against the month before.', example: 31 })
  jumps!: number;

  @ListField(() => SampleBillView, { description: 'The biggest jumps.', maxItems: 20 })
  jumpBills!: readonly SampleBillView[];

  @ListField(() => SampleBillView, { description: 'The biggest bills.', maxItems: 20 })
  largestBills!: readonly SampleBillView[];

  @ListField(() => SampleBillView, { description: 'The most negative bills.', maxItems: 20 })
  negativeBillSamples!: readonly SampleBillView[];

  @ListField(() => CodeCountView, { description: 'Open exceptions by code.', maxItems: 200 })
  exceptions!: readonly CodeCountView[];

  @ListField(() => CodeCountView, { description: 'Accounts left out, by reason.', maxItems: 20 })
  exclusions!: readonly CodeCountView[];

  @ListField(() => TariffUseView, { description: 'Tariff versions that the bills name.', maxItems: 1000 })
  tariffs!: readonly TariffUseView[];
}

export class RunCheckView {
  @IdField({ description: 'Identity of the check.', example: '5' })
  checkId!: string;

  @IdField({ description: 'Who made it.', example: '3' })
  madeBy!: string;

  @InstantField({ description: 'When.', example: '2026-06-01T02:00:00.000Z' })
  madeAt!: string;

  @ObjectField(() => CheckReportView, { description: 'The report.' })
  report!: CheckReportView;
}

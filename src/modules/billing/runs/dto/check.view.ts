import { DateField, DecimalField, EnumField, IdField, InstantField, IntField, ListField, MonthField, ObjectField, TextField } from '../../../../platform/http';
import { EXCLUSIONS } from '../checks/exclusions';
import { RunCountsView } from './run.view';

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

export class ExclusionCountView {
  @EnumField({ values: EXCLUSIONS, description: 'Why they were left out.', example: 'CLOSED' })
  code!: string;

  @IntField({ description: 'Accounts.', example: 14 })
  accounts!: number;
}

export class ExceptionCountView extends CodeCountView {
  @IntField({ description: 'All accounts that it was found for, also those dealt with since.', example: 20 })
  found!: number;

  @IntField({ description: 'Accounts of the run that the released regular runs of the month before found it for.', example: 12 })
  lastFound!: number;

  @EnumField({ values: ['new', 'more', 'same', 'fewer'], description: 'Against the month before; new: it had none.', example: 'more' })
  trend!: string;
}

export class ChangeBandView {
  @IntField({ description: 'From this change on, percent; null for all below.', example: -20, min: -100, nullable: true })
  from!: number | null;

  @IntField({ description: 'Up to, not including; null for all above.', example: -10, min: -100, nullable: true })
  to!: number | null;

  @IntField({ description: 'Bills.', example: 811 })
  bills!: number;
}

export class TariffUseView {
  @TextField({ description: 'Content hash of the tariff version.', example: 'b'.repeat(64), maxLength: 64 })
  hash!: string;

  @TextField({ description: 'Price book.', example: 'guangxi-2026', maxLength: 80, nullable: true })
  priceBook!: string | null;

  @TextField({ description: 'Version.', example: '2026.1', maxLength: 80, nullable: true })
  version!: string | null;

  @DateField({ description: 'In force from.', example: '2026-01-01', nullable: true })
  validFrom!: string | null;

  @DateField({ description: 'Until the day before; null while it is open.', example: '2026-07-01', nullable: true })
  validTo!: string | null;

  @EnumField({ values: ['in-force', 'ends-in-period', 'expired', 'not-published'], description: 'How its days lie to the month.', example: 'in-force' })
  standing!: string;

  @IntField({ description: 'Bills that name it.', example: 19800 })
  bills!: number;

  @IntField({ description: 'Of these, bills that name another version, too; they count under both.', example: 0 })
  sharedBills!: number;

  @DecimalField({ description: 'Energy of these bills, kWh.', example: '3401220', decimals: 4 })
  energyKwh!: string;

  @DecimalField({ description: 'Amount of these bills, yuan.', example: '2101344.18', decimals: 2, digits: 16 })
  amount!: string;
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

  @ObjectField(() => RunCountsView, { description: 'Where the accounts are: accounts = billed + excluded + exceptions, found again in bills, members and exceptions.' })
  population!: RunCountsView;

  @ListField(() => TotalsRowView, { description: 'Totals by category.', maxItems: 100 })
  byCategory!: readonly TotalsRowView[];

  @ListField(() => TotalsRowView, { description: 'Totals by region.', maxItems: 10000 })
  byRegion!: readonly TotalsRowView[];

  @ObjectField(() => TotalsRowView, { description: 'Totals of the run.' })
  total!: TotalsRowView;

  @IntField({ description: 'Bills of zero yuan.', example: 12 })
  zeroBills!: number;

  @IntField({ description: 'Of the month before.', example: 10 })
  lastZeroBills!: number;

  @IntField({ description: 'Negative bills.', example: 0 })
  negativeBills!: number;

  @IntField({ description: 'Of the month before.', example: 0 })
  lastNegativeBills!: number;

  @IntField({ description: 'Bills of accounts that had none in the month before.', example: 41 })
  newBills!: number;

  @IntField({ description: 'Bills that accounts of the run had in the month before and have not now.', example: 29 })
  goneBills!: number;

  @ListField(() => ChangeBandView, { description: 'Bills by change of their amount against the month before.', maxItems: 40 })
  changes!: readonly ChangeBandView[];

  @IntField({ description: 'Bills that jumped against the month before.', example: 31 })
  jumps!: number;

  @ListField(() => SampleBillView, { description: 'The biggest jumps.', maxItems: 20 })
  jumpBills!: readonly SampleBillView[];

  @ListField(() => SampleBillView, { description: 'The biggest bills.', maxItems: 20 })
  largestBills!: readonly SampleBillView[];

  @ListField(() => SampleBillView, { description: 'The most negative bills.', maxItems: 20 })
  negativeBillSamples!: readonly SampleBillView[];

  @ListField(() => SampleBillView, { description: 'Bills of zero yuan, those with energy first.', maxItems: 20 })
  zeroBillSamples!: readonly SampleBillView[];

  @ListField(() => ExceptionCountView, { description: 'Exceptions by code; accounts are the open ones.', maxItems: 200 })
  exceptions!: readonly ExceptionCountView[];

  @ListField(() => ExclusionCountView, { description: 'Accounts left out, by reason.', maxItems: 20 })
  exclusions!: readonly ExclusionCountView[];

  @ListField(() => TariffUseView, { description: 'Tariff versions that the bills name.', maxItems: 1000 })
  tariffs!: readonly TariffUseView[];

  @IntField({ description: 'Open exceptions for want of a tariff version, plan or price.', example: 0 })
  withoutTariff!: number;
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

/** A bill that jumped, in the list of all of them. */
export class JumpView extends SampleBillView {
  @TextField({ description: 'Region.', example: '310101', maxLength: 32 })
  regionCode!: string;

  @DecimalField({ description: 'By how much the amount changed, yuan, without sign.', example: '57011.29', decimals: 2, digits: 16 })
  change!: string;
}

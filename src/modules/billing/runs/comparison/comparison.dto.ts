import { DecimalField, EnumField, IdField, IntField, ListField, MonthField, ObjectField, PageQuery, TextField } from '../../../../platform/http';
import { ChangeBandView, TotalsRowView } from '../dto/check.view';

export class ComparisonQuery {
  @IdField({ description: 'Run to compare with; left out, of the regular runs of the period the released one that shares most accounts, or the computed one that does.', example: '17', optional: true })
  with?: string;
}

export class ComparisonPageQuery extends ComparisonQuery {
  @EnumField({ description: 'Language of the page; by Accept-Language where it is left out.', example: 'zh', values: ['zh', 'en'], optional: true })
  lang?: 'zh' | 'en';
}

export class ComparedBillsQuery extends PageQuery {
  @IdField({ description: 'Run to compare with; left out, of the regular runs of the period the released one that shares most accounts, or the computed one that does.', example: '17', optional: true })
  with?: string;

  @TextField({ description: 'Only this category.', example: 'residential', maxLength: 40, optional: true })
  category?: string;

  @TextField({ description: 'Only this region.', example: '310101', maxLength: 32, optional: true })
  regionCode?: string;

  @EnumField({ values: ['more', 'less'], description: 'Only bills that cost more, or less, in this run.', example: 'more', optional: true })
  direction?: 'more' | 'less';

  @TextField({ description: 'Only this account.', example: '1000000014', maxLength: 10, pattern: /^\d{10}$/, optional: true })
  accountNo?: string;
}

export class DifferingView {
  @IntField({ description: 'Bills.', example: 8120 })
  bills!: number;

  @DecimalField({ description: 'What they differ by together, yuan, without sign.', example: '120331.07', decimals: 2, digits: 16 })
  amount!: string;
}

/** Two runs against each other. Figures without a prefix are the run's, those with `last` the other one's. */
export class ComparisonView {
  @IdField({ description: 'The run.', example: '18' })
  runId!: string;

  @MonthField({ description: 'Its period.', example: '2026-05' })
  period!: string;

  @IdField({ description: 'The run that it is compared with.', example: '17' })
  withRunId!: string;

  @MonthField({ description: 'Its period.', example: '2026-05' })
  withPeriod!: string;

  @ObjectField(() => TotalsRowView, { description: 'Totals.' })
  total!: TotalsRowView;

  @ListField(() => TotalsRowView, { description: 'Totals by category.', maxItems: 100 })
  byCategory!: readonly TotalsRowView[];

  @ListField(() => TotalsRowView, { description: 'Totals by region.', maxItems: 10000 })
  byRegion!: readonly TotalsRowView[];

  @IntField({ description: 'Bills that both runs have.', example: 19800 })
  both!: number;

  @ObjectField(() => DifferingView, { description: 'Bills that cost more in this run.' })
  more!: DifferingView;

  @ObjectField(() => DifferingView, { description: 'Bills that cost less in this run.' })
  less!: DifferingView;

  @IntField({ description: 'Bills of equal amounts.', example: 11000 })
  equal!: number;

  @IntField({ description: 'Bills that this run alone has.', example: 0 })
  onlyInRun!: number;

  @IntField({ description: 'Bills that the other run alone has.', example: 3 })
  onlyInOther!: number;

  @ListField(() => ChangeBandView, { description: "Bills by the difference in percent of the other run's amount.", maxItems: 40 })
  changes!: readonly ChangeBandView[];
}

/** One bill in both runs. */
export class ComparedBillView {
  @TextField({ description: 'Account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @TextField({ description: 'Supply circuit where circuits are billed apart.', example: '1', minLength: 0, maxLength: 32 })
  supplyCircuit!: string;

  @TextField({ description: 'Region.', example: '310101', maxLength: 32 })
  regionCode!: string;

  @TextField({ description: 'Category.', example: 'residential', maxLength: 40 })
  category!: string;

  @TextField({ description: 'Bill of this run; null where it has none.', example: '20260590000000016', maxLength: 17, nullable: true })
  billNo!: string | null;

  @DecimalField({ description: 'Its amount, yuan.', example: '121.11', decimals: 2, digits: 16, nullable: true })
  amount!: string | null;

  @DecimalField({ description: 'Its energy, kWh.', example: '218', decimals: 4, nullable: true })
  energyKwh!: string | null;

  @TextField({ description: 'Bill of the other run; null where it has none.', example: '20260500000000124', maxLength: 17, nullable: true })
  withBillNo!: string | null;

  @DecimalField({ description: 'Its amount, yuan.', example: '118.40', decimals: 2, digits: 16, nullable: true })
  withAmount!: string | null;

  @DecimalField({ description: 'Its energy, kWh.', example: '218', decimals: 4, nullable: true })
  withEnergyKwh!: string | null;

  @DecimalField({ description: "This run's amount less the other one's, yuan.", example: '2.71', decimals: 2, digits: 16 })
  difference!: string;
}

import { DecimalField, EnumField, IdField, InstantField, IntField, ListField, TextField, TextListField } from '../../../../../platform/http';
import { SAMPLE_REASONS, SETTLEMENTS, VERDICTS, type Verdict } from '../sample';

const BILL_NO = /^\d{17}$/;

export class SampleBody {
  @IntField({ description: 'Bills at random, about so many: shared among the pairs of category and plan by their size, one of each at least.', example: 30, min: 1, max: 500, optional: true, default: 30 })
  random: number = 30;

  @IntField({ description: 'Of the largest bills.', example: 10, max: 20, optional: true, default: 10 })
  largest: number = 10;

  @IntField({ description: 'Of the biggest jumps that the newest check found.', example: 10, max: 20, optional: true, default: 10 })
  jumps: number = 10;

  @TextField({ description: 'Start of the random order; the same seed draws the same accounts again. Left out, one is drawn and stored.', example: '20260531', maxLength: 18, pattern: /^\d{1,18}$/, optional: true })
  seed?: string;
}

export class VerdictBody {
  @TextField({ description: 'Bill of the sample.', example: '20260500000000124', maxLength: 17, pattern: BILL_NO })
  billNo!: string;

  @EnumField({ values: VERDICTS, description: 'What the look at it showed.', example: 'right' })
  verdict!: Verdict;

  @TextField({ description: 'What was seen; required where it is wrong.', example: 'Energy agrees with the photograph of the dial', maxLength: 500, optional: true, nullable: true })
  note?: string | null;
}

export class VerdictsBody {
  @ListField(() => VerdictBody, { description: 'Bills that were looked at.', minItems: 1, maxItems: 200 })
  verdicts!: VerdictBody[];
}

export class VerificationBody {
  @TextField({ description: 'What was looked at; it stands in the history.', example: 'Sample of 46 bills looked through, totals plausible', maxLength: 500 })
  note!: string;
}

/** A drawn bill with last month's beside it. */
export class SampledBillView {
  @TextField({ description: 'Bill.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @TextField({ description: 'Account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @TextField({ description: 'Region.', example: '310101', maxLength: 32 })
  regionCode!: string;

  @TextField({ description: 'Category.', example: 'residential', maxLength: 40 })
  category!: string;

  @TextField({ description: 'Price plan.', example: 'household', maxLength: 80 })
  planId!: string;

  @DecimalField({ description: 'Billed energy, kWh.', example: '218', decimals: 4 })
  energyKwh!: string;

  @DecimalField({ description: 'Amount, yuan.', example: '118.40', decimals: 2, digits: 16 })
  amount!: string;

  @TextField({ description: 'Bill of the month before.', example: '20260400000000119', maxLength: 17, nullable: true })
  lastBillNo!: string | null;

  @DecimalField({ description: 'Its energy, kWh.', example: '197', decimals: 4, nullable: true })
  lastEnergyKwh!: string | null;

  @DecimalField({ description: 'Its amount, yuan.', example: '106.11', decimals: 2, digits: 16, nullable: true })
  lastAmount!: string | null;

  @TextListField({ description: `Why it was drawn: ${SAMPLE_REASONS.codes.join(', ')}.`, example: ['random'], maxItems: 4, maxLength: 20 })
  drawnAs!: readonly string[];

  @EnumField({ values: VERDICTS, description: 'What the look at it showed; null while nobody looked.', example: 'right', nullable: true })
  verdict!: string | null;

  @TextField({ description: 'What was seen.', example: 'Energy agrees with the photograph of the dial', maxLength: 500, nullable: true })
  note!: string | null;

  @IdField({ description: 'Who looked.', example: '3', nullable: true })
  lookedBy!: string | null;

  @InstantField({ description: 'When.', example: '2026-06-01T03:00:00.000Z', nullable: true })
  lookedAt!: string | null;

  @EnumField({ values: SETTLEMENTS, description: 'What became of it where it did not stay as it was.', example: 'recomputed', nullable: true })
  settled!: string | null;

  @IdField({ description: 'By whom.', example: '3', nullable: true })
  settledBy!: string | null;

  @InstantField({ description: 'When.', example: '2026-06-01T03:30:00.000Z', nullable: true })
  settledAt!: string | null;

  @TextField({ description: 'Why.', example: 'Reading corrected', maxLength: 500, nullable: true })
  settledReason!: string | null;
}

export class SampleSummaryView {
  @IdField({ description: 'Identity of the sample.', example: '4' })
  sampleId!: string;

  @TextField({ description: 'Start of the random order.', example: '20260531', maxLength: 18 })
  seed!: string;

  @IntField({ description: 'Asked for at random.', example: 30 })
  random!: number;

  @IntField({ description: 'Asked for of the largest.', example: 10 })
  largest!: number;

  @IntField({ description: 'Asked for of the jumps.', example: 10 })
  jumps!: number;

  @IntField({ description: 'Bills in it.', example: 46 })
  bills!: number;

  @IntField({ description: 'Nobody looked at yet.', example: 12 })
  open!: number;

  @IntField({ description: 'Found wrong, and neither mended nor let through.', example: 0 })
  wrong!: number;

  @IdField({ description: 'Who drew it.', example: '3' })
  drawnBy!: string;

  @InstantField({ description: 'When.', example: '2026-06-01T02:30:00.000Z' })
  drawnAt!: string;
}

/** A sample with its bills, by category and plan. */
export class SampleView extends SampleSummaryView {
  @ListField(() => SampledBillView, { description: 'The bills.', maxItems: 2000 })
  items!: SampledBillView[];
}

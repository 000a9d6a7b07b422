import { DateField, DecimalField, EnumField, InstantField, IntField, JsonField, ListField, ObjectField, TextField, TextListField } from '../../../../platform/http';
import { BILL_LINE_GROUPS, BILL_PRICE_PERIODS } from '../../billing.codes';
import { BillSummaryView } from './bill-summary.view';

const HASH = '9f2c1d4be0a87c35f61e0d2b9a4c7715e3d8f09a6b21c44d5e7f8091a2b3c4d5';

/** A name in both languages. */
export class LabelView {
  @TextField({ description: 'In Chinese.', example: '电度电费', maxLength: 200 })
  zh!: string;

  @TextField({ description: 'In English.', example: 'Energy', maxLength: 200 })
  en!: string;
}

/** One priced item of a bill. */
export class BillLineView {
  @IntField({ description: 'Number of the line, from 1.', example: 1, min: 1 })
  lineNo!: number;

  @EnumField({ description: 'Group of lines.', example: 'energy-charge', values: BILL_LINE_GROUPS })
  group!: string;

  @TextField({ description: 'What is charged inside the group.', example: 'energy', maxLength: 128 })
  item!: string;

  @ObjectField(() => LabelView, { description: 'Name of the item.' })
  label!: LabelView;

  @TextField({ description: 'Usage point that the energy comes from.', example: '0001', maxLength: 64, optional: true })
  usagePointNo?: string;

  @IntField({ description: 'Segment of the cycle, where it was cut.', example: 1, min: 1, optional: true })
  segment?: number;

  @EnumField({ description: 'Period of the day.', example: 'peak', values: BILL_PRICE_PERIODS, optional: true })
  pricePeriod?: string;

  @TextField({ description: 'Season of the price.', example: 'wet', maxLength: 64, optional: true })
  season?: string;

  @DecimalField({ description: 'Quantity in the unit of the line.', example: '6910.35', decimals: 4 })
  quantity!: string;

  @TextField({ description: 'Unit of the quantity.', example: 'kWh', maxLength: 20 })
  unit!: string;

  @DecimalField({ description: 'Price per unit, yuan.', example: '0.642117', decimals: 8 })
  price!: string;

  @DecimalField({ description: 'Amount before rounding, yuan.', example: '4437.25321095', decimals: 12, digits: 18 })
  exactAmount!: string;

  @DecimalField({ description: 'Amount rounded once to the fen, yuan.', example: '4437.25', decimals: 2 })
  amount!: string;

  @TextField({ description: 'Rule that made the line.', example: 'energy-charge', maxLength: 128 })
  rule!: string;

  @TextField({ description: 'Content hash of the tariff version that gave the price.', example: HASH, maxLength: 64, optional: true })
  tariffHash?: string;

  @TextListField({
    description: 'Workings and inputs that quantity and price were made from.',
    example: ['point:0001:peak:billed'],
    maxItems: 1000,
    maxLength: 200,
  })
  from!: readonly string[];
}

/** One working: a named figure with the arithmetic that made it. */
export class BillFigureView {
  @TextField({ description: 'Name of the figure, unique in the bill.', example: 'point:0001:peak:metered', maxLength: 200 })
  id!: string;

  @TextField({ description: 'Rule that made it.', example: 'register-consumption', maxLength: 128 })
  rule!: string;

  @DecimalField({ description: 'Value in its unit.', example: '6910.35', decimals: 24, digits: 24 })
  value!: string;

  @TextField({ description: 'Unit.', example: 'kWh', maxLength: 20 })
  unit!: string;

  @JsonField({ description: 'Operands by name, in the order of the arithmetic.', example: { startReading: '100.00', endReading: '115.3563', multiplier: '450' } })
  inputs!: Readonly<Record<string, string>>;
}

/** Something that a person should see. */
export class BillFindingView {
  @TextField({ description: 'Stable code.', example: 'METERING.ZERO_USE', maxLength: 100 })
  code!: string;

  @EnumField({ description: 'Whether it keeps the bill from being issued.', example: 'notice', values: ['blocking', 'notice'] })
  severity!: string;

  @TextField({ description: 'What it is about.', example: '0001', maxLength: 200, minLength: 0 })
  subject!: string;

  @JsonField({ description: 'Figures for the message.', example: { energyKwh: '0' } })
  params!: Readonly<Record<string, string>>;
}

/** A stretch of days under one set of rules. */
export class BillSegmentView {
  @IntField({ description: 'Number of the segment, from 1.', example: 1, min: 1 })
  segment!: number;

  @DateField({ description: 'First day.', example: '2026-05-01' })
  from!: string;

  @DateField({ description: 'First day after it.', example: '2026-06-01' })
  to!: string;

  @TextField({ description: 'Content hash of the tariff version.', example: HASH, maxLength: 64 })
  tariffHash!: string;

  @TextField({ description: 'Price book.', example: 'guangdong', maxLength: 128 })
  priceBook!: string;

  @TextField({ description: 'Version of the price book.', example: '2026-05', maxLength: 128 })
  tariffVersion!: string;

  @TextField({ description: 'Price plan.', example: 'two-part-time-of-use', maxLength: 128 })
  planId!: string;

  @TextField({ description: 'Season; null where the plan knows none.', example: 'wet', maxLength: 64, nullable: true })
  season!: string | null;
}

/** What a computed bill says, stored or not. */
export class BillContentView {
  @ListField(() => BillLineView, { description: 'The priced items; they add up to the total.', maxItems: 20_000 })
  lines!: readonly BillLineView[];

  @ListField(() => BillFigureView, { description: 'The workings.', maxItems: 20_000 })
  figures!: readonly BillFigureView[];

  @ListField(() => BillFindingView, { description: 'What a person should see.', maxItems: 1_000 })
  findings!: readonly BillFindingView[];

  @ListField(() => BillSegmentView, { description: 'Stretches of the cycle under one set of rules.', maxItems: 1_000 })
  segments!: readonly BillSegmentView[];

  @JsonField({
    description: 'Totals: net and tax, sums of the groups, funds on top of and inside the price, average price.',
    example: { totalAmount: '30666.79', byGroup: { 'energy-charge': '13206.79', 'capacity-charge': '14238.00' } },
  })
  totals!: object;

  @JsonField({ description: 'What the next bill needs to know of this one.', example: { blockUsedKwh: '650', blockYear: '2026' } })
  carried!: object;
}

/** A stored bill with its lines, references, workings, and what it hands to the next bill. */
export class BillView extends BillSummaryView {
  @TextField({ description: 'Version of the calculation that made the bill.', example: '1.0.0', maxLength: 40 })
  engineVersion!: string;

  @TextField({ description: 'SHA-256 of the document that the bill was computed from.', example: HASH, maxLength: 64 })
  documentHash!: string;

  @TextField({ description: 'SHA-256 of the result, free of ids, numbers and instants.', example: HASH, maxLength: 64 })
  resultHash!: string;

  @InstantField({ description: 'When it was cancelled; null while it is in force.', example: '2026-06-20T02:40:00.000Z', nullable: true })
  cancelledAt!: Date | null;

  @TextListField({ description: 'Cancelled bills whose place it took.', example: ['20260500000000124'], maxItems: 100, maxLength: 17 })
  predecessorBillNos!: readonly string[];

  @TextListField({ description: 'Bills that took its place after it was cancelled.', example: [], maxItems: 100, maxLength: 17 })
  successorBillNos!: readonly string[];

  @ObjectField(() => BillContentView, { description: 'What the bill says.' })
  content!: BillContentView;
}

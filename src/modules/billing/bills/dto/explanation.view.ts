import { IntField, ListField, TextField, TextListField } from '../../../../platform/http';

/** One line of a bill in words. */
export class ExplainedLineView {
  @IntField({ description: 'Number of the line.', example: 1, min: 1 })
  lineNo!: number;

  @TextField({ description: 'What is charged, and where.', example: 'Energy, peak [usage point 0001]', maxLength: 400 })
  title!: string;

  @TextField({ description: 'The arithmetic.', example: '6910.35 kWh × 0.642117 = 4437.25 (before rounding 4437.25321095)', maxLength: 400 })
  arithmetic!: string;

  @TextField({ description: 'Amount, yuan.', example: '4437.25', maxLength: 24 })
  amount!: string;

  @TextListField({ description: 'The workings that it was made from.', example: ['point 0001 peak · billed energy: metered 6910.35 = 6910.35 kWh'], maxItems: 1000, maxLength: 1000 })
  workings!: readonly string[];
}

/** A group of lines in words. */
export class ExplainedGroupView {
  @TextField({ description: 'Group of lines.', example: 'energy-charge', maxLength: 40 })
  group!: string;

  @TextField({ description: 'Its name.', example: 'Energy charge', maxLength: 100 })
  title!: string;

  @TextField({ description: 'Sum of its lines, yuan.', example: '13206.79', maxLength: 24 })
  amount!: string;

  @ListField(() => ExplainedLineView, { description: 'Its lines.', maxItems: 20_000 })
  lines!: readonly ExplainedLineView[];
}

/** A bill in words, in the language of the request. */
export class ExplanationView {
  @TextField({ description: 'Number of the bill.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @TextField({ description: 'Title.', example: 'Electricity bill', maxLength: 100 })
  title!: string;

  @TextListField({ description: 'Account, cycle and price versions.', example: ['Account 1000000014 · Billing month 2026-05'], maxItems: 1000, maxLength: 1000 })
  head!: readonly string[];

  @TextListField({ description: 'From readings to billed energy and charged capacity.', example: ['point 0001 peak · (115.3563 − 100.0000) × 450 = 6910.35 kWh'], maxItems: 20_000, maxLength: 1000 })
  workings!: readonly string[];

  @ListField(() => ExplainedGroupView, { description: 'The charges.', maxItems: 20 })
  groups!: readonly ExplainedGroupView[];

  @TextListField({ description: 'Total, tax, levies inside the price, average price.', example: ['Total 30666.79 (net 27138.75 + tax 13 % 3528.04)'], maxItems: 200, maxLength: 1000 })
  totals!: readonly string[];

  @TextListField({ description: 'What a person should see.', example: ['notice: METERING.ZERO_USE · 0001'], maxItems: 1000, maxLength: 1000 })
  findings!: readonly string[];
}

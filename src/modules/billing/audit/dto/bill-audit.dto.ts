import type { PrintedPart } from '../../../../core/bill/audit-bill';
import { DecimalField, EnumField, FlagField, IntField, JsonField, ListField, MonthField, TextField, TextListField } from '../../../../platform/http';
import { BILL_PRICE_PERIODS } from '../../billing.codes';
import { ExplainedLineView } from '../../bills/dto/explanation.view';
import { DOCUMENT_EXAMPLE } from '../../preview/example-document';
import { PRINTED_GROUPS, PRINTED_LINE_PARTS } from '../audit.codes';

/** A figure as it is printed on the bill from elsewhere, and what it stands for. */
export class PrintedFigureInput {
  @EnumField({ description: 'Group of lines, figure of the whole bill, or `working`.', example: 'energy-charge', values: PRINTED_GROUPS })
  group!: string;

  @TextField({ description: 'Item of the lines: component, levy, block, transformer, circuit. Of a working its id.', example: 'energy', maxLength: 200, optional: true })
  item?: string;

  @EnumField({ description: 'Price period of the lines.', example: 'peak', values: BILL_PRICE_PERIODS, optional: true })
  pricePeriod?: string;

  @TextField({ description: 'Usage point of the lines.', example: '0001', maxLength: 60, optional: true })
  usagePointNo?: string;

  @EnumField({ description: 'What of the lines is printed; the amount where left out.', example: 'amount', values: PRINTED_LINE_PARTS, optional: true })
  of?: PrintedPart;

  @DecimalField({ description: 'The figure as printed.', example: '13206.79', decimals: 8, digits: 24 })
  printed!: string;
}

/** A bill or invoice from elsewhere: what it was made from, and what it says. */
export class BillAuditInput {
  @JsonField({ description: 'The calculation document: readings, prices, terms (format wattledger.calculation/1).', example: DOCUMENT_EXAMPLE })
  document!: object;

  @ListField(() => PrintedFigureInput, { description: 'The printed figures.', minItems: 1, maxItems: 500 })
  printed!: readonly PrintedFigureInput[];
}

/** A printed figure beside the right one. */
export class AuditedFigureView extends PrintedFigureInput {
  @FlagField({ description: 'Whether it is right.', example: false })
  correct!: boolean;

  @TextField({ description: 'The right figure; null where the bill has nothing of the kind.', example: '13006.79', maxLength: 60, nullable: true })
  right!: string | null;

  @TextField({ description: 'Printed less right.', example: '200.00', maxLength: 60 })
  difference!: string;

  @TextListField({ description: 'How the right figure comes about, in the language of the request.', example: ['Energy, peak [usage point 0001]: 6910.35 kWh × 0.642117 = 4437.25'], maxItems: 20_000, maxLength: 1000 })
  working!: readonly string[];
}

/** What is wrong with a bill from elsewhere. */
export class BillAuditView {
  @TextField({ description: 'Version of the calculation.', example: '1.2.0', maxLength: 40 })
  engineVersion!: string;

  @TextField({ description: 'Account as the document names it.', example: '1000000014', maxLength: 60 })
  accountNo!: string;

  @MonthField({ description: 'Month that the bill is counted in.', example: '2026-05' })
  billingMonth!: string;

  @TextField({ description: 'The right total, yuan, tax included.', example: '30666.79', maxLength: 24 })
  totalAmount!: string;

  @IntField({ description: 'How many of the printed figures are wrong.', example: 1, min: 0 })
  wrong!: number;

  @ListField(() => AuditedFigureView, { description: 'The printed figures in their order, each with the right one and its working.', maxItems: 500 })
  figures!: readonly AuditedFigureView[];

  @ListField(() => ExplainedLineView, { description: 'Lines of the right bill that no printed amount stands for.', maxItems: 20_000 })
  notPrinted!: readonly ExplainedLineView[];

  @TextListField({ description: 'What a person must look at, such as not enough energy to deduct.', example: [], maxItems: 1000, maxLength: 1000 })
  findings!: readonly string[];
}

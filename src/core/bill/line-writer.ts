import { Decimal, round, text } from '../quantity';
import type { Label, PricePeriod } from '../tariff';
import type { BillLine, LineGroup, LineUnit } from './bill';
import type { Segment } from './segments';
import type { Mutable, Work, WorkLine } from './work';

/** Places of an exact amount that are kept: energy 4 + price 8. */
const EXACT_DECIMALS = 12;

/** Places of a printed quantity; the amount is made from the unrounded one. */
export const QUANTITY_DECIMALS = 4;

/** A line as the steps of the calculation hand it over; amounts are still decimals. */
export interface LineDraft {
  readonly group: LineGroup;
  readonly item: string;
  readonly label: Label;
  readonly quantity: Decimal;
  readonly unit: LineUnit;
  /** As printed. */
  readonly price: string;
  readonly exactAmount: Decimal;
  readonly amount: Decimal;
  readonly rule: string;
  readonly from: readonly string[];
  /** What of it stands in the base of the power-factor adjustment; null where nothing does. */
  readonly base: Decimal | null;
  readonly usagePointNo?: string | undefined;
  readonly pricePeriod?: PricePeriod | undefined;
  readonly season?: string | null | undefined;
}

function places(value: Decimal, most: number): string {
  const plain = text(value);
  const point = plain.indexOf('.');
  return point >= 0 && plain.length - point - 1 > most ? text(round(value, most)) : plain;
}

/**
 * A line ready for the bill. A segment is printed only where the cycle was cut; `null` for a line of the whole bill.
 * Optional members are set one by one: copying objects apart would cost more than the arithmetic.
 */
export function makeLine(work: Work, segment: Segment | null, draft: LineDraft): WorkLine {
  const line: Mutable<BillLine> = {
    lineNo: 0,
    group: draft.group,
    item: draft.item,
    label: draft.label,
    quantity: places(draft.quantity, QUANTITY_DECIMALS),
    unit: draft.unit,
    price: draft.price,
    exactAmount: places(draft.exactAmount, EXACT_DECIMALS),
    amount: text(draft.amount, 2),
    rule: draft.rule,
    from: draft.from,
  };
  if (draft.usagePointNo !== undefined) line.usagePointNo = draft.usagePointNo;
  if (draft.pricePeriod !== undefined) line.pricePeriod = draft.pricePeriod;
  if (draft.season !== undefined && draft.season !== null) line.season = draft.season;
  if (segment !== null) {
    line.tariffHash = segment.tariff.hash;
    if (work.segments.length > 1) line.segment = segment.index + 1;
  }
  return { line, rounded: draft.amount, base: draft.base };
}

/** Makes a line and adds it to the bill. */
export function addLine(work: Work, segment: Segment | null, draft: LineDraft): void {
  work.lines.push(makeLine(work, segment, draft));
}

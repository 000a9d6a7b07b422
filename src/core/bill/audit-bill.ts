import { dec, Decimal, text, ZERO } from '../quantity';
import type { Bill, BillLine } from './bill';
import type { AuditedFigure, PrintedFigure } from './check-bill';

function sumOf(lines: readonly BillLine[]): Decimal {
  return lines.reduce((total, line) => total.plus(dec(line.amount)), ZERO);
}

/**
 * Bill audit: holds the figures printed on a bill from elsewhere against the bill computed from its readings and
 * prices. A printed figure names a group of lines, and where wanted an item and a period; `total` names the bill.
 * Figures are equal when their values are, whatever their trailing zeros.
 */
export function auditFigures(bill: Bill, printed: readonly PrintedFigure[]): AuditedFigure[] {
  return printed.map((figure) => {
    const lines = bill.lines.filter(
      (line) =>
        (figure.group === 'total' || line.group === figure.group) &&
        (figure.item === undefined || line.item === figure.item) &&
        (figure.pricePeriod === undefined || line.pricePeriod === figure.pricePeriod),
    );
    const right = figure.group === 'total' ? dec(bill.totals.totalAmount) : lines.length === 0 ? null : sumOf(lines);
    const given = dec(figure.printed);
    return {
      ...figure,
      right: right === null ? null : text(right, 2),
      correct: right === null ? given.isZero() : right.equals(given),
      lineNos: lines.map((line) => line.lineNo),
    };
  });
}

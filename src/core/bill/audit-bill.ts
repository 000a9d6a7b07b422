import { dec, Decimal, sum, text } from '../quantity';
import type { Bill, BillLine } from './bill';
import { explainBill, explainFigure, type ExplanationLanguage } from './explain';

/** Figures of the whole bill that a bill from elsewhere may print. */
export const PRINTED_TOTALS = ['total', 'net', 'tax', 'funds', 'energy', 'average-price'] as const;
export type PrintedTotal = (typeof PRINTED_TOTALS)[number];

/** What of a line is printed. */
export const PRINTED_PARTS = ['amount', 'quantity', 'price'] as const;
export type PrintedPart = (typeof PRINTED_PARTS)[number];

/** A figure of a bill made elsewhere: what it stands for, and what was printed. */
export interface PrintedFigure {
  /** A group of lines (narrowed by item, period and usage point), a figure of the whole bill (`total`, `tax` …), or `working`. */
  readonly group: string;
  /** Item of the lines; of a working its id, for example `point:0001:billed:peak` or `power-factor:0.90`. */
  readonly item?: string;
  readonly pricePeriod?: string;
  readonly usagePointNo?: string;
  /** What of the lines is printed; their amount where absent. */
  readonly of?: PrintedPart;
  readonly printed: string;
}

export interface AuditedFigure extends PrintedFigure {
  /** The right figure; null where the bill has nothing of the kind. */
  readonly right: string | null;
  readonly correct: boolean;
  /** Printed less right: what was charged too much, or (negative) too little. */
  readonly difference: string;
  /** Numbers of the lines that make the right figure. */
  readonly lineNos: readonly number[];
}

type Found = Pick<AuditedFigure, 'right' | 'lineNos'>;

function isTotal(group: string): group is PrintedTotal {
  return (PRINTED_TOTALS as readonly string[]).includes(group);
}

function isMeant(line: BillLine, { item, pricePeriod, usagePointNo }: PrintedFigure): boolean {
  return (item === undefined || line.item === item) && (pricePeriod === undefined || line.pricePeriod === pricePeriod) && (usagePointNo === undefined || line.usagePointNo === usagePointNo);
}

function totalOf({ totals, lines }: Bill, group: PrintedTotal, figure: PrintedFigure): Found {
  const none: readonly number[] = [];
  switch (group) {
    case 'total':
      return { right: totals.totalAmount, lineNos: lines.filter((line) => isMeant(line, figure)).map(({ lineNo }) => lineNo) };
    case 'net':
      return { right: totals.netAmount, lineNos: none };
    case 'tax':
      return { right: totals.taxAmount, lineNos: none };
    case 'funds':
      return { right: totals.fundsAmount, lineNos: lines.filter((line) => line.group === 'fund').map(({ lineNo }) => lineNo) };
    case 'energy':
      return { right: totals.activeBilledEnergyKwh, lineNos: none };
    case 'average-price':
      return { right: totals.averagePricePerKwh, lineNos: none };
  }
}

function linesOf({ lines }: Bill, figure: PrintedFigure): readonly BillLine[] {
  return lines.filter((line) => line.group === figure.group && isMeant(line, figure));
}

/** Amounts and quantities are added; a price is right where all the lines have it. */
function partOf(lines: readonly BillLine[], part: PrintedPart): string | null {
  const [first] = lines;
  if (first === undefined) return null;
  if (part === 'price') return lines.every(({ price }) => price === first.price) ? first.price : null;
  return part === 'amount' ? text(sum(lines.map(({ amount }) => dec(amount))), 2) : text(sum(lines.map(({ quantity }) => dec(quantity))));
}

function rightOf(bill: Bill, figure: PrintedFigure): Found {
  const { group, item } = figure;
  if (isTotal(group)) return totalOf(bill, group, figure);
  if (group === 'working') return { right: bill.figures.find(({ id }) => id === item)?.value ?? null, lineNos: [] };
  const lines = linesOf(bill, figure);
  return { right: partOf(lines, figure.of ?? 'amount'), lineNos: lines.map(({ lineNo }) => lineNo) };
}

/**
 * Bill audit: holds the figures printed on a bill from elsewhere against the bill computed from its readings and
 * prices. Figures are equal when their values are, whatever their trailing zeros; one that the bill does not have is
 * right only as zero.
 */
export function auditFigures(bill: Bill, printed: readonly PrintedFigure[]): AuditedFigure[] {
  return printed.map((figure) => {
    const { right, lineNos } = rightOf(bill, figure);
    const difference = dec(figure.printed).minus(right === null ? new Decimal(0) : dec(right));
    return { ...figure, right, correct: difference.isZero(), difference: text(difference), lineNos };
  });
}

/** Lines of the right bill that no printed amount stands for: charges that the bill from elsewhere does not show. */
export function unprintedLines(bill: Bill, printed: readonly PrintedFigure[]): readonly BillLine[] {
  const shown = new Set(printed.flatMap((figure) => (isTotal(figure.group) || (figure.of ?? 'amount') !== 'amount' ? [] : linesOf(bill, figure).map(({ lineNo }) => lineNo))));
  return bill.lines.filter(({ lineNo }) => !shown.has(lineNo));
}

/** How each right figure comes about, in words: the arithmetic of its lines and their workings, or the working itself. */
export function auditWorkings(bill: Bill, audited: readonly AuditedFigure[], language: ExplanationLanguage): string[][] {
  const { groups, totals } = explainBill(bill, language);
  const lines = new Map(groups.flatMap((group) => group.lines).map((line) => [line.lineNo, line]));
  return audited.map(({ group, item, lineNos }) => {
    if (group === 'working') return bill.figures.filter(({ id }) => id === item).map((figure) => explainFigure(figure, language));
    const own = lineNos.flatMap((lineNo) => lines.get(lineNo) ?? []);
    const arithmetic = own.flatMap(({ title, arithmetic: each, workings }) => (group === 'total' ? [`${title}: ${each}`] : [`${title}: ${each}`, ...workings]));
    return isTotal(group) ? [...arithmetic, ...totals] : [...new Set(arithmetic)];
  });
}

const WORDS = {
  right: { zh: '正确', en: 'right' },
  wrong: { zh: '错误', en: 'WRONG' },
  printed: { zh: '账单所印', en: 'printed' },
  should: { zh: '应为', en: 'should be' },
  none: { zh: '无此项', en: 'nothing of the kind' },
  missing: { zh: '账单未列', en: 'not on the printed bill' },
} as const;

/** The audit as plain text, for a terminal: each figure, and of the wrong ones what they should be and why. */
export function auditText(bill: Bill, printed: readonly PrintedFigure[], language: ExplanationLanguage): string {
  const audited = auditFigures(bill, printed);
  const workings = auditWorkings(bill, audited, language);
  const lines = audited.flatMap((figure, index) => {
    const name = [figure.group, figure.item, figure.usagePointNo, figure.pricePeriod, figure.of].filter((part) => part !== undefined).join(' ');
    if (figure.correct) return [`${WORDS.right[language]}  ${name}: ${figure.printed}`];
    const should = `${WORDS.printed[language]} ${figure.printed}, ${WORDS.should[language]} ${figure.right ?? WORDS.none[language]} (${figure.difference})`;
    return [`${WORDS.wrong[language]}  ${name}: ${should}`, ...(workings[index] ?? []).map((working) => `    ${working}`)];
  });
  const missing = unprintedLines(bill, printed).map((line) => `${WORDS.missing[language]}: ${line.label[language]} ${line.quantity} × ${line.price} = ${line.amount}`);
  return `${[...lines, ...missing].join('\n')}\n`;
}

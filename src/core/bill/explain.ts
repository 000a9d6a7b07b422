import { PERIOD_LABELS, PricePeriod, PRICE_PERIODS } from '../tariff';
import type { Bill, BillFigure, BillFinding, BillLine, LineGroup } from './bill';
import { LINE_GROUPS } from './bill';
import { INPUT_LABELS, RULE_LABELS, SUBJECT_LABELS, UNIT_LABELS } from './explain-labels';
import { GROUP_LABELS } from './line-labels';

export type ExplanationLanguage = 'zh' | 'en';

/** One line of the bill in words, with the workings that it was made from. */
export interface ExplainedLine {
  readonly lineNo: number;
  readonly title: string;
  /** `6910.35 kWh × 0.642117 = 4437.25` */
  readonly arithmetic: string;
  readonly amount: string;
  readonly workings: readonly string[];
}

export interface ExplainedGroup {
  readonly group: LineGroup;
  readonly title: string;
  readonly amount: string;
  readonly lines: readonly ExplainedLine[];
}

/** A bill for human eyes. Plain sentences; whoever shows it chooses the layout. */
export interface BillExplanation {
  readonly title: string;
  readonly head: readonly string[];
  readonly workings: readonly string[];
  readonly groups: readonly ExplainedGroup[];
  readonly totals: readonly string[];
  readonly findings: readonly string[];
}

const WORDS = {
  title: { zh: '电费账单', en: 'Electricity bill' },
  account: { zh: '户号', en: 'Account' },
  period: { zh: '计费周期', en: 'Period' },
  month: { zh: '电费年月', en: 'Billing month' },
  tariff: { zh: '电价', en: 'Tariff' },
  segment: { zh: '第{n}段', en: 'segment {n}' },
  point: { zh: '计量点', en: 'usage point' },
  total: { zh: '合计', en: 'Total' },
  net: { zh: '不含税', en: 'net' },
  tax: { zh: '税额', en: 'tax' },
  contained: { zh: '电价内含', en: 'contained in the price' },
  average: { zh: '平均电价', en: 'Average price' },
  blocking: { zh: '须人工确认', en: 'a person must confirm' },
  notice: { zh: '提示', en: 'notice' },
  beforeRounding: { zh: '取整前', en: 'before rounding' },
} as const;

function word(key: keyof typeof WORDS, language: ExplanationLanguage): string {
  return WORDS[key][language];
}

function inputText(name: string, value: string, language: ExplanationLanguage): string {
  return `${INPUT_LABELS[name]?.[language] ?? name} ${value}`;
}

/** `(759.3145 − 690.2110) × 100`, with the turn of the dial where there was one. */
function readingArithmetic(inputs: Readonly<Record<string, string>>): string {
  const turn = inputs['rollover'] === undefined ? '' : ` + ${inputs['rollover']}`;
  return `(${inputs['end'] ?? ''} − ${inputs['start'] ?? ''}${turn}) × ${inputs['multiplier'] ?? '1'}`;
}

/** What stands in an id and is said by the rule of the figure once more. */
const SAID_BY_THE_RULE: ReadonlySet<string> = new Set(['billed', 'used-before', 'power-factor', 'power-factor-base', 'load-rate', 'after-deduction', 'replaced', 'basic-charge-share']);

/** The name of what a figure is about: its id in words, periods too, without what its rule says. */
function subjectOf(id: string, language: ExplanationLanguage): string {
  const parts = id.split(':').filter((part) => !SAID_BY_THE_RULE.has(part));
  const words = parts.map((part) => (PRICE_PERIODS.includes(part as PricePeriod) ? PERIOD_LABELS[part as PricePeriod][language] : (SUBJECT_LABELS[part]?.[language] ?? part)));
  return words.filter((each) => each !== '').join(' ');
}

/** One working as a sentence: what, how, value and unit. */
export function explainFigure(figure: BillFigure, language: ExplanationLanguage): string {
  const { inputs } = figure;
  const arithmetic = inputs['start'] === undefined ? Object.entries(inputs).filter(([, value]) => value !== '').map(([name, value]) => inputText(name, value, language)).join(', ') : readingArithmetic(inputs);
  const rule = RULE_LABELS[figure.rule]?.[language] ?? figure.rule;
  const unit = UNIT_LABELS[figure.unit][language];
  return `${subjectOf(figure.id, language)} · ${rule}${arithmetic === '' ? '' : `: ${arithmetic}`} = ${figure.value}${unit === '' ? '' : ` ${unit}`}`;
}

function explainLine(line: BillLine, figures: ReadonlyMap<string, BillFigure>, language: ExplanationLanguage): ExplainedLine {
  const where = [
    line.usagePointNo === undefined ? '' : `${word('point', language)} ${line.usagePointNo}`,
    line.segment === undefined ? '' : word('segment', language).replace('{n}', String(line.segment)),
  ].filter((part) => part !== '');
  const title = where.length === 0 ? line.label[language] : `${line.label[language]} [${where.join(', ')}]`;
  const rounding = line.exactAmount === line.amount || `${line.exactAmount}0` === line.amount || `${line.exactAmount}.00` === line.amount ? '' : ` (${word('beforeRounding', language)} ${line.exactAmount})`;
  const arithmetic = line.unit === 'item' ? line.amount : `${line.quantity} ${UNIT_LABELS[line.unit][language]} × ${line.price} = ${line.amount}${rounding}`;
  const workings = line.from.flatMap((id) => figures.get(id) ?? []).map((figure) => explainFigure(figure, language));
  return { lineNo: line.lineNo, title, arithmetic, amount: line.amount, workings };
}

function explainFinding(finding: BillFinding, language: ExplanationLanguage): string {
  const params = Object.entries(finding.params).map(([name, value]) => inputText(name, value, language)).join(', ');
  return `${word(finding.severity, language)}: ${finding.code} · ${finding.subject}${params === '' ? '' : ` (${params})`}`;
}

function totalsOf(bill: Bill, language: ExplanationLanguage): string[] {
  const { totals } = bill;
  const funds = totals.insideFunds.map((fund) => `${word('contained', language)}: ${fund.label[language]} ${fund.energyKwh} kWh × ${fund.pricePerKwh} = ${fund.amount}`);
  const average = totals.averagePricePerKwh === null ? [] : [`${word('average', language)} ${totals.averagePricePerKwh} (${totals.activeBilledEnergyKwh} kWh)`];
  return [
    `${word('total', language)} ${totals.totalAmount} (${word('net', language)} ${totals.netAmount} + ${word('tax', language)} ${totals.taxRatePercent} % ${totals.taxAmount})`,
    ...funds,
    ...average,
  ];
}

/** A bill in words: every line with its arithmetic and its workings, in Chinese or English. Pure; nothing is computed anew. */
export function explainBill(bill: Bill, language: ExplanationLanguage): BillExplanation {
  const figures = new Map(bill.figures.map((figure) => [figure.id, figure]));
  const groups = LINE_GROUPS.flatMap((group): ExplainedGroup[] => {
    const lines = bill.lines.filter((line) => line.group === group);
    if (lines.length === 0) return [];
    return [{ group, title: GROUP_LABELS[group][language], amount: bill.totals.byGroup[group] ?? '0.00', lines: lines.map((line) => explainLine(line, figures, language)) }];
  });
  const segments = bill.segments.map((segment) => {
    const season = segment.season === null ? '' : ` · ${segment.season}`;
    return `${word('tariff', language)} ${segment.from} – ${segment.to}: ${segment.priceBook} ${segment.tariffVersion} · ${segment.planId}${season} · ${segment.tariffHash.slice(0, 12)}`;
  });
  return {
    title: word('title', language),
    head: [
      `${word('account', language)} ${bill.accountNo} · ${word('month', language)} ${bill.billingMonth} · ${word('period', language)} ${bill.period.from} – ${bill.period.to}`,
      ...segments,
    ],
    workings: bill.figures.map((figure) => explainFigure(figure, language)),
    groups,
    totals: totalsOf(bill, language),
    findings: bill.findings.map((finding) => explainFinding(finding, language)),
  };
}

/** The explanation as plain text, for a terminal. */
export function explanationText(explanation: BillExplanation): string {
  const lines = [explanation.title, ...explanation.head, ''];
  lines.push(...explanation.workings.map((working) => `  ${working}`), '');
  for (const group of explanation.groups) {
    lines.push(`${group.title}  ${group.amount}`);
    for (const line of group.lines) lines.push(`  ${String(line.lineNo).padStart(3)}  ${line.title}: ${line.arithmetic}`);
  }
  lines.push('', ...explanation.totals);
  if (explanation.findings.length > 0) lines.push('', ...explanation.findings);
  return `${lines.join('\n')}\n`;
}

import type { Language } from '../../../../platform/errors';
import { dec } from '../../../../core/quantity';
import { type Html, html } from '../../bills/page/html';
import type { TotalsRow } from '../checks/check-report';
import { pairedBars } from './charts';
import { changePercent, compact, energy, grouped, yuan } from './figures';
import { figure, legend, table } from './parts';
import { runTexts } from './texts';

const PLOTTED = 12;
const LISTED = 100;

interface TotalsSection {
  readonly title: string;
  readonly lead?: string;
  readonly first: string;
  readonly rows: readonly TotalsRow[];
  readonly total: TotalsRow;
  readonly nameOf: (key: string) => string;
  /** What stands for now and before: months, or two tariffs. */
  readonly words: { readonly now: string; readonly last: string };
}

const percent = (now: string, last: string): string => {
  const change = changePercent(now, last);
  return change === null ? '—' : `${change} %`;
};

function plot(title: string, section: TotalsSection, unit: 'amount' | 'energy', language: Language): Html {
  const figures = (row: TotalsRow): readonly [string, string] => (unit === 'amount' ? [row.amount, row.lastAmount] : [row.energyKwh, row.lastEnergyKwh]);
  const bars = section.rows.slice(0, PLOTTED).map((row) => {
    const [now, last] = figures(row);
    return { label: section.nameOf(row.key), now, last, shownNow: compact(now, language), shownLast: compact(last, language), note: percent(now, last) };
  });
  return figure(title, pairedBars(`${section.title}: ${title}`, bars));
}

/** Totals of groups: plots of amount and energy, now over before, and every figure in a table. The largest groups come first. */
export function totalsSection(given: TotalsSection, language: Language): Html {
  const t = runTexts(language);
  const rows = [...given.rows].sort((a, b) => dec(b.amount).comparedTo(dec(a.amount)));
  const section = { ...given, rows };
  const { now, last } = section.words;
  const cells = (row: TotalsRow, name: string): string[] => [
    name,
    grouped(row.accounts),
    grouped(row.lastAccounts),
    energy(row.energyKwh),
    energy(row.lastEnergyKwh),
    percent(row.energyKwh, row.lastEnergyKwh),
    yuan(row.amount),
    yuan(row.lastAmount),
    percent(row.amount, row.lastAmount),
  ];
  const headings = [t('accounts'), `(${last})`, t('energy'), `(${last})`, t('change'), t('amount'), `(${last})`, t('change')].map((text) => ({ text, figures: true }));
  return html`<section><h2>${section.title}</h2>
${section.lead !== undefined && html`<p class="lead">${section.lead}</p>`}
${legend([{ kind: 'now', text: now }, { kind: 'last', text: last }])}
<div class="pair">${plot(t('amount'), section, 'amount', language)}${plot(t('energy'), section, 'energy', language)}</div>
${table(section.title, [{ text: section.first }, ...headings], [...rows.slice(0, LISTED).map((row) => cells(row, section.nameOf(row.key))), cells(section.total, t('total'))], 1)}
</section>`;
}

import type { Language } from '../../../../platform/errors';
import type { TariffVariant } from '../../../tariff';
import { type Html, html } from '../../bills/page/html';
import type { ComparedBill, Comparison } from '../comparison/comparison';
import { changesSection } from './changes-section';
import { stackedBar } from './charts';
import { changePercent, energy, grouped, yuan } from './figures';
import { categoryName, documentOf, legend, table, tiles } from './parts';
import { runTexts } from './texts';
import { totalsSection } from './totals-section';

/** All that one page shows. */
export interface ComparisonPageInput {
  readonly comparison: Comparison;
  readonly tariffs: readonly TariffVariant[];
  /** The biggest increases and decreases. */
  readonly more: readonly ComparedBill[];
  readonly less: readonly ComparedBill[];
}

function heading({ comparison }: ComparisonPageInput, words: { now: string; last: string }, language: Language): Html {
  const t = runTexts(language);
  const { total, more, less, equal, onlyInRun, onlyInOther } = comparison;
  const against = (now: string, last: string, shown: string): string => `${shown} · ${changePercent(now, last) ?? '—'} %`;
  return html`<header><h1>${t('comparisonTitle')}<small>${words.now} · ${words.last}</small></h1></header>
<main>
${tiles([
  { label: t('amount'), value: yuan(total.amount), note: against(total.amount, total.lastAmount, yuan(total.lastAmount)), look: 'main' },
  { label: t('energy'), value: energy(total.energyKwh), note: against(total.energyKwh, total.lastEnergyKwh, energy(total.lastEnergyKwh)), look: 'main' },
  { label: t('costMore'), value: grouped(more.bills), note: `+${yuan(more.amount)}`, look: 'look' },
  { label: t('costLess'), value: grouped(less.bills), note: `−${yuan(less.amount)}` },
  { label: t('costSame'), value: grouped(equal) },
  { label: t('onlyHere'), value: grouped(onlyInRun) },
  { label: t('onlyThere'), value: grouped(onlyInOther) },
])}
${stackedBar(t('winners'), [
  { label: t('costLess'), count: less.bills, kind: 'down' },
  { label: t('costSame'), count: equal, kind: 'last' },
  { label: t('costMore'), count: more.bills, kind: 'up' },
])}
${legend([{ kind: 'down', text: t('costLess') }, { kind: 'last', text: t('costSame') }, { kind: 'up', text: t('costMore') }])}`;
}

function tariffsSection(tariffs: readonly TariffVariant[], language: Language): Html {
  const t = runTexts(language);
  if (tariffs.length === 0) return html`<section><h2>${t('instead')}</h2><p class="none">${t('insteadNone')}</p></section>`;
  const rows = tariffs.map(({ priceBook, tariffVersionId, contentHash }) => [priceBook, tariffVersionId, html`<code>${contentHash}</code>`]);
  return html`<section><h2>${t('instead')}</h2>${table(t('instead'), [{ text: t('bookOfTerms') }, { text: t('versionId') }, { text: t('contentHash') }], rows)}</section>`;
}

function billTable(title: string, bills: readonly ComparedBill[], words: { now: string; last: string }, language: Language): Html {
  const t = runTexts(language);
  if (bills.length === 0) return html`<h3>${title}</h3><p class="none">${t('none')}</p>`;
  const rows = bills.map(({ accountNo, category, amount, withAmount, difference }) => {
    const change = amount === null || withAmount === null ? null : changePercent(amount, withAmount);
    return [accountNo, categoryName(category, language), amount === null ? null : yuan(amount), withAmount === null ? null : yuan(withAmount), yuan(difference), change === null ? null : `${change} %`];
  });
  const figures = [words.now, words.last, t('difference'), t('change')].map((text) => ({ text, figures: true }));
  return table(title, [{ text: t('accountNo') }, { text: t('category') }, ...figures], rows);
}

/** Two runs against each other as one self-contained HTML document with plots; every plot stands over the table of its figures. */
export function comparisonPage(input: ComparisonPageInput, language: Language): string {
  const t = runTexts(language);
  const { comparison, tariffs, more, less } = input;
  const { runId, period, withRunId, withPeriod, byCategory, byRegion, total, changes } = comparison;
  const words = { now: t('thisRun', { run: runId, period }), last: t('thisRun', { run: withRunId, period: withPeriod }) };
  const body = html`${heading(input, words, language)}
${tariffsSection(tariffs, language)}
${totalsSection({ title: t('byCategory'), first: t('category'), rows: byCategory, total, nameOf: (key) => categoryName(key, language), words }, language)}
${totalsSection({ title: t('byRegion'), lead: t('regionsShown'), first: t('region'), rows: byRegion, total, nameOf: (key) => key, words }, language)}
${changesSection({ title: t('winners'), lead: t('winnersLead'), changes }, language)}
<section>${billTable(t('mostMore'), more, words, language)}${billTable(t('mostLess'), less, words, language)}</section>
</main>`;
  return documentOf(language, `${t('comparisonTitle')} ${runId} / ${withRunId}`, body);
}

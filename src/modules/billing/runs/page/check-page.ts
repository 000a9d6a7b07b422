import type { Language } from '../../../../platform/errors';
import { type Html, html } from '../../bills/page/html';
import { exceptionText } from '../../calculation.errors';
import type { CheckReport, SampleBill } from '../checks/check-report';
import type { RunCheck } from '../checks/check-run';
import { exclusionText } from '../checks/exclusions';
import { changesSection } from './changes-section';
import { pairedBars, stackedBar } from './charts';
import { changePercent, energy, grouped, yuan } from './figures';
import { badge, categoryName, documentOf, figure, legend, table, tiles } from './parts';
import { runTexts } from './texts';
import { totalsSection } from './totals-section';

function heading({ report, madeAt }: RunCheck, runId: string, language: Language): Html {
  const t = runTexts(language);
  const { total, population } = report;
  const against = (now: string, last: string, shown: string): string => `${t('last')} ${shown} · ${changePercent(now, last) ?? '—'} %`;
  return html`<header><h1>${t('checkTitle')}<small>${t('run')} ${runId} · ${report.period} ${t('against')} ${report.comparedWith}</small></h1>
<p>${t('madeOn')} ${madeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</p></header>
<main>
${tiles([
  { label: t('amount'), value: yuan(total.amount), note: against(total.amount, total.lastAmount, yuan(total.lastAmount)), look: 'main' },
  { label: t('energy'), value: energy(total.energyKwh), note: against(total.energyKwh, total.lastEnergyKwh, energy(total.lastEnergyKwh)), look: 'main' },
  { label: t('billed'), value: grouped(population.billed), note: `${t('accounts')} ${grouped(population.accounts)} · ${t('last')} ${grouped(total.lastAccounts)}` },
  { label: t('excluded'), value: grouped(population.excluded) },
  { label: t('exceptionsWord'), value: grouped(population.exceptions), look: population.exceptions > 0 ? 'look' : '' },
])}
${stackedBar(t('populationLine'), [
  { label: t('billed'), count: population.billed, kind: 'now' },
  { label: t('excluded'), count: population.excluded, kind: 'last' },
  { label: t('exceptionsWord'), count: population.exceptions, kind: 'up' },
])}
${legend([{ kind: 'now', text: t('billed') }, { kind: 'last', text: t('excluded') }, { kind: 'up', text: t('exceptionsWord') }])}
<p class="lead">${grouped(population.accounts)} = ${grouped(population.billed)} + ${grouped(population.excluded)} + ${grouped(population.exceptions)}. ${t('populationLine')}</p>
${tiles([
  { label: t('jumps'), value: grouped(report.jumps), look: report.jumps > 0 ? 'look' : '' },
  { label: t('zero'), value: grouped(report.zeroBills), note: `${t('last')} ${grouped(report.lastZeroBills)}` },
  { label: t('negative'), value: grouped(report.negativeBills), note: `${t('last')} ${grouped(report.lastNegativeBills)}`, look: report.negativeBills > 0 ? 'look' : '' },
  { label: t('newBills'), value: grouped(report.newBills) },
  { label: t('goneBills'), value: grouped(report.goneBills) },
])}`;
}

function billTable(title: string, bills: readonly SampleBill[], language: Language): Html {
  const t = runTexts(language);
  if (bills.length === 0) return html`<h3>${title}</h3><p class="none">${t('none')}</p>`;
  const rows = bills.map(({ accountNo, billNo, category, amount, lastAmount }) => {
    const change = lastAmount === null ? null : changePercent(amount, lastAmount);
    return [accountNo, billNo, categoryName(category, language), yuan(amount), lastAmount === null ? null : yuan(lastAmount), change === null ? null : `${change} %`];
  });
  const headings = [{ text: t('accountNo') }, { text: t('billNo') }, { text: t('category') }, { text: t('amount'), figures: true }, { text: t('last'), figures: true }, { text: t('change'), figures: true }];
  return table(title, headings, rows);
}

function billsSection(report: CheckReport, language: Language): Html {
  const t = runTexts(language);
  const { percent, yuan: limit } = report.limits;
  return html`<section><h2>${t('jumps')}: ${grouped(report.jumps)}</h2><p class="lead">${t('jumpsLead', { percent: String(percent), yuan: yuan(limit) })}</p>
${billTable(t('jumpBills'), report.jumpBills, language)}
${billTable(t('largestBills'), report.largestBills, language)}
${billTable(t('negativeBills'), report.negativeBillSamples, language)}
${billTable(t('zeroBills'), report.zeroBillSamples, language)}</section>`;
}

function exceptionsSection(report: CheckReport, language: Language): Html {
  const t = runTexts(language);
  const { exceptions, exclusions } = report;
  const sorted = [...exceptions].sort((a, b) => b.found - a.found);
  const bars = sorted.map(({ code, found, lastFound, trend }) => ({
    label: exceptionText(code)[language],
    now: String(found),
    last: String(lastFound),
    shownNow: grouped(found),
    shownLast: grouped(lastFound),
    note: t(trend),
  }));
  const rows = sorted.map(({ code, accounts, found, lastFound, trend }) => [
    html`<code>${code}</code>`, exceptionText(code)[language], badge(t(trend), trend === 'new' || trend === 'more'), grouped(accounts), grouped(found), grouped(lastFound),
  ]);
  const headings = [{ text: t('code') }, { text: t('meaning') }, { text: t('trend') }, ...[t('open'), t('found'), t('last')].map((text) => ({ text, figures: true }))];
  return html`<section><h2>${t('exceptions')}</h2><p class="lead">${t('exceptionsLead')}</p>
${sorted.length === 0 ? html`<p class="none">${t('none')}</p>` : html`${legend([{ kind: 'now', text: t('now') }, { kind: 'last', text: t('last') }])}<div class="narrow">${figure(t('accounts'), pairedBars(t('exceptions'), bars))}</div>${table(t('exceptions'), headings, rows)}`}
${exclusions.length > 0 && table(t('exclusions'), [{ text: t('code') }, { text: t('meaning') }, { text: t('accounts'), figures: true }], exclusions.map(({ code, accounts }) => [html`<code>${code}</code>`, exclusionText(code)[language], grouped(accounts)]))}</section>`;
}

function tariffsSection(report: CheckReport, language: Language): Html {
  const t = runTexts(language);
  const rows = report.tariffs.map(({ hash, priceBook, version, validFrom, validTo, standing, bills, sharedBills, energyKwh, amount }) => [
    priceBook === null ? html`<code>${hash.slice(0, 16)}</code>` : `${priceBook} ${version ?? ''}`,
    validFrom === null ? null : `${validFrom} – ${validTo ?? ''}`,
    badge(t(standing), standing !== 'in-force'),
    grouped(bills), grouped(sharedBills), energy(energyKwh), yuan(amount),
  ]);
  const headings = [{ text: t('priceBook') }, { text: t('validity') }, { text: t('standing') }, ...[t('bills'), t('shared'), t('energy'), t('amount')].map((text) => ({ text, figures: true }))];
  return html`<section><h2>${t('tariffs')}</h2><p class="lead">${t('tariffsLead', { accounts: grouped(report.withoutTariff) })}</p>${rows.length === 0 ? html`<p class="none">${t('none')}</p>` : table(t('tariffs'), headings, rows)}</section>`;
}

/** A check report as one self-contained HTML document with plots; every plot stands over the table of its figures. */
export function checkPage(runId: string, check: RunCheck, language: Language): string {
  const t = runTexts(language);
  const { report } = check;
  const words = { now: report.period, last: report.comparedWith };
  const body = html`${heading(check, runId, language)}
${totalsSection({ title: t('byCategory'), first: t('category'), rows: report.byCategory, total: report.total, nameOf: (key) => categoryName(key, language), words }, language)}
${totalsSection({ title: t('byRegion'), lead: t('regionsShown'), first: t('region'), rows: report.byRegion, total: report.total, nameOf: (key) => key, words }, language)}
${changesSection({ title: t('changes'), lead: t('changesLead'), changes: report.changes }, language)}
${billsSection(report, language)}
${exceptionsSection(report, language)}
${tariffsSection(report, language)}
</main>
<footer><dl><dt>${t('check')}</dt><dd>${check.checkId}</dd><dt>${t('madeBy')}</dt><dd>${check.madeBy}</dd><dt>${t('resultHash')}</dt><dd><code>${report.resultHash}</code></dd></dl></footer>`;
  return documentOf(language, `${t('checkTitle')} ${runId} ${report.period}`, body);
}

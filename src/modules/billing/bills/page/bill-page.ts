import type { Bill } from '../../../../core/bill/bill';
import type { CalculationDocument } from '../../../../core/bill/calculation-document';
import type { Language } from '../../../../platform/errors';
import { type CodeList, findCodeList } from '../../../../platform/http';
import { BILL_KINDS, BILL_STANDINGS } from '../../billing.codes';
import type { BillHead, BillLinks } from '../bill-reader';
import { standingOf } from '../bill-views';
import { chargesTable, totalsTable } from './charges';
import { Html, html } from './html';
import type { Anchors } from './references';
import { STYLE } from './style';
import { textsIn, type TextKey } from './texts';
import { findingsList, readingsTable, versionsTable, workingsTable } from './workings';

/** All that one page shows. */
export interface PageInput {
  readonly head: BillHead;
  readonly bill: Bill;
  readonly document: CalculationDocument;
  readonly links: BillLinks;
  readonly language: Language;
}

const BANNERS: Readonly<Partial<Record<ReturnType<typeof standingOf>, TextKey>>> = {
  unreleased: 'unreleased',
  cancelled: 'cancelled',
  trial: 'trial',
};

function labelOf(list: Pick<CodeList, 'items'> | undefined, code: string, language: Language): string {
  return list?.items.find((item) => item.code === code)?.[language] ?? code;
}

function heading({ head, bill, links, language }: PageInput): Html {
  const t = textsIn(language);
  const { totals } = bill;
  return html`<header><div>
<h1>${t('title')}</h1>
<dl>
<dt>${t('billNo')}</dt><dd>${head.billNo} · ${labelOf(BILL_KINDS, head.kind, language)} · ${labelOf(BILL_STANDINGS, standingOf(head), language)}</dd>
${links.predecessorBillNos.length > 0 && html`<dt>${t('inPlaceOf')}</dt><dd>${links.predecessorBillNos.join(' · ')}</dd>`}
${links.successorBillNos.length > 0 && html`<dt>${t('replacedBy')}</dt><dd>${links.successorBillNos.join(' · ')}</dd>`}
<dt>${t('accountNo')}</dt><dd>${head.accountNo}</dd>
${head.supplyCircuit !== '' && html`<dt>${t('circuit')}</dt><dd>${head.supplyCircuit}</dd>`}
<dt>${t('billingMonth')}</dt><dd>${bill.billingMonth}</dd>
<dt>${t('cycle')}</dt><dd>${bill.period.from} – ${bill.period.to}</dd>
<dt>${t('category')}</dt><dd>${labelOf(findCodeList('usage-categories'), head.category, language)}</dd>
<dt>${t('plan')}</dt><dd>${head.planId}</dd>
</dl></div>
<div class="due">${t('amountDue')}<strong>${totals.totalAmount}</strong>${t('yuan')}<br>
<small>${t('energy')} ${totals.activeBilledEnergyKwh} kWh</small><br>
${totals.averagePricePerKwh !== null && html`<small>${t('averagePrice')} ${totals.averagePricePerKwh} ${t('perKwh')}</small><br>`}
<small>${t('net')} ${totals.netAmount} · ${t('tax')} (${totals.taxRatePercent} %) ${totals.taxAmount}</small></div>
</header>`;
}

function footing({ head, language }: PageInput): Html {
  const t = textsIn(language);
  return html`<footer><p>${t('recompute')}</p>
<dl><dt>${t('engine')}</dt><dd>${head.engineVersion}</dd>
<dt>${t('documentHash')}</dt><dd><code>${head.documentHash}</code></dd>
<dt>${t('resultHash')}</dt><dd><code>${head.resultHash}</code></dd></dl></footer>`;
}

/** The bill as one self-contained HTML document: from the readings to the amount due, each figure with its origin. */
export function billPage(input: PageInput): string {
  const { head, bill, document, language } = input;
  const t = textsIn(language);
  const banner = BANNERS[standingOf(head)];
  const anchors: Anchors = new Set([...bill.figures.map(({ id }) => id), ...bill.lines.map(({ lineNo }) => `line:${String(lineNo)}`)]);
  const page = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('title')} ${head.billNo}</title><style>${new Html(STYLE)}</style></head>
<body>
${heading(input)}
${banner !== undefined && html`<p class="banner">${t(banner)}</p>`}
<main>
<h2>${t('step1')}</h2>${readingsTable(document, language)}
<h2>${t('step2')}</h2>${workingsTable(bill, anchors, language)}
<h2>${t('step3')}</h2>${chargesTable(bill, anchors, language)}
<h2>${t('step4')}</h2>${totalsTable(bill, language)}
<h2>${t('step5')}</h2>${versionsTable(bill, language)}
${bill.findings.length > 0 && html`<h2>${t('findings')}</h2>${findingsList(bill)}`}
</main>
${footing(input)}
</body></html>`;
  return page.markup;
}

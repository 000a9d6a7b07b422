import { type Bill, type BillLine, LINE_GROUPS, type LineGroup } from '../../../../core/bill';
import { UNIT_LABELS } from '../../../../core/bill/explain-labels';
import type { Language } from '../../../../platform/errors';
import { BILL_LINE_GROUPS, BILL_PRICE_PERIODS } from '../../billing.codes';
import { type Html, html } from './html';
import { type Anchors, references } from './references';
import { textsIn } from './texts';

function groupName(group: LineGroup, language: Language): string {
  return BILL_LINE_GROUPS.items.find(({ code }) => code === group)?.[language] ?? group;
}

function periodName(line: BillLine, language: Language): string {
  const period = BILL_PRICE_PERIODS.items.find(({ code }) => code === line.pricePeriod)?.[language] ?? '';
  return [period, line.season === 'all' ? undefined : line.season].filter(Boolean).join(' · ');
}

function lineRow(line: BillLine, anchors: Anchors, language: Language): Html {
  return html`<tr id="line:${line.lineNo}"><td class="n">${line.lineNo}</td><td>${line.label[language]}</td><td>${line.usagePointNo}</td>
<td>${periodName(line, language)}</td><td class="n">${line.quantity} ${UNIT_LABELS[line.unit][language]}</td><td class="n">${line.price}</td>
<td class="n soft">${line.exactAmount}</td><td class="n">${line.amount}</td><td class="refs">${references(line.from, anchors, language)}</td></tr>
`;
}

/** The lines by group: quantity × price = amount before and after rounding, with links to where they come from. */
export function chargesTable(bill: Bill, anchors: Anchors, language: Language): Html {
  const t = textsIn(language);
  const groups = LINE_GROUPS.filter((group) => bill.lines.some((line) => line.group === group));
  const rows = groups.map((group) => {
    const lines = bill.lines.filter((line) => line.group === group);
    return html`<tr class="group"><td colspan="9">${groupName(group, language)}</td></tr>
${lines.map((line) => lineRow(line, anchors, language))}
<tr class="sum"><td colspan="7">${t('subtotal')}</td><td class="n">${bill.totals.byGroup[group]}</td><td></td></tr>`;
  });
  return html`<div class="scroll"><table><thead><tr><th>${t('no')}</th><th>${t('item')}</th><th>${t('usagePoint')}</th><th>${t('period')}</th>
<th class="n">${t('quantity')}</th><th class="n">${t('price')}</th><th class="n">${t('exact')}</th><th class="n">${t('amount')}</th><th>${t('from')}</th></tr></thead>
<tbody>${rows}<tr class="total"><td colspan="7">${t('total')}</td><td class="n">${bill.totals.totalAmount}</td><td></td></tr></tbody></table></div>`;
}

/** Sums of the groups, tax, and the levies that the price contains. */
export function totalsTable(bill: Bill, language: Language): Html {
  const t = textsIn(language);
  const { totals } = bill;
  const groups = LINE_GROUPS.filter((group) => totals.byGroup[group] !== undefined);
  const inside = totals.insideFunds.map(
    ({ label, energyKwh, pricePerKwh, amount }) =>
      html`<tr><td>${label[language]}</td><td class="n soft">${energyKwh} kWh × ${pricePerKwh}</td><td class="n">${amount}</td></tr>`,
  );
  return html`<table><tbody>
${groups.map((group) => html`<tr><td colspan="2">${groupName(group, language)}</td><td class="n">${totals.byGroup[group]}</td></tr>`)}
<tr class="total"><td colspan="2">${t('total')}</td><td class="n">${totals.totalAmount}</td></tr>
<tr><td colspan="2">${t('net')}</td><td class="n">${totals.netAmount}</td></tr>
<tr><td colspan="2">${t('tax')} (${totals.taxRatePercent} %)</td><td class="n">${totals.taxAmount}</td></tr>
${inside.length > 0 && html`<tr class="group"><td colspan="3">${t('insideFunds')}</td></tr>${inside}`}
</tbody></table>`;
}

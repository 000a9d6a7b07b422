import type { Bill, BillFigure } from '../../../../core/bill/bill';
import { INPUT_LABELS, RULE_LABELS, UNIT_LABELS } from '../../../../core/bill/explain-labels';
import type { CalculationDocument, DocumentMeter, DocumentRegister, DocumentUsagePoint } from '../../../../core/bill/calculation-document';
import type { Language } from '../../../../platform/errors';
import { type Html, html } from './html';
import { type Anchors, figureName, references } from './references';
import { REGISTER_NAMES, textsIn } from './texts';

function registerRow(point: DocumentUsagePoint, meter: DocumentMeter, register: DocumentRegister, language: Language): Html {
  const t = textsIn(language);
  const name = REGISTER_NAMES[register.register]?.[language] ?? register.register;
  const ratios = [meter.pt, meter.ct].map((ratio) => (ratio === undefined ? '1' : ratio.join('/'))).join(' · ');
  const readings = register.readings.map(
    ({ on, reading, estimated }, index) => html`${index > 0 && ' → '}<span class="soft">${on}</span> ${reading}${estimated === true && ` (${t('estimated')})`}`,
  );
  return html`<tr><td>${point.usagePointNo}</td><td>${meter.meterNo}</td><td>${ratios}</td><td>${name}</td><td>${readings}</td></tr>
`;
}

function pointRows(point: DocumentUsagePoint, language: Language): Html[] {
  const meters = point.meters ?? [];
  if (meters.length > 0) return meters.flatMap((meter) => meter.registers.map((register) => registerRow(point, meter, register, language)));
  return [html`<tr><td>${point.usagePointNo}</td><td colspan="4" class="soft">${textsIn(language)('noMeter')}</td></tr>`];
}

/** What was read on each dial, as entered: readings are never rounded. */
export function readingsTable(document: CalculationDocument, language: Language): Html {
  const t = textsIn(language);
  return html`<div class="scroll"><table><thead><tr><th>${t('usagePoint')}</th><th>${t('meter')}</th><th>${t('ratios')}</th><th>${t('register')}</th>
<th>${t('readings')}</th></tr></thead><tbody>${document.usagePoints.flatMap((point) => pointRows(point, language))}</tbody></table></div>`;
}

/** Dials that a billed energy was metered by; all of the point's where it is the total less the other periods. */
function dialsOf({ id, rule, inputs }: BillFigure, anchors: Anchors): string[] {
  const [, point, , period] = id.split(':');
  if (rule !== 'billed-energy' || point === undefined || period === undefined) return [];
  const dials = [...anchors].filter((anchor) => anchor.startsWith(`point:${point}:meter:`) && !anchor.includes(':reactive-'));
  return inputs['difference'] === undefined ? dials.filter((anchor) => anchor.endsWith(`:${period}`)) : dials;
}

/** The operands of a figure; for readings the arithmetic itself. */
function operandsOf(figure: BillFigure, anchors: Anchors, language: Language): Html {
  const { start, end, rollover, multiplier = '1' } = figure.inputs;
  if (start !== undefined && end !== undefined) return html`(${end} − ${start}${rollover !== undefined && ` + ${rollover}`}) × ${multiplier}`;
  const shown = Object.entries(figure.inputs).filter(([, value]) => value !== '');
  const operands = shown.map(([name, value], index) => html`${index > 0 && ' · '}<span class="soft">${INPUT_LABELS[name]?.[language] ?? name}</span> ${value}`);
  return html`${operands} <span class="refs">${references(dialsOf(figure, anchors), anchors, language)}</span>`;
}

function figureRow(figure: BillFigure, anchors: Anchors, language: Language): Html {
  return html`<tr id="${figure.id}"><td>${figureName(figure.id, language)}</td><td>${RULE_LABELS[figure.rule]?.[language] ?? figure.rule}</td>
<td>${operandsOf(figure, anchors, language)}</td><td class="n">${figure.value} ${UNIT_LABELS[figure.unit][language]}</td></tr>
`;
}

/** Every working of the bill: what it is made from, by which rule, and its value. */
export function workingsTable(bill: Bill, anchors: Anchors, language: Language): Html {
  const t = textsIn(language);
  return html`<div class="scroll"><table><thead><tr><th>${t('figure')}</th><th>${t('rule')}</th><th>${t('working')}</th><th class="n">${t('value')}</th></tr></thead>
<tbody>${bill.figures.map((figure) => figureRow(figure, anchors, language))}</tbody></table></div>`;
}

/** Which version of which price table holds on which days. */
export function versionsTable(bill: Bill, language: Language): Html {
  const t = textsIn(language);
  const rows = bill.segments.map(
    ({ from, to, priceBook, tariffVersion, planId, season, tariffHash }) =>
      html`<tr><td>${from} – ${to}</td><td>${priceBook}</td><td>${tariffVersion}</td><td>${planId}</td><td>${season}</td><td><code>${tariffHash}</code></td></tr>`,
  );
  return html`<div class="scroll"><table><thead><tr><th>${t('cycle')}</th><th>${t('priceBook')}</th><th>${t('version')}</th><th>${t('plan')}</th>
<th>${t('season')}</th><th>${t('contentHash')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Remarks for the reader. */
export function findingsList(bill: Bill): Html {
  const items = bill.findings.map(({ code, subject, params }) => {
    const figures = Object.entries(params).map(([name, value]) => `${name} ${value}`).join(' · ');
    return html`<li>${code} — ${subject} <span class="soft">${figures}</span></li>`;
  });
  return html`<ul>${items}</ul>`;
}

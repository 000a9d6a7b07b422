import { GROUP_LABELS, SUBJECT_LABELS } from '../../../../core/bill';
import type { Bilingual, Language } from '../../../../platform/errors';
import { BILL_PRICE_PERIODS } from '../../billing.codes';
import { type Html, html } from './html';
import { REGISTER_NAMES } from './texts';

/** Ids of the figures and lines that a reference on the page can lead to. */
export type Anchors = ReadonlySet<string>;

/** Words of references to inputs of the document, beside those of figures. */
const INPUT_WORDS: Readonly<Record<string, Bilingual>> = {
  document: { zh: '计算文档', en: 'document' },
  sharedAmounts: GROUP_LABELS['shared-amount'],
};

function word(part: string, isDial: boolean, language: Language): string {
  const period = BILL_PRICE_PERIODS.items.find(({ code }) => code === part);
  if (isDial && REGISTER_NAMES[part] !== undefined) return REGISTER_NAMES[part][language];
  return period?.[language] ?? (SUBJECT_LABELS[part] ?? INPUT_WORDS[part])?.[language] ?? part;
}

/** The id of a figure in words: `point:0001:meter:A1:peak` → `usage point 0001 meter A1 Active, peak`. */
export function figureName(id: string, language: Language): string {
  const parts = id.split(':');
  return parts.map((part, index) => word(part, index > 0 && parts[index - 2] === 'meter', language)).join(' ');
}

/** The origins of a figure: links to those that stand on the page, plain names of the others. */
export function references(from: readonly string[], anchors: Anchors, language: Language): Html[] {
  return from.map((id) => {
    const name = figureName(id, language);
    return anchors.has(id) ? html`<a href="#${encodeURIComponent(id)}" title="${id}">${name}</a> ` : html`<span title="${id}">${name}</span> `;
  });
}

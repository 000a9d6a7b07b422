import { GROUP_LABELS } from '../../../../core/bill';
import type { Bilingual, Language } from '../../../../platform/errors';
import { BILL_PRICE_PERIODS } from '../../billing.codes';
import { type Html, html } from './html';
import { REGISTER_NAMES } from './texts';

/** Ids of the figures and lines that a reference on the page can lead to. */
export type Anchors = ReadonlySet<string>;

/** Words of the ids of figures and inputs; what stands in none of the tables is a name and shown as it is. */
const WORDS: Readonly<Record<string, Bilingual>> = {
  point: { zh: '计量点', en: 'usage point' },
  meter: { zh: '电能表', en: 'meter' },
  billed: { zh: '计费电量', en: 'billed energy' },
  segment: { zh: '分段', en: 'segment' },
  transformer: { zh: '变压器', en: 'transformer' },
  'active-loss': { zh: '有功损耗', en: 'active loss' },
  'reactive-loss': { zh: '无功损耗', en: 'reactive loss' },
  'line-loss': { zh: '线损', en: 'line loss' },
  'transformer-loss': { zh: '变损', en: 'transformer loss' },
  'after-deduction': { zh: '套扣后', en: 'after deduction' },
  replaced: { zh: '换表', en: 'replaced meters' },
  adjustment: { zh: '追补', en: 'adjustment' },
  capacity: { zh: '计费容量', en: 'charged capacity' },
  demand: { zh: '计费需量', en: 'charged demand' },
  'maximum-demand': { zh: '最大需量', en: 'maximum demand' },
  'load-rate': { zh: '负荷率', en: 'load rate' },
  'power-factor': { zh: '功率因数', en: 'power factor' },
  'power-factor-base': { zh: '力调基数', en: 'base of the power factor adjustment' },
  'basic-charge-share': { zh: '基本电费分摊', en: 'share of the basic charge' },
  blocks: { zh: '阶梯', en: 'blocks' },
  'used-before': { zh: '本期前累计', en: 'used before' },
  document: { zh: '计算文档', en: 'document' },
  sharedAmounts: GROUP_LABELS['shared-amount'],
};

function word(part: string, isDial: boolean, language: Language): string {
  const period = BILL_PRICE_PERIODS.items.find(({ code }) => code === part);
  if (isDial && REGISTER_NAMES[part] !== undefined) return REGISTER_NAMES[part][language];
  return period?.[language] ?? WORDS[part]?.[language] ?? part;
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

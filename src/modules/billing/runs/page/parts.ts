import type { Language } from '../../../../platform/errors';
import { findCodeList } from '../../../../platform/http';
import { Html, html } from '../../bills/page/html';
import { RUN_PAGE_STYLE } from './style';

/** A whole page: self-contained, without script and without anything from elsewhere. */
export function documentOf(language: Language, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Html(RUN_PAGE_STYLE)}</style></head>
<body>
${body}
</body></html>`.markup;
}

export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly look?: 'main' | 'look' | '';
}

export function tiles(all: readonly Tile[]): Html {
  return html`<div class="tiles">${all.map(({ label, value, note, look = '' }) => html`<div class="tile ${look}"><span>${label}</span><strong>${value}</strong><em>${note ?? ''}</em></div>`)}</div>`;
}

/** A column heading; figures stand to the right. */
export interface Heading {
  readonly text: string;
  readonly figures?: boolean;
}

/** A table with a caption for those who do not see the page; the first cell of a row names it. */
export function table(caption: string, headings: readonly Heading[], rows: readonly (readonly (Html | string | null)[])[], sumRows = 0): Html {
  const cell = (content: Html | string | null, index: number): Html => {
    if (index === 0) return html`<th scope="row">${content}</th>`;
    return headings[index]?.figures === true ? html`<td class="n">${content ?? '—'}</td>` : html`<td>${content ?? '—'}</td>`;
  };
  const body = rows.map((row, index) => html`<tr${index >= rows.length - sumRows && new Html(' class="sum"')}>${row.map(cell)}</tr>
`);
  const head = headings.map(({ text, figures }) => (figures === true ? html`<th scope="col" class="n">${text}</th>` : html`<th scope="col">${text}</th>`));
  return html`<div class="scroll"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export function legend(items: readonly { readonly kind: string; readonly text: string }[]): Html {
  return html`<ul class="legend">${items.map(({ kind, text }) => html`<li><i class="${kind}"></i>${text}</li>`)}</ul>`;
}

export function figure(caption: string, plot: Html): Html {
  return html`<figure><figcaption>${caption}</figcaption>${plot}</figure>`;
}

export function badge(text: string, hot: boolean): Html {
  return html`<span class="badge${hot && ' hot'}">${text}</span>`;
}

/** A category in words. */
export function categoryName(code: string, language: Language): string {
  return findCodeList('usage-categories')?.items.find((item) => item.code === code)?.[language] ?? code;
}

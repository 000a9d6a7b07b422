import { type Html, html } from './html';

/** Ids of the figures and lines that a reference on the page can lead to. */
export type Anchors = ReadonlySet<string>;

/** The origins of a figure: links to those that stand on the page, plain names of the others. */
export function references(from: readonly string[], anchors: Anchors): Html[] {
  return from.map((id) => (anchors.has(id) ? html`<a href="#${encodeURIComponent(id)}">${id}</a>` : html`<span>${id}</span>`));
}

import { dec } from '../../../../core/quantity';
import { type Html, html } from '../../bills/page/html';
import { lengthOf, magnitude } from './figures';

/** One row of a paired plot: what is now above what was before. */
export interface PairedBar {
  readonly label: string;
  readonly now: string;
  readonly last: string;
  /** The figures as they are written beside the bars. */
  readonly shownNow: string;
  readonly shownLast: string;
  /** Such as +3.1 %, or a word. */
  readonly note: string;
}

const WIDTH = 520;
const ROW = 50;
/** What fits beside the figures of a row. */
const LABEL_CHARACTERS = 40;

function shortened(label: string): string {
  return label.length > LABEL_CHARACTERS ? `${label.slice(0, LABEL_CHARACTERS - 1)}…` : label;
}

function pairedRow(bar: PairedBar, index: number, lengths: readonly [string, string]): Html {
  return html`<g transform="translate(0 ${index * ROW})">
<title>${bar.label}: ${bar.shownNow} (${bar.shownLast}) ${bar.note}</title>
<text class="label" x="0" y="13">${shortened(bar.label)}</text>
<text class="value" x="${WIDTH}" y="13" text-anchor="end">${bar.shownNow} <tspan class="note" dx="4">${bar.shownLast} · ${bar.note}</tspan></text>
<rect class="track" x="0" y="19" width="${WIDTH}" height="22" rx="2"></rect>
<rect class="now" x="0" y="19" width="${lengths[0]}" height="14" rx="2"></rect>
<rect class="last" x="0" y="34" width="${lengths[1]}" height="7" rx="2"></rect>
</g>
`;
}

/** Bars of now over bars of before, one pair a row; negative figures have no bar. `title` says what is shown to those who do not see it. */
export function pairedBars(title: string, bars: readonly PairedBar[]): Html {
  const largest = magnitude(bars.flatMap(({ now, last }) => [now, last]));
  const rows = bars.map((bar, index) => pairedRow(bar, index, [lengthOf(bar.now, largest, WIDTH), lengthOf(bar.last, largest, WIDTH)]));
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${Math.max(1, bars.length) * ROW}" role="img" aria-label="${title}">
${rows}</svg>`;
}

/** One column of a distribution. */
export interface Column {
  readonly label: string;
  readonly count: number;
  readonly shown: string;
  /** Which way its change goes: colours tell the two apart, and so do the labels. */
  readonly side: 'down' | 'up' | 'middle';
}

const COLUMNS_WIDTH = 660;
const COLUMNS_HEIGHT = 220;

/** Columns of a distribution, in order. */
export function columns(title: string, all: readonly Column[]): Html {
  const largest = magnitude(all.map(({ count }) => String(count)));
  const step = Math.floor(COLUMNS_WIDTH / Math.max(1, all.length));
  const drawn = all.map(({ label, count, shown, side }, index) => {
    const height = lengthOf(String(count), largest, COLUMNS_HEIGHT);
    const middle = index * step + Math.floor(step / 2);
    const top = dec(String(COLUMNS_HEIGHT + 22)).minus(dec(height)).toFixed(1);
    return html`<g><title>${label}: ${shown}</title>
<rect class="${side}" x="${index * step + 4}" y="${top}" width="${step - 8}" height="${height}" rx="2"></rect>
<text class="value" x="${middle}" y="${dec(top).minus(6).toFixed(1)}" text-anchor="middle">${shown}</text>
<text class="soft" x="${middle}" y="${COLUMNS_HEIGHT + 40}" text-anchor="middle">${label}</text></g>
`;
  });
  return html`<svg class="plot" viewBox="0 0 ${COLUMNS_WIDTH} ${COLUMNS_HEIGHT + 50}" role="img" aria-label="${title}">
<line class="axis" x1="0" y1="${COLUMNS_HEIGHT + 22}" x2="${COLUMNS_WIDTH}" y2="${COLUMNS_HEIGHT + 22}"></line>
${drawn}</svg>`;
}

/** A part of a whole. */
export interface Share {
  readonly label: string;
  readonly count: number;
  readonly kind: 'now' | 'last' | 'up' | 'down';
}

/** One bar that is cut into the parts of a whole; a part that is there is seen, however small. */
export function stackedBar(title: string, shares: readonly Share[]): Html {
  const whole = magnitude([String(shares.reduce((all, { count }) => all + count, 0))]);
  let left = dec('0');
  const drawn = shares.map(({ label, count, kind }) => {
    const exact = dec(lengthOf(String(count), whole, COLUMNS_WIDTH));
    const width = count > 0 && exact.lt(3) ? dec('3') : exact;
    const x = left;
    left = left.plus(width);
    return html`<g><title>${label}: ${count}</title><rect class="${kind}" x="${x.toFixed(1)}" y="0" width="${width.toFixed(1)}" height="16"></rect></g>`;
  });
  const total = left.lt(COLUMNS_WIDTH) ? dec(String(COLUMNS_WIDTH)) : left;
  return html`<svg class="plot thin" viewBox="0 0 ${total.toFixed(1)} 16" preserveAspectRatio="none" role="img" aria-label="${title}">${drawn}</svg>`;
}

import type { Bill, BillLine } from '../../../core/bill/bill';
import { sha256 } from './sha256';

type Label = BillLine['label'];

/** The different labels of a bill, in the order in which they first appear. */
export interface WordSet {
  /** SHA-256 of the text, hex. */
  readonly key: string;
  /** The labels as a JSON list. */
  readonly text: string;
}

/** Which words a bill uses where. Bills of one plan share their words, so these are stored once, under the key of the set. */
export interface BillWords {
  readonly set: WordSet;
  /** For each line the place of its label in the set. */
  readonly wordsOfLine: readonly number[];
  /** For each levy contained in the price the place of its label in the set. */
  readonly wordsOfFund: readonly number[];
}

/** Sets that were met lately, by their labels: a million bills have some dozens of them. */
const KNOWN = new Map<string, WordSet>();
const KNOWN_AT_MOST = 5_000;

/** The words of the lines and of the levies contained in the price. */
export function wordsOf({ lines, totals }: Pick<Bill, 'lines' | 'totals'>): BillWords {
  const places = new Map<string, number>();
  const labels: Label[] = [];
  let all = '';
  const place = ({ label }: { readonly label: Label }): number => {
    // With its lengths, so that no two lists of labels read the same.
    const own = `${String(label.zh.length)} ${label.zh}${String(label.en.length)} ${label.en}`;
    const known = places.get(own);
    if (known !== undefined) return known;
    places.set(own, labels.length);
    all += own;
    return labels.push(label) - 1;
  };
  const wordsOfLine = lines.map(place);
  const wordsOfFund = totals.insideFunds.map(place);
  return { set: KNOWN.get(all) ?? remember(all, labels), wordsOfLine, wordsOfFund };
}

function remember(all: string, labels: readonly Label[]): WordSet {
  const text = JSON.stringify(labels.map(({ zh, en }) => ({ zh, en })));
  const set = { key: sha256(text), text };
  if (KNOWN.size >= KNOWN_AT_MOST) KNOWN.clear();
  KNOWN.set(all, set);
  return set;
}

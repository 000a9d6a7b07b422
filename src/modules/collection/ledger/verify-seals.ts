import { CHECK_WINDOW, FIRST_DIFFERENCE, NEXT_WINDOW, PREDECESSOR_ELSEWHERE, SEALED_SOMEWHERE, STRAY_ENTRY } from './seal-check.sql';

/** Runs one statement and answers its rows: a transaction, the database, or an auditor's own connection. */
export type Ask = <Row>(sql: string, params?: readonly unknown[]) => Promise<Row[]>;

/** The first row that is not as it was sealed. */
export interface BrokenRow {
  readonly row: 'seal' | 'journal' | 'entry';
  readonly fault: 'changed' | 'removed' | 'inserted' | 'out-of-order';
  readonly sealNo: string | null;
  readonly journalId: string | null;
  readonly entryNo: number | null;
}

/** A seal that was written down elsewhere when it was made. */
export interface Anchor {
  readonly sealNo: string;
  readonly hash: string;
}

/** What was written down as `number:hash`. */
export function anchorOf(text: string | undefined): Anchor | undefined {
  const [sealNo, hash] = text?.split(':') ?? [];
  return sealNo === undefined || hash === undefined ? undefined : { sealNo, hash };
}

export interface VerifiedStretch {
  readonly lastSealNo: string;
  readonly seals: number;
  readonly journals: number;
  readonly entries: number;
  readonly broken: BrokenRow | null;
}

interface WindowCheck {
  readonly seals: number;
  readonly journals: number;
  readonly entries: number;
  readonly wrong: { readonly seal_no: number; readonly preceded: boolean; readonly follows: boolean; readonly hash_right: boolean } | null;
}

/** Journals that one statement recomputes: some ten megabytes of text in the server. */
const JOURNALS_OF_A_WINDOW = 20_000;
const MARK = 8;
const ENTRY_MARK = 2 + MARK;

const brokenSeal = (sealNo: number, fault: BrokenRow['fault']): BrokenRow => ({ row: 'seal', fault, sealNo: String(sealNo), journalId: null, entryNo: null });

/**
 * Recomputes the seals after one up to another, window after window, so that memory does not grow with the books;
 * each window is handed out when it is done. Ends at the first row that is broken.
 */
export async function* verifySeals(ask: Ask, afterSealNo: string, lastSealNo: string, mostJournals = JOURNALS_OF_A_WINDOW): AsyncGenerator<VerifiedStretch> {
  let after = afterSealNo;
  for (;;) {
    const [window] = await ask<{ last: string | null }>(NEXT_WINDOW, [after, mostJournals, lastSealNo]);
    if (window?.last == null) return;
    const [check] = await ask<WindowCheck>(CHECK_WINDOW, [after, window.last]);
    if (!check) throw new Error('a statement without a row');
    const broken = check.wrong === null ? null : await locate(ask, check.wrong);
    yield { lastSealNo: window.last, seals: check.seals, journals: check.journals, entries: check.entries, broken };
    if (broken) return;
    after = window.last;
  }
}

/** Null where the chain holds the seal that was written down. */
export async function compareAnchor(ask: Ask, anchor: Anchor): Promise<BrokenRow | null> {
  const [seal] = await ask<{ same: boolean }>(`select hash = decode($2, 'hex') as same from ledger_seals where seal_no = $1`, [anchor.sealNo, anchor.hash]);
  if (seal?.same === true) return null;
  return { row: 'seal', fault: seal ? 'changed' : 'removed', sealNo: anchor.sealNo, journalId: null, entryNo: null };
}

/** An entry without its journal, which no seal can speak of. */
export async function findStrayEntry(ask: Ask): Promise<BrokenRow | null> {
  const [stray] = await ask<{ journalId: string; entryNo: number }>(STRAY_ENTRY);
  return stray ? { row: 'entry', fault: 'inserted', sealNo: null, ...stray } : null;
}

/** What is wrong with a seal that does not hold: a row that it covers, itself, or the one before it. */
async function locate(ask: Ask, { seal_no: sealNo, preceded, follows, hash_right: hashRight }: NonNullable<WindowCheck['wrong']>): Promise<BrokenRow> {
  if (!preceded) return brokenSeal(sealNo - 1, 'removed');
  // A seal that is right in itself and names another predecessor proves that the predecessor was written anew.
  if (hashRight && !follows) return brokenSeal(sealNo - 1, 'changed');
  if (hashRight) return brokenSeal(sealNo, 'changed');
  const [difference] = await ask<{ journalId: string; kept: Buffer | null; found: Buffer | null; moved: boolean }>(FIRST_DIFFERENCE, [sealNo]);
  if (difference) {
    const found = { sealNo: String(sealNo), journalId: difference.journalId, ...compareMarks(difference) };
    if (found.fault !== 'inserted' || found.row !== 'journal') return found;
    const [cover] = await ask<{ sealed: boolean }>(SEALED_SOMEWHERE, [difference.journalId]);
    return cover?.sealed === true ? { ...found, fault: 'out-of-order' } : found;
  }
  const [order] = await ask<{ elsewhere: boolean }>(PREDECESSOR_ELSEWHERE, [sealNo]);
  return brokenSeal(sealNo, order?.elsewhere === true ? 'out-of-order' : 'changed');
}

function compareMarks({ kept, found, moved }: { kept: Buffer | null; found: Buffer | null; moved: boolean }): Pick<BrokenRow, 'row' | 'fault' | 'entryNo'> {
  if (!found) return { row: 'journal', fault: 'removed', entryNo: null };
  if (!kept) return { row: 'journal', fault: 'inserted', entryNo: null };
  if (!kept.subarray(0, MARK).equals(found.subarray(0, MARK))) return { row: 'journal', fault: moved ? 'out-of-order' : 'changed', entryNo: null };
  const [before, now] = [entryMarks(kept), entryMarks(found)];
  const first = [...new Set([...before.keys(), ...now.keys()])].sort((a, b) => a - b).find((no) => before.get(no) !== now.get(no));
  if (first === undefined) return { row: 'journal', fault: 'out-of-order', entryNo: null };
  return { row: 'entry', fault: !now.has(first) ? 'removed' : before.has(first) ? 'changed' : 'inserted', entryNo: first };
}

/** The mark of each entry by its number. */
function entryMarks(marks: Buffer): Map<number, string> {
  const found = new Map<number, string>();
  for (let at = MARK; at + ENTRY_MARK <= marks.length; at += ENTRY_MARK) found.set(marks.readInt16BE(at), marks.subarray(at + 2, at + ENTRY_MARK).toString('hex'));
  return found;
}

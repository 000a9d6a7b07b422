import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';

const LINE_FEED = 0x0a;

/** A line of a file as it came, counted from 1, blank ones too. */
export interface RawLine {
  readonly line: number;
  /** Null where the line is longer than allowed; it is skipped without being kept in memory. */
  readonly bytes: Buffer | null;
}

/**
 * Lines of bytes out of a stream, never more of it in memory than one line and one chunk. A stream is left open for
 * its owner, who may have to answer on it, when reading stops early.
 */
export async function* rawLines(source: Readable | AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<RawLine> {
  const chunks = (source instanceof Readable ? source.iterator({ destroyOnReturn: false }) : source) as AsyncIterable<Buffer>;
  let line = 0;
  let held: Buffer[] = [];
  let size = 0;
  const take = (): RawLine => {
    const whole = { line: (line += 1), bytes: size > maxBytes ? null : Buffer.concat(held) };
    held = [];
    size = 0;
    return whole;
  };
  const hold = (piece: Buffer): void => {
    size += piece.length;
    if (size <= maxBytes) held.push(piece);
    else held = [];
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      hold(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    hold(chunk.subarray(from));
  }
  if (size > 0) yield take();
}

/** Why a line cannot be read. */
export type UnreadableLine = 'TOO_LONG' | 'NOT_UTF8';

/** The text of a line without byte order mark and surrounding blanks, or why it has none. */
export function lineText({ bytes }: RawLine): { readonly text: string } | { readonly unreadable: UnreadableLine } {
  if (bytes === null) return { unreadable: 'TOO_LONG' };
  if (!isUtf8(bytes)) return { unreadable: 'NOT_UTF8' };
  return { text: bytes.toString('utf8').replace(/^\uFEFF/, '').trim() };
}

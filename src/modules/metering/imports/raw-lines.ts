import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { type Bilingual, fieldError, type FieldError } from '../../../platform/errors';

const LINE_FEED = 0x0a;

/** A line of a file as it came, counted from 1. */
export interface RawLine {
  readonly line: number;
  /** Null where the line is longer than allowed; it is skipped without being kept in memory. */
  readonly bytes: Buffer | null;
}

/** Lines of bytes out of a stream; the source is left open for its owner when reading stops early. */
export async function* rawLines(source: Readable, maxBytes: number): AsyncGenerator<RawLine> {
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
  };
  for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
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

const TOO_LONG: Bilingual = { en: 'the line is too long', zh: '该行过长' };
const NOT_UTF8: Bilingual = { en: 'the line is not UTF-8', zh: '该行不是 UTF-8' };

/** The text of a line without byte order mark and surrounding blanks, or why it has none. */
export function textOf({ bytes }: RawLine, maxBytes: number): string | FieldError {
  if (bytes === null) return fieldError('', 'TOO_LONG', TOO_LONG, `1 … ${maxBytes} B`);
  if (!isUtf8(bytes)) return fieldError('', 'NOT_UTF8', NOT_UTF8, 'UTF-8');
  return bytes.toString('utf8').replace(/^\uFEFF/, '').trim();
}

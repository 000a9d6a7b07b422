import { isUtf8 } from 'node:buffer';

/** Bytes of one line at most; a longer one is refused, and reading goes on after it. */
export const MAX_LINE_BYTES = 256 * 1024;

/** A line of the input, or why it cannot be read. Lines are counted from 1, blank ones too. */
export interface InputLine {
  readonly lineNo: number;
  readonly text?: string;
  readonly unreadable?: 'TOO_LONG' | 'NOT_UTF8';
}

const LINE_FEED = 0x0a;

/** The lines of a stream of bytes, one by one, never more of it in memory than one line and one chunk. */
export async function* readLines(input: AsyncIterable<Buffer>): AsyncGenerator<InputLine> {
  let lineNo = 0;
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const rest = chunk.subarray(start, end);
      size += rest.length;
      lineNo += 1;
      const line = lineOf(lineNo, size, pending, rest);
      if (line) yield line;
      pending = [];
      size = 0;
      start = end + 1;
    }
    const tail = chunk.subarray(start);
    size += tail.length;
    if (size <= MAX_LINE_BYTES) pending.push(tail);
    else pending = [];
  }
  const last = lineOf(lineNo + 1, size, pending, Buffer.alloc(0));
  if (last) yield last;
}

function lineOf(lineNo: number, size: number, pending: readonly Buffer[], rest: Buffer): InputLine | undefined {
  if (size > MAX_LINE_BYTES) return { lineNo, unreadable: 'TOO_LONG' };
  const bytes = pending.length === 0 ? rest : Buffer.concat([...pending, rest]);
  if (!isUtf8(bytes)) return { lineNo, unreadable: 'NOT_UTF8' };
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '').trim();
  return text === '' ? undefined : { lineNo, text };
}

import type { Readable } from 'node:stream';
import { lineText, rawLines, type UnreadableLine } from '../../../platform/lines';

/** Bytes of one line at most; a longer one is refused, and reading goes on after it. */
export const MAX_LINE_BYTES = 256 * 1024;

/** A line of the input, or why it cannot be read. Lines are counted from 1, blank ones too. */
export interface InputLine {
  readonly lineNo: number;
  readonly text?: string;
  readonly unreadable?: UnreadableLine;
}

/** The lines of a file that have something on them, one by one. */
export async function* readLines(input: Readable | AsyncIterable<Buffer>): AsyncGenerator<InputLine> {
  for await (const raw of rawLines(input, MAX_LINE_BYTES)) {
    const read = lineText(raw);
    if ('unreadable' in read || read.text !== '') yield { lineNo: raw.line, ...read };
  }
}

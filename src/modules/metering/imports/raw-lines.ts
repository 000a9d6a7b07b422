import { type Bilingual, fieldError, type FieldError } from '../../../platform/errors';
import { lineText, type RawLine, type UnreadableLine } from '../../../platform/lines';

export { type RawLine, rawLines } from '../../../platform/lines';

const REASONS: Readonly<Record<UnreadableLine, Bilingual>> = {
  TOO_LONG: { en: 'the line is too long', zh: '该行过长' },
  NOT_UTF8: { en: 'the line is not UTF-8', zh: '该行不是 UTF-8' },
};

/** The text of a line, or the refusal of a line that has none. */
export function textOf(line: RawLine, maxBytes: number): string | FieldError {
  const read = lineText(line);
  if ('text' in read) return read.text;
  return fieldError('', read.unreadable, REASONS[read.unreadable], read.unreadable === 'TOO_LONG' ? `1 … ${String(maxBytes)} B` : 'UTF-8');
}

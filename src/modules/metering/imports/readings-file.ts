import type { Readable } from 'node:stream';
import { REGISTERS, type Register } from '../../../core/tariff/vocabulary';
import { AppError, fieldError, type FieldError } from '../../../platform/errors';
import { isCalendarDay } from '../../../platform/http';
import { READING_SOURCES, type ReadingSource } from '../metering.codes';
import type { OfferedReading, Refusal } from '../readings/reading.types';
import { readingTextProblem } from '../readings/reading.rules';
import { type RawLine, rawLines, textOf } from './raw-lines';

const REQUIRED = ['meterNo', 'register', 'readOn', 'reading'] as const;
const COLUMNS = [...REQUIRED, 'source'] as const;
type Column = (typeof COLUMNS)[number];

/** Bytes of one line at most. */
const MAX_LINE_BYTES = 4_096;
const METER_NO = /^[0-9A-Z][0-9A-Z-]{3,31}$/;

export type ParsedReading = { readonly line: OfferedReading } | { readonly refusal: Refusal };

/** The cells of a line. Quotation marks belong to one cell: an unclosed one spoils its own line only. */
function cellsOf(text: string): string[] {
  return text.split(',').map((part) => {
    const cell = part.trim();
    return cell.length >= 2 && cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).trim() : cell;
  });
}

function headerProblems(header: readonly string[]): FieldError[] {
  const allowed = COLUMNS.join(' | ');
  const missing = REQUIRED.filter((name) => !header.includes(name));
  const strange = header.filter((name, index) => !COLUMNS.includes(name as Column) || header.indexOf(name) !== index);
  return [
    ...missing.map((name) => fieldError(name, 'REQUIRED', { en: 'is a required column', zh: '缺少该列' }, allowed)),
    ...strange.map((name) => fieldError(name.slice(0, 60), 'UNKNOWN_FIELD', { en: 'is not a column of this file, or stands twice', zh: '未知或重复的列' }, allowed)),
  ];
}

function problemOf(cells: Readonly<Record<Column, string>>): Omit<Refusal, 'line'> | null {
  const { meterNo, register, readOn, reading, source } = cells;
  if (!METER_NO.test(meterNo)) {
    return { field: 'meterNo', code: 'FORMAT', message: { en: 'is not an asset number', zh: '不是资产编号' }, allowed: METER_NO.source, value: meterNo };
  }
  if (!REGISTERS.includes(register as Register)) {
    const message = { en: 'is not a register', zh: '不是示数类型' };
    return { field: 'register', code: 'NOT_ALLOWED', message, allowed: REGISTERS.join(' | '), value: register };
  }
  if (!isCalendarDay(readOn)) {
    return { field: 'readOn', code: 'NOT_A_DATE', message: { en: 'must be a date YYYY-MM-DD', zh: '须为 YYYY-MM-DD 格式的日期' }, allowed: 'YYYY-MM-DD', value: readOn };
  }
  if (!READING_SOURCES.codes.includes(source as ReadingSource)) {
    const message = { en: 'is not a source of readings', zh: '不是示数来源' };
    return { field: 'source', code: 'NOT_ALLOWED', message, allowed: READING_SOURCES.codes.join(' | '), value: source };
  }
  return readingTextProblem(reading);
}

function parseLine(raw: RawLine, header: readonly Column[]): ParsedReading | null {
  const { line } = raw;
  const text = textOf(raw, MAX_LINE_BYTES);
  if (typeof text !== 'string') return { refusal: { line, ...text } };
  if (text === '') return null;
  const record = cellsOf(text);
  if (record.length !== header.length) {
    const message = { en: `has ${record.length} columns in place of ${header.length}`, zh: `应有 ${header.length} 列，实有 ${record.length} 列` };
    return { refusal: { line, field: '', code: 'COLUMNS', message, allowed: header.join(',') } };
  }
  const cells: Record<Column, string> = { meterNo: '', register: '', readOn: '', reading: '', source: 'manual' };
  header.forEach((name, index) => {
    const cell = record[index] ?? '';
    if (name !== 'source' || cell !== '') cells[name] = cell;
  });
  const problem = problemOf(cells);
  if (problem !== null) return { refusal: { line, ...problem } };
  return { line: { ...cells, line, register: cells.register as Register, source: cells.source as ReadingSource } };
}

/**
 * Reads a file of readings as it arrives: UTF-8 with or without byte order mark, a header line in any order of
 * columns, then one reading a line; blank lines are left out. A line that is too long or not UTF-8 is refused by
 * itself. Throws METERING.IMPORT_HEADER_INVALID before anything is recorded.
 */
export async function openReadingsFile(source: Readable): Promise<AsyncGenerator<ParsedReading>> {
  const lines = rawLines(source, MAX_LINE_BYTES);
  const header = await headerOf(lines);
  const errors = headerProblems(header);
  if (errors.length > 0) throw new AppError('METERING.IMPORT_HEADER_INVALID', { errors });
  return (async function* readings() {
    for await (const raw of lines) {
      const parsed = parseLine(raw, header as Column[]);
      if (parsed !== null) yield parsed;
    }
  })();
}

/** The names of the first line that is not blank. */
async function headerOf(lines: AsyncGenerator<RawLine>): Promise<readonly string[]> {
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const text = textOf(next.value, MAX_LINE_BYTES);
    if (typeof text !== 'string') throw new AppError('METERING.IMPORT_HEADER_INVALID', { errors: [text] });
    if (text !== '') return cellsOf(text);
  }
  return [];
}

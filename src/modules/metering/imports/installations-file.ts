import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { fieldError, type FieldError } from '../../../platform/errors';
import { judgeOf } from '../../../platform/http';
import { InstallationLine } from '../dto/installation-line.dto';
import { meterProblems } from '../meters/meter.rules';
import { completeReadingsProblems } from '../meters/move-meters';
import type { Refusal } from '../readings/reading.types';
import { usagePointProblems } from '../usage-points/usage-point.rules';

/** An installation as a line of the file gives it; every field by itself and all together are sound. */
export interface OfferedInstallation extends InstallationLine {
  readonly line: number;
}
export type ParsedInstallation = { readonly line: OfferedInstallation } | { readonly refusal: Refusal };

const MAX_LINE_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;
const judge = judgeOf(InstallationLine);

interface RawLine {
  readonly line: number;
  /** Null where the line is longer than allowed; it is skipped without being kept in memory. */
  readonly bytes: Buffer | null;
}

/** Lines of bytes out of a stream, counted from 1; the source is left open for its owner when reading stops early. */
async function* rawLines(source: Readable): AsyncGenerator<RawLine> {
  let line = 0;
  let held: Buffer[] = [];
  let size = 0;
  const take = (): RawLine => {
    const whole = { line: (line += 1), bytes: size > MAX_LINE_BYTES ? null : Buffer.concat(held) };
    held = [];
    size = 0;
    return whole;
  };
  const hold = (piece: Buffer): void => {
    size += piece.length;
    if (size <= MAX_LINE_BYTES) held.push(piece);
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

const inside = (field: string, errors: readonly FieldError[]): FieldError[] =>
  errors.map((error) => ({ ...error, field: error.field === '' ? field : `${field}.${error.field}` }));

function meterLineProblems({ usagePoint, meter, initialReadings }: InstallationLine): FieldError[] {
  const metered = usagePoint.kind === 'metered';
  if (meter === undefined) {
    return metered ? [fieldError('meter', 'REQUIRED', { en: 'a metered point needs its meter', zh: '装表计量点须有电能表' })] : [];
  }
  if (!metered) return [fieldError('meter', 'NOT_APPLICABLE', { en: 'only a metered point has one', zh: '只有装表计量点有电能表' }, 'kind = metered')];
  const errors = inside('meter', meterProblems(meter));
  return errors.length > 0 ? errors : completeReadingsProblems(meter.registers, initialReadings ?? [], 'initialReadings');
}

function parentProblems({ usagePoint, parents = [] }: InstallationLine): FieldError[] {
  if (parents.length > 2) return [fieldError('parents', 'ITEMS', { en: 'must have at most two items', zh: '最多两项' }, '0 … 2')];
  if (usagePoint.kind === 'fixed-ratio' && parents.length === 0) {
    return [fieldError('parents', 'REQUIRED', { en: 'a fixed ratio is taken of a parent', zh: '定比须有父计量点' }, '1 … 2')];
  }
  if (parents.includes(usagePoint.usagePointNo)) return [fieldError('parents', 'CYCLE', { en: 'is this point itself', zh: '是该计量点自身' })];
  return parents[0] !== undefined && parents[0] === parents[1] ? [fieldError('parents.1', 'REPEATED', { en: 'is a parent already', zh: '重复' })] : [];
}

/** What a line says against itself, once each of its fields is sound. */
export function installationProblems(line: InstallationLine): FieldError[] {
  return [...inside('usagePoint', usagePointProblems(line.usagePoint)), ...meterLineProblems(line), ...parentProblems(line)];
}

function refusalOf(line: number, [error]: readonly FieldError[]): ParsedInstallation {
  const { field = '', code = 'INVALID', message = { en: '', zh: '' }, allowed } = error ?? {};
  return { refusal: { line, field, code, message, ...(allowed === undefined ? {} : { allowed }) } };
}

function parseLine({ line, bytes }: RawLine): ParsedInstallation | null {
  if (bytes === null) return refusalOf(line, [fieldError('', 'TOO_LONG', { en: 'the line is too long', zh: '该行过长' }, `1 … ${MAX_LINE_BYTES}`)]);
  if (!isUtf8(bytes)) return refusalOf(line, [fieldError('', 'NOT_UTF8', { en: 'the line is not UTF-8', zh: '该行不是 UTF-8' })]);
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '').trim();
  if (text === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refusalOf(line, [fieldError('', 'MALFORMED', { en: 'the line is not JSON', zh: '该行不是 JSON' })]);
  }
  const errors = judge(value);
  if (errors.length > 0) return refusalOf(line, errors);
  const offered = value as InstallationLine;
  const problems = installationProblems(offered);
  return problems.length > 0 ? refusalOf(line, problems) : { line: { ...offered, line } };
}

/** Reads installations, one JSON object a line, as they arrive; blank lines are left out. */
export async function* readInstallationsFile(source: Readable): AsyncGenerator<ParsedInstallation> {
  for await (const raw of rawLines(source)) {
    const parsed = parseLine(raw);
    if (parsed !== null) yield parsed;
  }
}

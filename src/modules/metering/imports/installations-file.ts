import type { Readable } from 'node:stream';
import { fieldError, type FieldError } from '../../../platform/errors';
import { judgeOf } from '../../../platform/http';
import { InstallationLine } from '../dto/installation-line.dto';
import { meterProblems } from '../meters/meter.rules';
import { completeReadingsProblems } from '../meters/move-meters';
import type { Refusal } from '../readings/reading.types';
import { usagePointProblems } from '../usage-points/usage-point.rules';
import { type RawLine, rawLines, textOf } from './raw-lines';

/** An installation as a line of the file gives it; every field by itself and all together are sound. */
export interface OfferedInstallation extends InstallationLine {
  readonly line: number;
}
export type ParsedInstallation = { readonly line: OfferedInstallation } | { readonly refusal: Refusal };

const MAX_LINE_BYTES = 64 * 1024;
const judge = judgeOf(InstallationLine);

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

function parseLine(raw: RawLine): ParsedInstallation | null {
  const { line } = raw;
  const text = textOf(raw, MAX_LINE_BYTES);
  if (typeof text !== 'string') return refusalOf(line, [text]);
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
  for await (const raw of rawLines(source, MAX_LINE_BYTES)) {
    const parsed = parseLine(raw);
    if (parsed !== null) yield parsed;
  }
}

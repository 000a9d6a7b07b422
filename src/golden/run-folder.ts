import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isObject, Json, JsonObject } from './case-policy';
import { compareFigures, Difference } from './compare';
import { checkPowerFactorTable } from './power-factor-table-check';
import { runCase } from './run-case';

/** One printed line, and whether it passed; `null` where there was nothing to compare with. */
export interface GoldenLine {
  readonly line: Readonly<Record<string, unknown>>;
  readonly passed: boolean | null;
}

function parse(path: string): Json {
  return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as Json;
}

function jsonFiles(target: string): string[] {
  if (!statSync(target).isDirectory()) return [target];
  return readdirSync(target)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(target, name));
}

function caseLine(document: JsonObject, path: string): GoldenLine {
  const result = runCase({ ...document, id: document['id'] ?? basename(path, '.json') });
  const expected = document['expected'];
  if (result.unsupported.length > 0) return { line: { id: result.id, unsupported: result.unsupported }, passed: false };
  const differences = expected !== undefined && isObject(expected) ? compareFigures(result.figures, expected, document['policy']) : null;
  const line = { id: result.id, figures: Object.fromEntries(result.figures) };
  if (result.error !== null) return { line: { ...line, error: result.error }, passed: false };
  if (differences === null) return { line, passed: null };
  return differences.length === 0 ? { line, passed: true } : { line: { ...line, differences }, passed: false };
}

function tableLine(document: JsonObject): GoldenLine {
  const check = checkPowerFactorTable(document);
  const differences: readonly Difference[] = check.differences;
  const line = { id: 'power-factor-table', figures: { rows: String(check.rows), differences: String(differences.length) } };
  return { line: differences.length === 0 ? line : { ...line, differences }, passed: check.rows > 0 && differences.length === 0 };
}

/** A case has `rules`; the power-factor table has `standards`; any other JSON is not for this runner. */
function lineOf(path: string): GoldenLine | null {
  let document: Json;
  try {
    document = parse(path);
  } catch {
    return { line: { id: basename(path, '.json'), error: 'not JSON' }, passed: false };
  }
  if (!isObject(document)) return null;
  if (Array.isArray(document['rules'])) return caseLine(document, path);
  return document['standards'] === undefined ? null : tableLine(document);
}

/** Works every case of a folder (or one file), in the order of their names. */
export function* runGolden(target: string): Generator<GoldenLine> {
  for (const path of jsonFiles(target)) {
    const line = lineOf(path);
    if (line !== null) yield line;
  }
}

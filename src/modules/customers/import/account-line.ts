import { fieldError, type FieldError } from '../../../platform/errors';
import { judgeOf } from '../../../platform/http';
import { IMPORT_REFUSALS, type ImportRefusal } from '../customers.errors';
import { ImportedAccount, type ImportedSupplyCircuit, type ImportedTerms, type ImportedTransformer } from '../dto/account-import.dto';
import { lossProblems, termsProblems } from '../rules/terms-rules';
import type { InputLine } from './read-lines';

/** Something that holds from a day to a day; `to` null where open. */
export interface Dated<Value> {
  readonly value: Value;
  readonly from: string;
  readonly to: string | null;
}

/** A line that has passed every rule, with its periods worked out. */
export interface AccountLine {
  readonly lineNo: number;
  readonly account: ImportedAccount;
  readonly terms: readonly Dated<ImportedTerms>[];
  readonly transformers: readonly { readonly transformer: ImportedTransformer; readonly states: readonly Dated<string>[] }[];
  readonly supplyCircuits: readonly Dated<ImportedSupplyCircuit>[];
}

/** A line that is refused, with everything that is wrong with it. */
export interface RefusedLine {
  readonly lineNo: number;
  readonly externalReference: string | null;
  readonly problems: readonly FieldError[];
}

const MAX_PROBLEMS = 50;
const UNPRINTABLE = /[\p{Control}\p{Surrogate}]/gu;
const PRINTABLE = /^[^\p{Control}\p{Surrogate}]{1,64}$/u;
const judge = judgeOf(ImportedAccount);

export function refusal(field: string, code: ImportRefusal, allowed?: string): FieldError {
  return fieldError(field, code, IMPORT_REFUSALS[code], allowed);
}

export function isRefused(line: AccountLine | RefusedLine): line is RefusedLine {
  return 'problems' in line;
}

/** An account out of a line, or everything that is wrong with it: form, fields, and what the fields say together. */
export function readAccountLine(line: InputLine): AccountLine | RefusedLine {
  if (line.unreadable !== undefined) return refused(line.lineNo, null, [refusal('', line.unreadable)]);
  const parsed = parse(line.text ?? '');
  if (parsed === undefined) return refused(line.lineNo, null, [refusal('', 'MALFORMED')]);
  const reference = referenceOf(parsed);
  const problems = judge(parsed);
  if (problems.length > 0) return refused(line.lineNo, reference, problems);
  const found: FieldError[] = [];
  const result = assemble(line.lineNo, parsed as unknown as ImportedAccount, found);
  return found.length > 0 ? refused(line.lineNo, reference, found) : result;
}

function assemble(lineNo: number, account: ImportedAccount, found: FieldError[]): AccountLine {
  const { openedOn } = account;
  account.terms.forEach((terms, index) => {
    found.push(...termsProblems(terms, `terms.${String(index)}`));
    if ((terms.validFrom ?? openedOn) < openedOn) found.push(refusal(`terms.${String(index)}.validFrom`, 'INCONSISTENT', `>= ${openedOn}`));
  });
  return {
    lineNo,
    account,
    terms: inOrder(account.terms, openedOn, 'terms', found),
    transformers: transformersOf(account, found),
    supplyCircuits: circuitsOf(account, found),
  };
}

function transformersOf(account: ImportedAccount, found: FieldError[]): AccountLine['transformers'] {
  const numbers = new Set<string>();
  return (account.transformers ?? []).map((transformer, index) => {
    const path = `transformers.${String(index)}`;
    if (numbers.has(transformer.transformerNo)) found.push(refusal(`${path}.transformerNo`, 'REPEATED_NUMBER'));
    numbers.add(transformer.transformerNo);
    if (transformer.loss) found.push(...lossProblems(transformer.loss, `${path}.loss`));
    const states = inOrder(transformer.states ?? [{ state: 'running' as const }], account.openedOn, `${path}.states`, found);
    return { transformer, states: joined(states.map(({ value, from, to }) => ({ value: value.state, from, to }))) };
  });
}

function circuitsOf(account: ImportedAccount, found: FieldError[]): Dated<ImportedSupplyCircuit>[] {
  const byNumber = new Map<string, ImportedSupplyCircuit[]>();
  for (const circuit of account.supplyCircuits ?? []) {
    const known = byNumber.get(circuit.supplyCircuitNo);
    if (known) known.push(circuit);
    else byNumber.set(circuit.supplyCircuitNo, [circuit]);
  }
  return [...byNumber.values()].flatMap((versions) => inOrder(versions, account.openedOn, 'supplyCircuits', found));
}

/** Each item holds from its day (or the opening) until the next one begins; two that begin on one day are refused. */
function inOrder<Item extends { validFrom?: string }>(items: readonly Item[], openedOn: string, path: string, found: FieldError[]): Dated<Item>[] {
  const starts = items.map((value) => ({ value, from: value.validFrom ?? openedOn })).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return starts.map(({ value, from }, index) => {
    const next = starts[index + 1]?.from ?? null;
    if (next === from) found.push(refusal(path, 'OVERLAP', 'one a day'));
    return { value, from, to: next };
  });
}

/** Neighbours of one state as one, and the times of removal left out. */
function joined(states: readonly Dated<string>[]): Dated<string>[] {
  const result: Dated<string>[] = [];
  for (const state of states) {
    const last = result.at(-1);
    if (last !== undefined && last.value === state.value && last.to === state.from) result[result.length - 1] = { ...last, to: state.to };
    else result.push(state);
  }
  return result.filter(({ value }) => value !== 'removed');
}

function refused(lineNo: number, externalReference: string | null, problems: readonly FieldError[]): RefusedLine {
  const shown = problems.slice(0, MAX_PROBLEMS).map((problem) => ({ ...problem, field: problem.field.replace(UNPRINTABLE, '?') }));
  return { lineNo, externalReference, problems: shown };
}

function referenceOf(parsed: Record<string, unknown>): string | null {
  const reference = parsed['externalReference'];
  return typeof reference === 'string' && PRINTABLE.test(reference) ? reference : null;
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

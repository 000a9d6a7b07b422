import { CoreError } from '../core/errors';
import { Decimal, sum, ZERO } from '../core/quantity';
import { BILL_RULES } from './bill-rules';
import { CasePolicy, isObject, Json, JsonObject } from './case-policy';
import { CaseProblem, Unsupported } from './problems';
import { CASE_RULES, CaseRule } from './rules';
import { sumOfCharges } from './rules/totals';
import { partName, Scope } from './scope';

/** What a case came to: its figures, or what is not supported, or why it could not be worked. */
export interface CaseResult {
  readonly id: string;
  readonly figures: ReadonlyMap<string, string>;
  readonly unsupported: readonly string[];
  readonly error: string | null;
}

const SUMMABLE = /(Charge|Amount|Total|Kwh|Kvarh)$|^surcharge\./;
const NOT_SUMMABLE = /(PerKwh|PerKvaMonth|PerKwMonth)$/;

function ruleNames(holder: JsonObject): readonly string[] {
  const rules = holder['rules'];
  if (!Array.isArray(rules)) throw new CaseProblem('rules is missing');
  return rules.map((each: Json) => (typeof each === 'string' ? each : JSON.stringify(each)));
}

/** Every rule named by a case and by its parts that nothing here answers to. */
function unknownRules(names: readonly string[], inputs: JsonObject): string[] {
  const unknown = names.filter((name) => RULES[name] === undefined);
  for (const list of ['segments', 'alternatives']) {
    const parts = inputs[list];
    if (!Array.isArray(parts)) continue;
    for (const part of parts as readonly Json[]) if (isObject(part) && Array.isArray(part['rules'])) unknown.push(...unknownRules(ruleNames(part), part));
  }
  return [...new Set(unknown)];
}

function runRules(scope: Scope, names: readonly string[]): void {
  for (const name of names) {
    const rule = RULES[name];
    if (rule === undefined) throw new Unsupported(name);
    rule(scope);
  }
}

function runParts(scope: Scope, list: string): Scope[] {
  const parts = scope.list(list);
  if (parts === undefined) throw new CaseProblem(`${list} is missing`);
  return parts.map((inputs, index) => {
    const part = scope.part(partName(inputs, `${list.slice(0, -1)}${index + 1}`), inputs);
    runRules(part, ruleNames(inputs));
    return part;
  });
}

/** The whole of a segmented bill: the sum of every charge and energy that its segments have. */
function segmentedBill(scope: Scope): void {
  const segments = runParts(scope, 'segments');
  const names = new Set(segments.flatMap((segment) => [...segment.ownFigures().keys()]));
  for (const name of names) {
    if (!SUMMABLE.test(name) || NOT_SUMMABLE.test(name)) continue;
    const total = sum(segments.map((segment): Decimal => segment.ownFigures().get(name) ?? ZERO));
    if (/(Kwh|Kvarh)$/.test(name)) scope.energy(name, total);
    else scope.money(name, total);
  }
  if (!names.has('totalCharge')) scope.money('totalCharge', sum(segments.map((segment) => sumOfCharges(segment))));
}

/** The same customer in several ways, side by side. */
function alternatives(scope: Scope): void {
  runParts(scope, 'alternatives');
}

const RULES: Readonly<Record<string, CaseRule>> = {
  ...CASE_RULES,
  ...BILL_RULES,
  'segmented-bill': segmentedBill,
  alternatives,
};

/** The names of all rules, in the order of the format. */
export const RULE_NAMES: readonly string[] = Object.keys(RULES);

function errorText(problem: unknown): string {
  if (problem instanceof CoreError) return `${problem.code} ${JSON.stringify(problem.params)}`;
  if (problem instanceof CaseProblem || problem instanceof RangeError) return problem.message;
  throw problem;
}

/** Works one case: its rules in order, each on the inputs and on the figures of the rules before it. */
export function runCase(document: JsonObject): CaseResult {
  const id = typeof document['id'] === 'string' ? document['id'] : '';
  const inputs = document['inputs'];
  const stated = document['policy'];
  const policy = new CasePolicy(stated !== undefined && isObject(stated) ? stated : {});
  const scope = Scope.ofCase(inputs !== undefined && isObject(inputs) ? inputs : {}, policy);
  const result = (unsupported: readonly string[], error: string | null): CaseResult => ({ id, figures: scope.printed, unsupported, error });
  try {
    const names = ruleNames(document);
    const unsupported = [...unknownRules(names, scope.inputs), ...policy.unknownKeys()];
    if (unsupported.length > 0) return result(unsupported, null);
    runRules(scope, names);
    return result([], null);
  } catch (problem) {
    if (problem instanceof Unsupported) return result([problem.what], null);
    return result([], errorText(problem));
  }
}

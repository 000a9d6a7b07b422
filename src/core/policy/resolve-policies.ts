import { CoreError } from '../errors';
import { isLocalDate } from '../calendar';
import { dec, isPlainDecimal } from '../quantity';
import type { Policies } from './policies';
import { POLICY_KEYS, POLICY_SCHEMA, PolicyType } from './policy-schema';

/** A policy that is refused: where, and what is allowed. */
export interface PolicyProblem {
  readonly code: 'POLICY.UNKNOWN' | 'POLICY.INVALID';
  readonly path: string;
  readonly allowed: string;
}

/** The default of every policy. */
export const DEFAULT_POLICIES: Policies = Object.freeze(
  Object.fromEntries(POLICY_KEYS.map((key) => [key, POLICY_SCHEMA[key].default])) as unknown as Policies,
);

/** What a policy of this type may be, in words for a message. */
export function allowedText(type: PolicyType): string {
  const orNull = 'nullable' in type ? ' or null' : '';
  switch (type.kind) {
    case 'choice':
      return type.values.join(' | ');
    case 'integer':
      return `whole number ${type.min} to ${type.max}${orNull}`;
    case 'decimal':
      return `decimal text ${type.min} to ${type.max}${orNull}`;
    case 'date':
      return `YYYY-MM-DD${orNull}`;
    case 'order':
      return `each at most once: ${type.of.join(', ')}`;
    case 'names':
      return `list of line names${orNull}`;
  }
}

function isNamesList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && name.length > 0 && name.length <= 60);
}

function isAllowed(type: PolicyType, value: unknown): boolean {
  if (value === null) return 'nullable' in type;
  switch (type.kind) {
    case 'choice':
      return type.values.includes(value as string | number);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= type.min && value <= type.max;
    case 'decimal':
      return typeof value === 'string' && isPlainDecimal(value) && dec(value).gte(type.min) && dec(value).lte(type.max);
    case 'date':
      return typeof value === 'string' && isLocalDate(value);
    case 'order':
      return isNamesList(value) && new Set(value).size === value.length && value.every((name) => type.of.includes(name));
    case 'names':
      return isNamesList(value) && value.length <= 50;
  }
}

/** Every unknown key and every value that its key does not allow; none where the layer is sound. */
export function policyProblems(layer: unknown, path = '/policies'): PolicyProblem[] {
  if (typeof layer !== 'object' || layer === null || Array.isArray(layer)) {
    return [{ code: 'POLICY.INVALID', path, allowed: 'object' }];
  }
  const problems: PolicyProblem[] = [];
  for (const [key, value] of Object.entries(layer)) {
    const definition = Object.hasOwn(POLICY_SCHEMA, key) ? POLICY_SCHEMA[key as keyof Policies] : undefined;
    if (definition === undefined) {
      problems.push({ code: 'POLICY.UNKNOWN', path: `${path}/${key}`, allowed: POLICY_KEYS.join(', ') });
    } else if (!isAllowed(definition.type, value)) {
      problems.push({ code: 'POLICY.INVALID', path: `${path}/${key}`, allowed: allowedText(definition.type) });
    }
  }
  return problems;
}

/** The whole order that a policy of type `order` means: its own names first, those left out behind them. */
export function completeOrder<T extends string>(own: readonly T[], all: readonly T[]): readonly T[] {
  return own.length === all.length ? own : [...own, ...all.filter((name) => !own.includes(name))];
}

const alone = new WeakMap<object, Policies>();

/** A layer on the defaults; each layer object is checked and resolved once. */
function onDefaults(layer: Partial<Policies>): Policies {
  let policies = alone.get(layer);
  if (policies === undefined) {
    const [problem] = policyProblems(layer);
    if (problem !== undefined) throw new CoreError(problem.code, problem.path, { allowed: problem.allowed });
    policies = Object.freeze({ ...DEFAULT_POLICIES, ...layer });
    alone.set(layer, policies);
  }
  return policies;
}

/**
 * The policies in force: defaults, then each layer in turn; a later layer wins. Layers are not changed afterwards.
 * Throws POLICY.UNKNOWN or POLICY.INVALID for the first problem of a layer.
 */
export function resolvePolicies(layers: readonly (Partial<Policies> | undefined)[]): Policies {
  const [first, ...later] = layers.filter((layer) => layer !== undefined);
  let resolved = first === undefined ? DEFAULT_POLICIES : onDefaults(first);
  for (const layer of later) {
    onDefaults(layer);
    resolved = { ...resolved, ...layer };
  }
  return resolved;
}

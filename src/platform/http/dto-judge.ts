import type { Type } from '@nestjs/common';
import { getMetadataStorage, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';
import type { FieldError } from '../errors';
import { FIELD_CONSTRAINT } from './field';
import { NOT_OBJECT, UNKNOWN_FIELD, type Violation } from './rules';

/** Everything that is wrong with a parsed value by the field decorators of a class; none where it is sound. */
export type DtoJudge = (value: unknown) => FieldError[];

interface Field {
  readonly name: string;
  readonly rule: ValidatorConstraintInterface;
  readonly nested: Type<unknown> | undefined;
}

interface PropertyMetadata {
  readonly type?: unknown;
}

const PROPERTIES = 'swagger/apiModelProperties';
const compiled = new WeakMap<Type<unknown>, ReadonlyMap<string, Field>>();

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The rules of a class for bulk input: the same decorators as the API's bodies, without making an instance for each
 * row. Unknown fields are refused, nested objects and lists are judged by their own classes.
 */
export function judgeOf(dto: Type<unknown>): DtoJudge {
  return (value) => {
    const found: FieldError[] = [];
    judge(dto, value, '', found);
    return found;
  };
}

function judge(dto: Type<unknown>, value: unknown, path: string, found: FieldError[]): void {
  if (!isObject(value)) {
    found.push(errorAt(path, NOT_OBJECT));
    return;
  }
  const fields = fieldsOf(dto);
  for (const name of Object.keys(value)) {
    if (!fields.has(name)) found.push(errorAt(join(path, name.slice(0, 60)), UNKNOWN_FIELD));
  }
  for (const field of fields.values()) {
    judgeField(field, value[field.name], join(path, field.name), found);
  }
}

function judgeField({ name, rule, nested }: Field, value: unknown, path: string, found: FieldError[]): void {
  const args = { value, property: name, constraints: [], object: {}, targetName: '' } satisfies ValidationArguments;
  if (rule.validate(value, args) !== true) {
    found.push(errorAt(path, JSON.parse(rule.defaultMessage?.(args) ?? '{}') as Violation));
  } else if (nested !== undefined && Array.isArray(value)) {
    value.forEach((item, index) => judge(nested, item, `${path}.${index}`, found));
  } else if (nested !== undefined && isObject(value)) {
    judge(nested, value, path, found);
  }
}

function fieldsOf(dto: Type<unknown>): ReadonlyMap<string, Field> {
  const known = compiled.get(dto);
  if (known) return known;
  const storage = getMetadataStorage();
  const fields = new Map<string, Field>();
  for (const metadata of storage.getTargetValidationMetadatas(dto, '', false, false)) {
    if (metadata.name !== FIELD_CONSTRAINT) continue;
    const rule = storage.getTargetValidatorConstraints(metadata.constraintCls)[0]?.instance;
    if (rule) fields.set(metadata.propertyName, { name: metadata.propertyName, rule, nested: nestedOf(dto, metadata.propertyName) });
  }
  compiled.set(dto, fields);
  return fields;
}

/** The class behind an object or list field, which the contract's metadata names as a function that answers it. */
function nestedOf(dto: Type<unknown>, name: string): Type<unknown> | undefined {
  const { type } = (Reflect.getMetadata(PROPERTIES, dto.prototype as object, name) ?? {}) as PropertyMetadata;
  if (typeof type !== 'function' || type === String || type === Boolean || type === Number || type === Array) return undefined;
  const answer: unknown = type.prototype === undefined ? (type as () => unknown)() : type;
  return typeof answer === 'function' ? (answer as Type<unknown>) : undefined;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function errorAt(path: string, { path: inner, ...found }: Violation): FieldError {
  return { field: inner === undefined || inner === '' ? path : join(path, inner), ...found };
}

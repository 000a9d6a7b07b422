import { applyDecorators, Type } from '@nestjs/common';
import { Type as Instance } from 'class-transformer';
import { ValidateIf, ValidateNested } from 'class-validator';
import { field, FieldOptions } from './field';
import { NOT_OBJECT, Rule, textRule } from './rules';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectRule: Rule = (value) => (isObject(value) ? null : NOT_OBJECT);

interface ListLimits {
  readonly maxItems: number;
  readonly minItems?: number;
}

function listRule({ maxItems, minItems = 0 }: ListLimits, item: Rule): Rule {
  const allowed = `${minItems} … ${maxItems}`;
  return (value) => {
    if (!Array.isArray(value)) return { code: 'MUST_BE_A_LIST', message: { en: 'must be a list', zh: '必须是列表' } };
    if (value.length < minItems || value.length > maxItems) {
      const message = { en: `must have ${minItems} to ${maxItems} items`, zh: `须有 ${minItems} 至 ${maxItems} 项` };
      return { code: 'ITEMS', message, allowed };
    }
    for (const [index, each] of value.entries()) {
      const found = item(each);
      if (found) return { ...found, path: found.path === undefined ? String(index) : `${index}.${found.path}` };
    }
    return null;
  };
}

type StructureOptions = Omit<FieldOptions<unknown>, 'example'> & { readonly example?: unknown };

/** class-validator would look for fields inside a null that is allowed. */
function unlessNull({ nullable }: StructureOptions): PropertyDecorator[] {
  return nullable === true ? [ValidateIf((_object, value: unknown) => value !== null)] : [];
}

/** Another object with fields of its own. */
export function ObjectField(dto: () => Type<unknown>, options: StructureOptions): PropertyDecorator {
  return applyDecorators(
    ...unlessNull(options),
    ValidateNested(),
    Instance(() => dto()),
    field(objectRule, options, { type: () => dto() }),
  );
}

/** A list of objects with fields of their own; `maxItems` is compulsory. */
export function ListField(dto: () => Type<unknown>, options: StructureOptions & ListLimits): PropertyDecorator {
  const { maxItems, minItems = 0 } = options;
  return applyDecorators(
    ...unlessNull(options),
    ValidateNested({ each: true }),
    Instance(() => dto()),
    field(listRule(options, objectRule), options, { type: () => dto(), isArray: true, minItems, maxItems }),
  );
}

export interface ScalarListOptions extends FieldOptions<readonly string[]>, ListLimits {
  readonly maxLength: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

/** A list of texts, each of limited length, optionally out of `values`. */
export function TextListField(options: ScalarListOptions): PropertyDecorator {
  const { maxItems, minItems = 0, maxLength, pattern, values } = options;
  const text = textRule({ maxLength, ...(pattern ? { pattern } : {}) });
  const item: Rule = (value) => {
    const found = text(value);
    if (found || values === undefined || values.includes(value as string)) return found;
    return { code: 'NOT_ALLOWED', message: { en: 'is not one of the allowed values', zh: '不是允许的取值' }, allowed: values.join(' | ') };
  };
  const items = {
    type: 'string' satisfies string,
    maxLength,
    ...(pattern ? { pattern: pattern.source } : {}),
    ...(values ? { enum: [...values] } : {}),
  };
  return field(listRule(options, item), options, { type: 'array', items, minItems, maxItems });
}

/** A JSON object without a fixed form: a document that its own schema judges, or an explanation that is only shown. */
export function JsonField(options: FieldOptions<Readonly<Record<string, unknown>>>): PropertyDecorator {
  return field(objectRule, options, { type: 'object', additionalProperties: true });
}

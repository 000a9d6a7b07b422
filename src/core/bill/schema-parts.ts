import { allowedText, POLICY_KEYS, POLICY_SCHEMA, PolicyType } from '../policy';

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = { readonly [key: string]: unknown };

export const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** An object with these members and no others; names ending in `?` may be absent. */
export function record(members: Readonly<Record<string, JsonSchema>>, more: JsonSchema = {}): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [name, schema] of Object.entries(members)) {
    const optional = name.endsWith('?');
    properties[optional ? name.slice(0, -1) : name] = schema;
    if (!optional) required.push(name);
  }
  return { type: 'object', properties, required, additionalProperties: false, ...more };
}

export function list(items: JsonSchema, maxItems: number, minItems = 0): JsonSchema {
  return { type: 'array', items, minItems, maxItems };
}

export function oneOfValues(values: readonly (string | number | null)[]): JsonSchema {
  return { enum: values };
}

export function pattern(regex: string, description: string): JsonSchema {
  return { type: 'string', pattern: regex, description };
}

export const NAME = pattern('^[^\\u0000-\\u001f]{1,60}$', 'a name, 1 to 60 characters');
export const TEXT = pattern('^[^\\u0000]{0,400}$', 'a text, up to 400 characters');
export const LABEL = record({ zh: TEXT, en: TEXT });
export const DATE = pattern('^[12]\\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', 'a day, YYYY-MM-DD');
export const MONTH = pattern('^[12]\\d{3}-(0[1-9]|1[0-2])$', 'a month, YYYY-MM');
export const HASH = pattern('^[0-9a-f]{64}$', 'SHA-256 of the canonical JSON, 64 hexadecimal digits');
export const PRICE = pattern('^-?\\d{1,6}(\\.\\d{1,8})?$', 'yuan as a decimal text, up to 8 decimals');
export const ENERGY = pattern('^\\d{1,14}(\\.\\d{1,4})?$', 'kWh or kvarh as a decimal text, zero or more, up to 4 decimals');
export const SIGNED_ENERGY = pattern('^-?\\d{1,14}(\\.\\d{1,4})?$', 'kWh or kvarh as a decimal text, up to 4 decimals');
export const READING = pattern('^\\d{1,10}(\\.\\d{1,4})?$', 'a reading as a decimal text, up to 4 decimals');
export const KW = pattern('^\\d{1,10}(\\.\\d{1,4})?$', 'kW or kVA as a decimal text, up to 4 decimals');
export const POSITIVE = pattern('^(?=.*[1-9])\\d{1,10}(\\.\\d{1,6})?$', 'a decimal text above zero');
export const FACTOR = pattern('^\\d{1,6}(\\.\\d{1,8})?$', 'a decimal text, zero or more');
export const PERCENT = pattern('^(100(\\.0{1,4})?|\\d{1,2}(\\.\\d{1,4})?)$', 'percent as a decimal text, 0 to 100');
export const MONEY = pattern('^-?\\d{1,14}(\\.\\d{1,2})?$', 'yuan as a decimal text, up to 2 decimals');
export const POWER_FACTOR = pattern('^(1(\\.0{1,6})?|0(\\.\\d{1,6})?)$', 'a power factor, 0 to 1');
export const FLAG: JsonSchema = { type: 'boolean' };

/** Some of the named members, each of the same kind. */
export function partial(names: readonly string[], schema: JsonSchema): JsonSchema {
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, schema])), additionalProperties: false };
}

function policyType(type: PolicyType): JsonSchema {
  switch (type.kind) {
    case 'choice':
      return { enum: type.values };
    case 'integer':
      return { type: type.nullable === true ? ['integer', 'null'] : 'integer', minimum: type.min, maximum: type.max };
    case 'decimal':
      return { type: type.nullable === true ? ['string', 'null'] : 'string', pattern: '^\\d{1,9}(\\.\\d{1,8})?$' };
    case 'date':
      return { type: type.nullable === true ? ['string', 'null'] : 'string', pattern: DATE.pattern };
    case 'order':
      return { type: 'array', items: { enum: type.of }, uniqueItems: true, maxItems: type.of.length };
    case 'names':
      return { type: type.nullable === true ? ['array', 'null'] : 'array', items: NAME, maxItems: 50 };
  }
}

/** The policies of a document, tariff or account; an unknown key is refused. */
export const POLICIES: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(
    POLICY_KEYS.map((key) => {
      const { type, en } = POLICY_SCHEMA[key];
      return [key, { ...policyType(type), default: POLICY_SCHEMA[key].default, description: `${en} (${allowedText(type)})` }];
    }),
  ),
  additionalProperties: false,
};

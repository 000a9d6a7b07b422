import { fieldError, type FieldError } from './app-error';

/** An error as the JSON Schema library reports it, compiled with `verbose` and `allErrors`. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly parentSchema?: object;
}

/** Keywords that only sum up the errors of their branches. */
const SUMMARIES: readonly string[] = ['oneOf', 'anyOf', 'allOf', 'if', 'propertyNames'];

/** A JSON pointer as the dotted path that all refusals use: `/plans/0/planId` → `plans.0.planId`. */
export function dottedPath(pointer: string, member = ''): string {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return [...steps, ...(member === '' ? [] : [member])].join('.');
}

/** The errors of a document against its schema as refusals of fields: all of them, the first of each place. */
export function schemaErrors(errors: readonly SchemaError[]): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const error of errors) {
    if (SUMMARIES.includes(error.keyword)) continue;
    const refusal = refusalOf(error);
    if (!found.has(refusal.field)) found.set(refusal.field, refusal);
  }
  return [...found.values()];
}

function refusalOf(error: SchemaError): FieldError {
  const { instancePath, keyword, params } = error;
  const place = dottedPath(instancePath);
  switch (keyword) {
    case 'required':
      return fieldError(dottedPath(instancePath, text(params['missingProperty'])), 'REQUIRED', { en: 'is required', zh: '必填' });
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const member = text(params['additionalProperty'] ?? params['unevaluatedProperty']);
      const message = { en: 'is not a field of this document', zh: '不是该文档的字段' };
      return fieldError(dottedPath(instancePath, member), 'UNKNOWN_FIELD', message, members(error.parentSchema));
    }
    case 'enum':
    case 'const': {
      const values = keyword === 'enum' ? (params['allowedValues'] as unknown[]) : [params['allowedValue']];
      const allowed = values.map(text).join(' | ');
      return fieldError(place, 'NOT_ALLOWED', { en: `must be one of ${allowed}`, zh: `须为 ${allowed} 之一` }, allowed);
    }
    case 'type': {
      const allowed = text(params['type']);
      return fieldError(place, 'TYPE', { en: `must be of type ${allowed}`, zh: `类型须为 ${allowed}` }, allowed);
    }
    case 'pattern': {
      const allowed = description(error.parentSchema) ?? text(params['pattern']);
      return fieldError(place, 'FORMAT', { en: `must be ${allowed}`, zh: `格式须为 ${allowed}` }, allowed);
    }
    default: {
      const allowed = `${keyword} ${text(params['limit'] ?? '')}`.trim();
      return fieldError(place, 'LIMIT', { en: error.message ?? 'is not allowed', zh: `不符合 ${allowed}` }, allowed);
    }
  }
}

function text(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function members(schema: object | undefined): string {
  const properties: unknown = schema !== undefined && 'properties' in schema ? schema.properties : {};
  return Object.keys(properties as object).join(' | ');
}

function description(schema: object | undefined): string | undefined {
  const found: unknown = schema !== undefined && 'description' in schema ? schema.description : undefined;
  return typeof found === 'string' ? found : undefined;
}

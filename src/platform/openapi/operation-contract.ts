import type { OpenAPIObject } from '@nestjs/swagger';
import type {
  ContentObject,
  OperationObject,
  ParameterObject,
  RequestBodyObject,
  ResponsesObject,
  Schema,
} from './types';
import { PERMISSION_EXTENSION } from '../auth/permit';
import { ErrorCode, findError } from '../errors';
import { CONSUMES_EXTENSION, OPERATION_EXTENSION, OperationNote, VERSIONED_EXTENSION } from '../http/operation';
import { IDEMPOTENT_EXTENSION } from '../idempotency/idempotent';
import { exampleOf } from './examples';
import { PROBLEM_REFERENCE } from './problem-schema';

type Extensions = Readonly<Record<string, unknown>>;

/** Codes that follow from what a route is, without its author naming them. */
function impliedCodes(method: string, operation: OperationObject, extensions: Extensions): ErrorCode[] {
  const takesInput = (operation.parameters ?? []).length > 0 || operation.requestBody !== undefined;
  const writes = method !== 'get';
  const anybody = extensions[PERMISSION_EXTENSION] === 'public';
  return [
    ...(takesInput ? (['REQUEST.INVALID', 'REQUEST.MALFORMED'] as const) : []),
    ...(writes ? (['REQUEST.MALFORMED', 'REQUEST.TOO_LARGE', 'REQUEST.UNSUPPORTED_MEDIA_TYPE'] as const) : []),
    ...(writes ? (['REQUEST.CONFLICT', 'REQUEST.REFUSED_BY_RULE', 'REQUEST.RETRY'] as const) : []),
    ...(anybody ? [] : (['AUTH.TOKEN_MISSING', 'AUTH.TOKEN_INVALID', 'AUTH.NOT_PERMITTED'] as const)),
    ...(extensions[VERSIONED_EXTENSION] === true ? (['REQUEST.PRECONDITION_REQUIRED', 'REQUEST.VERSION_CONFLICT'] as const) : []),
    ...(extensions[IDEMPOTENT_EXTENSION] === true
      ? (['IDEMPOTENCY.KEY_REQUIRED', 'IDEMPOTENCY.KEY_REUSED', 'IDEMPOTENCY.IN_PROGRESS', 'IDEMPOTENCY.ANSWER_LOST'] as const)
      : []),
    'REQUEST.TOO_MANY',
    'SERVICE.INTERNAL',
    'SERVICE.TIMEOUT',
    'SERVICE.UNAVAILABLE',
  ];
}

/** One response for each status, listing the codes that share it. */
function refusals(codes: readonly string[]): ResponsesObject {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const definition = findError(code);
    if (!definition) throw new TypeError(`error code ${code} stands in an operation but is not declared`);
    byStatus.set(definition.status, [...(byStatus.get(definition.status) ?? []), code]);
  }
  const entries = [...byStatus].map(([status, found]) => {
    const content: ContentObject = { 'application/problem+json': { schema: { $ref: PROBLEM_REFERENCE } } };
    return [String(status), { description: found.join(', '), content }] as const;
  });
  return Object.fromEntries(entries);
}

function success(note: OperationNote, document: OpenAPIObject): ContentObject | undefined {
  const mediaType = note.produces ?? 'application/json';
  if (note.response === undefined) {
    if (note.produces === undefined) return undefined;
    return { [mediaType]: { schema: { type: 'string' }, ...(note.example === undefined ? {} : { example: note.example }) } };
  }
  const reference: Schema = { $ref: `#/components/schemas/${note.response}` };
  const schema: Schema = note.responseIsList === true ? { type: 'array', items: reference } : reference;
  return { [mediaType]: { schema, example: note.example ?? exampleOf(schema, document) } };
}

function bodyOf(operation: OperationObject, note: OperationNote, extensions: Extensions, document: OpenAPIObject): RequestBodyObject | undefined {
  const body = operation.requestBody;
  if (!body || '$ref' in body) return undefined;
  const consumes = extensions[CONSUMES_EXTENSION] as { mediaType: string; example: string } | undefined;
  if (consumes) return { required: true, content: { [consumes.mediaType]: { schema: { type: 'string' }, example: consumes.example } } };
  const schema = body.content['application/json']?.schema ?? { type: 'object', additionalProperties: true };
  const example = note.requestExample ?? exampleOf(schema, document);
  return { required: true, content: { 'application/json': { schema, example } } };
}

/** A path parameter whose name ends in Id is a record id; others have at least a length limit. */
function parameterOf(parameter: ParameterObject): ParameterObject {
  if (parameter.in !== 'path') return parameter;
  const known = parameter.schema && !('$ref' in parameter.schema) ? parameter.schema : { type: 'string' };
  const isId = /Id$/.test(parameter.name) && known.pattern === undefined;
  const schema = isId ? { ...known, pattern: '^[1-9]\\d{0,18}$', maxLength: 19 } : { maxLength: 128, ...known };
  return { ...parameter, schema, ...(isId && parameter.example === undefined ? { example: '1024' } : {}) };
}

function only(operation: OperationObject, prefix: string): Extensions {
  return Object.fromEntries(Object.entries(operation).filter(([name]) => name.startsWith(prefix)));
}

/**
 * The finished operation: answers, refusals by status, examples, permission and codes, out of what the route's
 * decorators left behind. An operation without `@Operation` comes out without a summary, which the tests refuse.
 */
export function finishOperation(method: string, operation: OperationObject, document: OpenAPIObject): OperationObject {
  const extensions = only(operation, 'x-');
  const note = (extensions[OPERATION_EXTENSION] ?? { summary: '' }) as OperationNote;
  const codes = [...new Set([...impliedCodes(method, operation, extensions), ...(note.errors ?? [])])].sort();
  const status = note.status ?? (method === 'post' ? 201 : 200);
  const content = success(note, document);
  const requestBody = bodyOf(operation, note, extensions, document);
  const permission = extensions[PERMISSION_EXTENSION];
  return {
    operationId: operation.operationId,
    tags: operation.tags,
    summary: operation.summary,
    ...(operation.description ? { description: operation.description } : {}),
    [PERMISSION_EXTENSION]: permission,
    'x-error-codes': codes,
    security: permission === 'public' ? [] : [{ bearer: [] }],
    ...(operation.parameters?.length ? { parameters: operation.parameters.map((each) => ('$ref' in each ? each : parameterOf(each))) } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: {
      [String(status)]: { description: note.summary, ...(content ? { content } : {}) },
      ...refusals(codes),
    },
  } as OperationObject;
}

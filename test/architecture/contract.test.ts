import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import { buildContract, contractDrift } from '../../src/platform/openapi';
import { findError } from '../../src/platform/errors';
import { ROLES } from '../../src/roles';
import { lintContract } from '../support/contract-lint';
import { routesOf, shapeOfApp } from '../support/shape';

/** The only addresses that answer without a token. */
const PUBLIC_ADDRESSES = ['GET /health/live', 'GET /health/ready', 'GET /v1/code-lists', 'GET /v1/code-lists/{name}'];

interface Operation {
  address: string;
  summary?: string;
  'x-permission'?: string;
  'x-error-codes'?: string[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Omit<Operation, 'address'>>).map(([method, operation]) => ({
      ...operation,
      address: `${method.toUpperCase()} ${path}`,
    })),
  );
}

describe('the routes and the contract', () => {
  let app: NestExpressApplication;
  let document: OpenAPIObject;
  let operations: Operation[];

  beforeAll(async () => {
    app = await shapeOfApp();
    document = buildContract(app);
    operations = operationsOf(document);
  });

  const offenders = (wrong: (operation: Operation) => boolean) => operations.filter(wrong).map(({ address }) => address);

  test('every route says who may call it, and none is public that is not listed here', () => {
    const routes = routesOf(app);
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.filter(({ permission, isPublic }) => (permission === undefined) === !isPublic).map(({ address }) => address)).toEqual([]);
    expect(routes.filter(({ isPublic }) => isPublic).map(({ address }) => address).sort()).toEqual(PUBLIC_ADDRESSES);
  });

  test('every permission that a route asks for is held by some role, and roles hold no other permissions', () => {
    const held = new Set<string>(Object.values(ROLES).flat());
    const asked = new Set(routesOf(app).flatMap(({ permission }) => permission ?? []));
    expect([...asked].filter((permission) => !held.has(permission))).toEqual([]);
    for (const [role, permissions] of Object.entries(ROLES)) expect([role, permissions.length]).toEqual([role, new Set(permissions).size]);
  });

  test('every route stands in the contract with its permission, and the contract has no other operations', () => {
    const declared = routesOf(app).map(({ address, permission }) => `${address} ${permission ?? 'public'}`);
    const written = operations.map((operation) => `${operation.address} ${String(operation['x-permission'])}`);
    expect(written.sort()).toEqual(declared.sort());
  });

  test('every operation has a summary and declared error codes', () => {
    expect(offenders(({ summary }) => summary === undefined || summary === '')).toEqual([]);
    expect(offenders((operation) => (operation['x-error-codes'] ?? []).length === 0)).toEqual([]);
    expect(operations.flatMap((operation) => operation['x-error-codes'] ?? []).filter((code) => !findError(code))).toEqual([]);
  });

  test('every operation shows an example of its body and of its answer', () => {
    const lacks = (content: Record<string, { example?: unknown }> = {}) => Object.values(content).some(({ example }) => example === undefined);
    expect(offenders(({ requestBody }) => lacks(requestBody?.content))).toEqual([]);
    expect(offenders(({ responses }) => Object.entries(responses).some(([status, { content }]) => status.startsWith('2') && lacks(content)))).toEqual([]);
  });

  test('every operation that answers with a body says what it looks like', () => {
    const silent = ({ responses }: Operation) => Object.entries(responses).some(([status, { content }]) => /^20[^4]$/.test(status) && !content);
    expect(offenders(silent)).toEqual([]);
  });

  test('every string and list of the contract has a limit', () => {
    const unlimited: string[] = [];
    const visit = (place: string, schema: Record<string, unknown>): void => {
      const closed = ['maxLength', 'enum', 'format'].some((key) => key in schema);
      if (schema['type'] === 'string' && !closed) unlimited.push(place);
      if (schema['type'] === 'array' && !('maxItems' in schema)) unlimited.push(place);
      for (const [name, property] of Object.entries((schema['properties'] ?? {}) as Record<string, Record<string, unknown>>)) visit(`${place}.${name}`, property);
    };
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) visit(name, schema as Record<string, unknown>);
    expect(unlimited).toEqual([]);
  });

  test('a linter finds nothing', () => {
    expect(lintContract(document)).toEqual([]);
  });

  test('openapi.yaml is what the code says', () => {
    expect(contractDrift(readFileSync(join(__dirname, '../../openapi.yaml'), 'utf8'), document)).toEqual([]);
  });
});

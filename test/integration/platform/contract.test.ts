import type { OpenAPIObject } from '@nestjs/swagger';
import { buildContract, contractDrift, renderContract } from '../../../src/platform/openapi';
import { ContractChecker } from '../../support/contract';
import { lintContract } from '../../support/contract-lint';
import { HttpApp, startHttpApp } from '../../support/http-app';
import { KETTLE, KETTLE_ROLES, KettlesController, KettleWork } from '../../support/kettle-app';

interface Operation {
  'x-permission': string;
  'x-error-codes': string[];
  security: unknown[];
  parameters: { name: string; in: string; required?: boolean; schema: Record<string, unknown> }[];
  requestBody: { content: Record<string, { example: unknown }> };
  responses: Record<string, { description: string; content: Record<string, { example: unknown }> }>;
}

describe('the contract that is written from the routes', () => {
  let app: HttpApp;
  let document: OpenAPIObject;

  beforeAll(async () => {
    app = await startHttpApp({ controllers: [KettlesController], providers: [KettleWork], roles: KETTLE_ROLES });
    document = buildContract(app.app);
  });
  afterAll(() => app.close());

  const operation = (method: 'get' | 'post' | 'put', path: string) => document.paths[path]?.[method] as unknown as Operation;
  const schema = (name: string) => document.components?.schemas?.[name] as unknown as { required: string[]; properties: Record<string, Record<string, unknown>> };

  test('names permission, codes and answers of an operation without its author repeating them', () => {
    const create = operation('post', '/v1/kettles');
    expect(create['x-permission']).toBe('kettles.kettle.create');
    expect(create.security).toEqual([{ bearer: [] }]);
    expect(create['x-error-codes']).toEqual(
      expect.arrayContaining(['AUTH.NOT_PERMITTED', 'IDEMPOTENCY.KEY_REUSED', 'KETTLES.NOT_FOUND', 'REQUEST.INVALID', 'REQUEST.TOO_LARGE']),
    );
    expect(Object.keys(create.responses)).toEqual(expect.arrayContaining(['201', '400', '401', '403', '404', '409', '413', '415', '422', '429', '500', '503']));
    expect(create.responses['401']?.description).toBe('AUTH.TOKEN_INVALID, AUTH.TOKEN_MISSING');
    expect(create.parameters).toEqual([expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true })]);
  });

  test('shows examples that were composed of the examples of the fields', () => {
    const part = { name: 'lid', mass: '0.25' };
    expect(operation('post', '/v1/kettles').requestBody.content['application/json']?.example).toEqual({
      name: 'Kettle',
      volume: '1.70',
      colour: 'red',
      boughtOn: '2026-02-28',
      cups: 4,
      parts: [part],
      spare: part,
    });
    expect(operation('post', '/v1/kettles').responses['201']?.content['application/json']?.example).toMatchObject({ kettleId: '12' });
  });

  test('gives every field its limits, its labels and whether it may be left out or null', () => {
    const { required, properties } = schema('KettleDto');
    expect(required).toEqual(['name', 'volume', 'colour', 'cups']);
    expect(properties['volume']).toMatchObject({ type: 'string', pattern: '^\\d{1,4}(\\.\\d{1,2})?$', maxLength: 8, 'x-minimum': '0.01', 'x-maximum': '100' });
    expect(properties['colour']).toMatchObject({ enum: ['red', 'blue'], 'x-code-list': 'kettle-colours', 'x-labels': { red: { en: 'red', zh: '红' } } });
    expect(properties['cups']).toMatchObject({ type: 'integer', minimum: 1, maximum: 12, nullable: true });
    expect(properties['parts']).toMatchObject({ type: 'array', maxItems: 3, items: { $ref: '#/components/schemas/PartDto' } });
    expect(properties['spare']).toMatchObject({ nullable: true, allOf: [{ $ref: '#/components/schemas/PartDto' }] });
  });

  test('gives path, query and version parameters their form', () => {
    const change = operation('put', '/v1/kettles/{kettleId}');
    expect(change.parameters.map(({ name, in: place }) => [place, name])).toEqual(expect.arrayContaining([['path', 'kettleId'], ['header', 'If-Match']]));
    expect(change.parameters.find(({ name }) => name === 'kettleId')?.schema).toMatchObject({ pattern: '^[1-9]\\d{0,18}$' });
    expect(change['x-error-codes']).toEqual(expect.arrayContaining(['REQUEST.PRECONDITION_REQUIRED', 'REQUEST.VERSION_CONFLICT']));
    const limit = operation('get', '/v1/kettles').parameters.find(({ name }) => name === 'limit');
    expect(limit?.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 200, default: 50 });
    expect(operation('post', '/v1/kettles/imports').requestBody.content).toHaveProperty(['text/csv', 'example']);
  });

  test('is the same each time, and is served as JSON, as YAML and to readers', async () => {
    expect(renderContract(buildContract(app.app))).toBe(renderContract(document));
    expect((await app.http.get('/openapi.json')).body).toMatchObject({ openapi: '3.0.3', paths: { '/v1/kettles': {} } });
    expect((await app.http.get('/openapi.yaml')).text).toContain('/v1/kettles');
    const page = await app.http.get('/docs');
    expect(page.text).toContain('swagger-ui');
    expect(page.text).not.toMatch(/(src|href)="https?:/);
  });

  test('drift is named by its place', () => {
    const changed = structuredClone(document);
    (changed.paths['/v1/kettles']?.post as unknown as { summary: string }).summary = 'Sell a kettle';
    delete changed.paths['/health/live'];
    expect(contractDrift(renderContract(changed), document).sort()).toEqual(['+ paths /health/live', '~ paths /v1/kettles post summary']);
    expect(contractDrift(renderContract(document), document)).toEqual([]);
  });

  test('the linter finds nothing, but sees what is broken', () => {
    const withoutForgotten = structuredClone(document);
    delete withoutForgotten.paths['/v1/kettles/of/nobody'];
    expect(lintContract(withoutForgotten)).toEqual([]);
    const broken = structuredClone(withoutForgotten);
    delete (broken.paths['/v1/kettles']?.get as { summary?: string }).summary;
    const body = (broken.paths['/v1/kettles']?.post as unknown as Operation).requestBody.content['application/json'];
    if (body) body.example = { name: 1 };
    expect(lintContract(broken).join('\n')).toMatch(/operation-summary[\s\S]*no-invalid-media-type-examples/);
  });

  test('an answer is judged by it: status, fields, types, codes', () => {
    const judge = (status: number, body: object, path = '/v1/kettles') =>
      new ContractChecker(document).judge('POST', path, status, status < 400 ? 'application/json' : 'application/problem+json', JSON.stringify(body));
    const kettle = { ...KETTLE, kettleId: '1' };
    const problem = { type: 'urn:x', title: 'x', status: 404, code: 'KETTLES.NOT_FOUND', requestId: null, errors: [] };
    expect(judge(201, { ...kettle, spare: null })).toBeNull();
    expect(judge(404, problem)).toBeNull();
    expect(judge(201, { ...kettle, volume: 1.7 })).toContain('must be string');
    expect(judge(201, { ...kettle, weight: '1' })).toContain('additional properties');
    expect(judge(201, KETTLE)).toContain("required property 'kettleId'");
    expect(judge(202, kettle)).toContain('not in the contract');
    expect(judge(404, { ...problem, code: 'KETTLES.GONE' })).toContain('does not list');
  });
});

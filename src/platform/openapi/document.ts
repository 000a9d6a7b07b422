import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { OperationObject, PathItemObject } from './types';
import { allTags } from '../http/tags';
import { finishOperation } from './operation-contract';
import { PROBLEM_SCHEMA } from './problem-schema';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

const DESCRIPTION = [
  'The customer side of a power-supply company: customers, prices, meters and readings, monthly bills and what is owed.',
  'Decimals (money, energy, prices, ratios) are strings. Dates are local dates of Asia/Shanghai; instants are UTC.',
  'Lists are paged by cursor. Errors are RFC 9457 problems in English or Chinese (Accept-Language) with stable codes.',
].join('\n\n');

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** `AccountsController.open` is the operation `accountsOpen`. */
function operationId(controller: string, method: string): string {
  const base = controller.replace(/Controller$/, '');
  return base.charAt(0).toLowerCase() + base.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);
}

function finishPath(path: PathItemObject, document: OpenAPIObject): PathItemObject {
  const entries = METHODS.flatMap((method) => {
    const operation: OperationObject | undefined = path[method];
    return operation ? [[method, finishOperation(method, operation, document)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function tagsOf(paths: Readonly<Record<string, PathItemObject>>): { name: string; description: string }[] {
  const used = new Set(Object.values(paths).flatMap((path) => METHODS.flatMap((method) => path[method]?.tags ?? [])));
  return [...used].sort().map((name) => {
    const found = allTags().get(name);
    return { name, description: found ? `${found.en} · ${found.zh}` : '' };
  });
}

/**
 * The contract of the whole application, from its decorators alone and always in the same order; the same document
 * is written to openapi.yaml and served at /openapi.json. Throws a TypeError where a route names an undeclared code.
 */
export function buildContract(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Wattledger')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Proprietary', '')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'opaque' }, 'bearer')
    .build();
  const raw = SwaggerModule.createDocument(app, base, { operationIdFactory: operationId });
  const schemas = sorted({ ...raw.components?.schemas, Problem: PROBLEM_SCHEMA });
  const document: OpenAPIObject = { ...raw, components: { ...raw.components, schemas } };
  const paths = Object.entries(raw.paths).map(([path, item]) => [path, finishPath(item, document)] as const);
  const finished = sorted(Object.fromEntries(paths));
  return {
    openapi: '3.0.3',
    info: { title: base.info.title, version: base.info.version, description: DESCRIPTION, license: { name: 'Proprietary' } },
    servers: base.servers,
    tags: tagsOf(finished),
    paths: finished,
    components: { securitySchemes: base.components?.securitySchemes, schemas },
  };
}

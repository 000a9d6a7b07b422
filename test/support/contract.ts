import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';

type Json = Record<string, unknown>;

interface ResponseShape {
  readonly content?: Record<string, { schema?: Json }>;
}

/** One operation with the pattern of its path. */
interface OperationShape {
  readonly name: string;
  readonly pattern: RegExp;
  readonly literal: boolean;
  readonly method: string;
  readonly responses: Record<string, ResponseShape>;
  readonly codes: readonly string[];
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A schema of the contract as JSON Schema: `nullable` becomes a union with null, objects with named fields admit no
 * others (an answer must not say more than the contract), and the words that only explain are left out.
 */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (!isRecord(schema)) return schema;
  const { nullable, example: _example, ...rest } = schema;
  const plain = Object.fromEntries(
    Object.entries(rest).flatMap(([key, value]) => {
      if (key.startsWith('x-')) return [];
      if (key === 'properties' && isRecord(value)) return [[key, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toJsonSchema(each)]))]];
      return [[key, toJsonSchema(value)]];
    }),
  );
  const closed = 'properties' in plain && !('additionalProperties' in plain) ? { ...plain, additionalProperties: false } : plain;
  return nullable === true ? { anyOf: [closed, { type: 'null' }] } : closed;
}

function operationsOf(document: OpenAPIObject): OperationShape[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { responses: Record<string, ResponseShape>; 'x-error-codes'?: string[] }>).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
      literal: !path.includes('{'),
      method: method.toUpperCase(),
      responses: operation.responses,
      codes: operation['x-error-codes'] ?? [],
    })),
  );
}

/** Judges answers by a contract: their status, media type, fields and error codes. */
export class ContractChecker {
  private readonly operations: OperationShape[];
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenAPIObject) {
    addFormats(this.ajv);
    this.operations = operationsOf(document).sort((a, b) => Number(b.literal) - Number(a.literal));
    this.ajv.addSchema({ $id: 'contract', components: toJsonSchema({ schemas: document.components?.schemas ?? {} }) });
  }

  /** What is wrong with an answer, in words; null where nothing is, or where the contract does not know the address. */
  judge(method: string, path: string, status: number, mediaType: string, body: string): string | null {
    const operation = this.operations.find((each) => each.method === method && each.pattern.test(path));
    if (!operation) return null;
    const place = `${operation.name} → ${String(status)}`;
    // Every GET with an ETag answers an unchanged record so, without a body.
    if (status === 304) return null;
    const response = operation.responses[String(status)];
    if (!response) return `${place} is not in the contract: ${body.slice(0, 300)}`;
    if (!response.content) return body === '' ? null : `${place} has a body, the contract has none`;
    const schema = response.content[mediaType]?.schema;
    if (!schema) return `${place} is ${mediaType}, the contract says ${Object.keys(response.content).join(', ')}`;
    if (!/[/+]json$/.test(mediaType)) return null;
    const value: unknown = JSON.parse(body);
    const validate = this.validator(`${operation.name} ${String(status)}`, schema);
    if (!validate(value)) return `${place}: ${this.ajv.errorsText(validate.errors)}`;
    const code = isRecord(value) && status >= 400 ? String(value['code']) : undefined;
    return code === undefined || operation.codes.includes(code) ? null : `${place} has the code ${code}, which the contract does not list`;
  }

  private validator(key: string, schema: Json): ValidateFunction {
    const known = this.compiled.get(key);
    if (known) return known;
    const text = JSON.stringify(toJsonSchema(schema)).replaceAll('"#/components/', '"contract#/components/');
    const made = this.ajv.compile(JSON.parse(text) as Json);
    this.compiled.set(key, made);
    return made;
  }
}

/**
 * Listens to every answer of an application under test. Put `listen` before the routes and call `verify` at the end:
 * it throws where an answer was not what the contract says.
 */
export class ContractWitness {
  private readonly violations = new Set<string>();
  private checker: ContractChecker | undefined;

  constructor(private readonly contract: () => OpenAPIObject) {}

  readonly listen = (request: Request, response: Response, next: NextFunction): void => {
    const chunks: Buffer[] = [];
    const end = response.end.bind(response) as (...args: unknown[]) => Response;
    const write = response.write.bind(response) as (...args: unknown[]) => boolean;
    const keep = (chunk: unknown): void => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    response.write = (...args: unknown[]) => {
      keep(args[0]);
      return write(...args);
    };
    response.end = ((...args: unknown[]) => {
      keep(args[0]);
      this.hear(request, response, Buffer.concat(chunks).toString('utf8'));
      return end(...args);
    }) as typeof response.end;
    next();
  };

  /** Throws an error that lists every answer that broke the contract. */
  verify(): void {
    if (this.violations.size > 0) throw new Error(`answers that break the contract:\n${[...this.violations].join('\n')}`);
  }

  private hear(request: Request, response: Response, body: string): void {
    if (request.method === 'HEAD') return;
    this.checker ??= new ContractChecker(this.contract());
    const [mediaType = ''] = String(response.getHeader('Content-Type') ?? '').split(';');
    const [path = ''] = request.originalUrl.split('?');
    const found = this.checker.judge(request.method, path, response.statusCode, mediaType.trim(), body);
    if (found !== null) this.violations.add(found);
  }
}

import type { OpenAPIObject } from '@nestjs/swagger';
import type { Schema, SchemaObject } from './types';

/** An object inside an object inside …: examples end here. */
const MAX_DEPTH = 10;

function isReference(schema: Schema): schema is Extract<Schema, { $ref: string }> {
  return '$ref' in schema;
}

/** The schema that a reference of the document names. */
export function resolve(schema: Schema, document: OpenAPIObject): SchemaObject {
  if (!isReference(schema)) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  const found = document.components?.schemas?.[name];
  if (!found) throw new TypeError(`the contract has no schema ${name}`);
  return resolve(found, document);
}

/** An example of a schema, composed from the examples of its fields. */
export function exampleOf(schema: Schema, document: OpenAPIObject, depth = 0): unknown {
  const own = resolve(schema, document);
  if (own.example !== undefined) return own.example as unknown;
  if (depth > MAX_DEPTH) return {};
  const [whole] = own.allOf ?? [];
  if (whole) return exampleOf(whole, document, depth);
  if (own.enum) return own.enum[0] as unknown;
  if (own.items) return [exampleOf(own.items, document, depth + 1)];
  const entries = Object.entries(own.properties ?? {});
  return Object.fromEntries(entries.map(([name, property]) => [name, exampleOf(property, document, depth + 1)]));
}

import type { OpenAPIObject } from '@nestjs/swagger';

/** The parts of a contract document by their names in the specification; the library does not export them. */
type Components = NonNullable<OpenAPIObject['components']>;
type WithoutReference<T> = Exclude<T, { $ref: string }>;

export type Schema = NonNullable<Components['schemas']>[string];
export type SchemaObject = WithoutReference<Schema>;
export type PathItemObject = OpenAPIObject['paths'][string];
export type OperationObject = NonNullable<PathItemObject['get']>;
export type ParameterObject = WithoutReference<NonNullable<OperationObject['parameters']>[number]>;
export type RequestBodyObject = WithoutReference<NonNullable<OperationObject['requestBody']>>;
export type ResponsesObject = OperationObject['responses'];
export type ContentObject = RequestBodyObject['content'];

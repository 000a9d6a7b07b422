import { applyDecorators, HttpCode, Type } from '@nestjs/common';
import { ApiBody, ApiExtension, ApiExtraModels, ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { ErrorCode } from '../errors';

/** The parts of the contract that one route states itself; the rest follows from its decorators and classes. */
export interface OperationOptions {
  /** What the operation does, as one short line in trade language. */
  readonly summary: string;
  readonly description?: string;
  /** Codes beyond the common ones (validation, token, permission, idempotency, version), which are added by themselves. */
  readonly errors?: readonly ErrorCode[];
  /** Success status; 201 for POST and 200 for the others unless told. */
  readonly status?: number;
  /** Class of the answer, or `[Class]` for a bare list; left out where the answer has no body. */
  readonly responseType?: Type<unknown> | readonly [Type<unknown>];
  /** Media type of the answer, `application/json` unless told; other types are answered as text or as a stream. */
  readonly produces?: string;
  /** An example answer where the one that is built from the fields' examples does not tell enough. */
  readonly example?: unknown;
  /** An example body where the one that is built from the fields' examples does not tell enough. */
  readonly requestExample?: unknown;
}

/** Where the contract writer finds what a route states; the writer takes these out of the document again. */
export const OPERATION_EXTENSION = 'x-wl-operation';
export const VERSIONED_EXTENSION = 'x-wl-versioned';
export const CONSUMES_EXTENSION = 'x-wl-consumes';
export const CONSUMES_METADATA = 'wattledger:consumes';

/** What an operation says about itself, as the contract writer reads it. */
export interface OperationNote extends Omit<OperationOptions, 'responseType'> {
  readonly response?: string;
  readonly responseIsList?: boolean;
}

/** States summary, answer and refusals of a route for the contract, and sets its success status. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { responseType, ...rest } = options;
  const type = Array.isArray(responseType) ? (responseType as readonly Type<unknown>[])[0] : (responseType as Type<unknown> | undefined);
  const note: OperationNote = {
    ...rest,
    ...(type === undefined ? {} : { response: type.name, responseIsList: Array.isArray(responseType) }),
  };
  return applyDecorators(
    ApiOperation({ summary: options.summary, ...(options.description === undefined ? {} : { description: options.description }) }),
    ApiExtension(OPERATION_EXTENSION, note),
    ...(type === undefined ? [] : [ApiExtraModels(type)]),
    ...(options.status === undefined ? [] : [HttpCode(options.status)]),
  );
}

/** The route updates a record that was read before: `If-Match` is compulsory (see `requireVersion`). */
export function Versioned(): MethodDecorator {
  return applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: 'ETag of the version that was read.',
      schema: { type: 'string', maxLength: 128 },
      example: '"17"',
    }),
    ApiExtension(VERSIONED_EXTENSION, true),
  );
}

/**
 * The route takes a body of another media type than JSON; it is not parsed, the handler reads the request as a stream.
 * `example` is a piece of such a body.
 */
export function Consumes(mediaType: string, example: string): MethodDecorator {
  const mark: MethodDecorator = (_target, _key, descriptor) => {
    Reflect.defineMetadata(CONSUMES_METADATA, mediaType, descriptor.value as object);
  };
  return applyDecorators(
    mark,
    ApiBody({ required: true, schema: { type: 'string' } }),
    ApiExtension(CONSUMES_EXTENSION, { mediaType, example }),
  );
}

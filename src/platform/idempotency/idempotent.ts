import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { IDEMPOTENCY_METADATA, type IdempotencyOptions } from './idempotency-options';
import { IdempotencyInterceptor } from './idempotency.interceptor';

export const IDEMPOTENT_EXTENSION = 'x-wl-idempotent';

/**
 * A POST that moves money or starts work: `Idempotency-Key` is compulsory, a repetition gets the first answer
 * (with `Idempotency-Replayed: true`), and of two attempts only one takes effect.
 */
export function Idempotent({ oneTransaction }: IdempotencyOptions = { oneTransaction: false }): MethodDecorator {
  return applyDecorators(
    SetMetadata(IDEMPOTENCY_METADATA, { oneTransaction } satisfies IdempotencyOptions),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'New for each undertaking; a repetition with the same key and input gets the first answer.',
      schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{8,128}$', minLength: 8, maxLength: 128 },
      example: '2026-03-run-01',
    }),
    ApiExtension(IDEMPOTENT_EXTENSION, true),
  );
}

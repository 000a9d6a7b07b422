import { Global, Module } from '@nestjs/common';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { KeyStore } from './key-store';

/** `@Idempotent()` for every module. */
@Global()
@Module({ providers: [KeyStore, IdempotencyInterceptor], exports: [KeyStore, IdempotencyInterceptor] })
export class IdempotencyModule {}

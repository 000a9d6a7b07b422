import { Global, Module } from '@nestjs/common';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { KeyCleaner } from './key-cleaner';
import { KeyStore } from './key-store';

/** `@Idempotent()` for every module. */
@Global()
@Module({ providers: [KeyStore, KeyCleaner, IdempotencyInterceptor], exports: [KeyStore, IdempotencyInterceptor] })
export class IdempotencyModule {}

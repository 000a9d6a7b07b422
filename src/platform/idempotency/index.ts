export { Idempotent } from './idempotent';
export { IdempotencyModule } from './idempotency.module';
export { KeyStore } from './key-store';

export * from './app-error';
export * from './database-errors';
export * from './error-registry';
export * from './platform.errors';
export * from './schema-errors';

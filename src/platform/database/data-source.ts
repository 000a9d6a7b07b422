import type { DataSourceOptions } from 'typeorm';
import { installTypeParsers } from './type-parsers';

/** What a connection pool is for; it is shown as application_name in the server's statistics. */
export interface ConnectionOptions {
  url: string;
  poolSize: number;
  applicationName: string;
  /** Milliseconds after which the server gives up a statement; 0 for none (migrations, operators' commands). */
  statementTimeoutMs: number;
}

/** TypeORM's options for PostgreSQL: entities as the modules register them, never a synchronised schema. */
export function dataSourceOptions(options: ConnectionOptions): DataSourceOptions {
  installTypeParsers();
  return {
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    synchronize: false,
    installExtensions: false,
    migrationsRun: false,
    logging: false,
    connectTimeoutMS: 10_000,
    extra: {
      max: options.poolSize,
      idleTimeoutMillis: 30_000,
      statement_timeout: options.statementTimeoutMs,
      idle_in_transaction_session_timeout: 120_000,
      keepAlive: true,
    },
  };
}

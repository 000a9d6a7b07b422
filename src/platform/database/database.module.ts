import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config';
import { dataSourceOptions } from './data-source';
import { Database } from './database';

const STATEMENT_TIMEOUT_MS = 120_000;

export interface DatabaseModuleOptions {
  /** Shown in the server's statistics: api, worker, ops. */
  processName: string;
  /** False where only the shape of the application is wanted (writing the API contract). */
  connect: boolean;
}

/** The connection pool of the process and the Database service; entities come from the modules. */
@Global()
@Module({})
export class DatabaseModule {
  static register(options: DatabaseModuleOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [Config],
          useFactory: (config: Config) => ({
            ...dataSourceOptions({
              url: config.databaseUrl,
              poolSize: config.databasePoolSize,
              applicationName: `wattledger-${options.processName}`,
              statementTimeoutMs: STATEMENT_TIMEOUT_MS,
            }),
            autoLoadEntities: true,
            manualInitialization: !options.connect,
            retryAttempts: 3,
            retryDelay: 1_000,
          }),
        }),
      ],
      providers: [Database],
      exports: [Database],
    };
  }
}

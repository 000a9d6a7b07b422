import type { Provider, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import supertest from 'supertest';
import { AuthModule, TokenStore, type Permission, type Role } from '../../src/platform/auth';
import { ClockModule } from '../../src/platform/clock';
import { ConfigModule } from '../../src/platform/config';
import { CryptoModule } from '../../src/platform/crypto';
import { DatabaseModule } from '../../src/platform/database';
import { configureHttp, HTTP_APP_OPTIONS } from '../../src/platform/http/configure-http';
import { HttpModule } from '../../src/platform/http/http.module';
import { IdempotencyModule } from '../../src/platform/idempotency';
import { serveContract } from '../../src/platform/openapi';
import { QueueModule } from '../../src/platform/queue';
import { openDatabase, type DatabaseFixture } from './database';
import { testConfig } from './platform-module';

/** The plumbing with a test's own controllers, on a fresh database. */
export interface HttpApp {
  readonly app: NestExpressApplication;
  readonly http: ReturnType<typeof supertest>;
  readonly database: DatabaseFixture;
  /** The headers of a new user with this role. */
  as(role: Role, name?: string): Promise<{ Authorization: string }>;
  close(): Promise<void>;
}

export interface HttpAppOptions {
  readonly controllers: Type<unknown>[];
  readonly providers?: Provider[];
  readonly roles: Readonly<Record<Role, readonly Permission[]>>;
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startHttpApp(options: HttpAppOptions): Promise<HttpApp> {
  const database = await openDatabase();
  const config = testConfig(database, { REQUESTS_PER_MINUTE: '0', ...options.settings });
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.register(config),
      DatabaseModule.register({ processName: 'test', connect: true }),
      ClockModule,
      QueueModule,
      CryptoModule,
      AuthModule.register(options.roles),
      IdempotencyModule,
      HttpModule.register(),
    ],
    controllers: options.controllers,
    providers: options.providers ?? [],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>(HTTP_APP_OPTIONS);
  app.useLogger(false);
  configureHttp(app);
  serveContract(app);
  await app.init();
  const tokens = app.get(TokenStore);
  return {
    app,
    database,
    http: supertest(app.getHttpServer()),
    async as(role, name = `test-${role}`) {
      const { token } = await tokens.issue({ name, roles: [role], days: 1 });
      return { Authorization: `Bearer ${token}` };
    },
    async close() {
      await app.close();
      await database.close();
    },
  };
}

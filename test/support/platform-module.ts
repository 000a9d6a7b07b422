import type { INestApplicationContext, Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ClockModule } from '../../src/platform/clock';
import { ConfigModule, loadConfig, type Config } from '../../src/platform/config';
import { DatabaseModule } from '../../src/platform/database';
import { OutboxModule } from '../../src/platform/outbox';
import { QueueModule } from '../../src/platform/queue';
import type { TestDatabase } from './database';
import { queueSettings } from './queue-store';

/** A configuration for a test's database; keys are fixed, so that failures can be looked at. */
export function testConfig(database: TestDatabase, overrides: Readonly<Record<string, string>> = {}): Config {
  return loadConfig({
    DATABASE_URL: database.urls.app,
    DATABASE_OWNER_URL: database.urls.owner,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_KEY: '11'.repeat(32),
    DATA_HASH_KEY: '22'.repeat(32),
    SANDBOX_CLOCK: '1',
    ...queueSettings(database.name),
    ...overrides,
  });
}

/** The plumbing without the modules, and the providers that a test brings along. */
export async function platformContext(config: Config, providers: Provider[]): Promise<INestApplicationContext> {
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.register(config),
      DatabaseModule.register({ processName: 'test', connect: true }),
      ClockModule,
      QueueModule,
      OutboxModule,
    ],
    providers,
  }).compile();
  module.useLogger(false);
  return module.init();
}

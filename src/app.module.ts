import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { BillingModule } from './modules/billing';
import { CollectionModule } from './modules/collection';
import { CustomersModule, PLAN_CATALOGUE } from './modules/customers';
import { MeteringModule } from './modules/metering';
import { PlanDirectory, TariffModule } from './modules/tariff';
import { AuthModule } from './platform/auth';
import { ClockModule } from './platform/clock';
import { ConfigModule, type Config } from './platform/config';
import { CryptoModule } from './platform/crypto';
import { DatabaseModule } from './platform/database';
import { HttpModule } from './platform/http/http.module';
import { IdempotencyModule } from './platform/idempotency';
import { LoggingModule } from './platform/logging/logging.module';
import { OutboxModule } from './platform/outbox';
import { QueueModule } from './platform/queue';
import { ROLES } from './roles';

/** Answers the customers' module about plans, which may not know who publishes them. */
@Global()
@Module({ imports: [TariffModule], providers: [{ provide: PLAN_CATALOGUE, useExisting: PlanDirectory }], exports: [PLAN_CATALOGUE] })
class PlanCatalogueModule {}

/** The trade's modules, in the order in which they build on each other. */
const TRADE_MODULES: Type[] = [PlanCatalogueModule, CustomersModule, TariffModule, MeteringModule, BillingModule, CollectionModule];

export interface AppOptions {
  config: Config;
  /** Which process this is; shown in the database's statistics. */
  processName: 'api' | 'worker' | 'ops' | 'test' | 'contract';
  /** False where only the shape of the application is wanted, without a database (writing the API contract). */
  connect: boolean;
  /** Whether requests are answered; a worker has the same modules and no HTTP. */
  http: boolean;
}

/** The whole application: the plumbing once, and every module of the trade. */
@Module({})
export class AppModule {
  static register({ config, processName, connect, http }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        LoggingModule.register(),
        DatabaseModule.register({ processName, connect }),
        ClockModule,
        CryptoModule,
        QueueModule,
        OutboxModule,
        AuthModule.register(ROLES),
        IdempotencyModule,
        ...(http ? [HttpModule.register()] : []),
        ...TRADE_MODULES,
      ],
    };
  }
}

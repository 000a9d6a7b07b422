import { DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { AuditController } from '../audit/audit.controller';
import { AuditReader } from '../audit/audit-reader';
import { AuthGuard } from '../auth/auth.guard';
import { Config } from '../config';
import { HealthController } from '../health/health.controller';
import { Metrics } from '../health/metrics';
import { MetricsController } from '../health/metrics.controller';
import { CodeListsController } from './code-lists.controller';
import { InputPipe } from './input.pipe';
import { MediaTypeGuard } from './media-type.guard';
import { ProblemFilter } from './problem.filter';
import { TimeoutInterceptor } from './timeout.interceptor';

const MINUTE_MS = 60_000;

/** Counts the requests of one address in this process; 0 in the configuration turns it off. */
const throttling = (): DynamicModule =>
  ThrottlerModule.forRootAsync({
    inject: [Config],
    useFactory: ({ requestsPerMinute }: Config) => ({
      throttlers: [{ ttl: MINUTE_MS, limit: Math.max(1, requestsPerMinute) }],
      skipIf: () => requestsPerMinute === 0,
    }),
  });

/** What every request passes through, in this order: throttle, token and permission, media type, time limit, input. */
@Module({})
export class HttpModule {
  static register(): DynamicModule {
    return {
      module: HttpModule,
      imports: [throttling(), TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, MetricsController, CodeListsController, AuditController],
      providers: [
        Metrics,
        AuditReader,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: MediaTypeGuard },
        { provide: APP_INTERCEPTOR, useClass: TimeoutInterceptor },
        { provide: APP_PIPE, useClass: InputPipe },
      ],
    };
  }
}

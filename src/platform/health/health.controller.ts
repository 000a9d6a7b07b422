import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { Public } from '../auth/permit';
import { Database } from '../database';
import { EnumField } from '../http/fields';
import { Operation } from '../http/operation';
import { HEALTH_TAG } from './health.tag';
import { QueueBackend } from '../queue';

export class HealthView {
  @EnumField({ description: 'Always ok: a process that is not answers with a problem.', example: 'ok', values: ['ok'] })
  status!: string;
}

/** For the supervisor of the processes: is it alive, and may it be sent requests. Says nothing about the inside. */
@ApiTags(HEALTH_TAG)
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
    private readonly queue: QueueBackend,
  ) {}

  @Get('live')
  @Public()
  @Operation({ summary: 'The process runs', responseType: HealthView })
  live(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @Operation({ summary: 'The process can work: database and queue answer', responseType: HealthView })
  async ready(): Promise<HealthView> {
    await this.health.check([
      () => this.probe('database', () => this.database.query('SELECT 1')),
      () => this.probe('queue', () => this.queue.ping()),
    ]);
    return { status: 'ok' };
  }

  private async probe(name: string, ask: () => Promise<unknown>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      await ask();
      return indicator.up();
    } catch {
      return indicator.down();
    }
  }
}

import { Controller, Get, Header } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Permit } from '../auth/permit';
import { Operation } from '../http/operation';
import { HEALTH_TAG } from './health.tag';
import { Metrics } from './metrics';

/** For the monitoring, with a token of its own. */
@ApiTags(HEALTH_TAG)
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Permit('platform.metrics.read')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Operation({
    summary: 'Figures of the process in the text format of Prometheus',
    produces: 'text/plain',
    example: '# TYPE wattledger_http_request_seconds histogram\n',
  })
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}

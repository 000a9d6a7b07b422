import { Injectable, Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Database } from '../database';
import { definedGauges, type GaugeDefinition } from './gauges';

/** Figures for Prometheus: those of the process, and the gauges that the modules declare. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly logger = new Logger('Metrics');
  private readonly seconds = new Histogram({
    name: 'wattledger_http_request_seconds',
    help: 'Time from a request to the end of its answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });

  constructor(private readonly database: Database) {
    collectDefaultMetrics({ register: this.registry });
    for (const definition of definedGauges()) this.add(definition);
  }

  /** Times every request; the route is its pattern, so that ids do not become series of their own. */
  readonly observe = (request: Request, response: Response, next: NextFunction): void => {
    const stop = this.seconds.startTimer();
    response.once('finish', () => {
      const route = (request.route as { path?: unknown } | undefined)?.path;
      stop({ method: request.method, route: typeof route === 'string' ? route : 'none', status: String(response.statusCode) });
    });
    next();
  };

  /** A gauge that cannot be read is left out of the answer; the figures of the process are wanted most when the database is away. */
  private add({ name, help, labels, read }: GaugeDefinition): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      collect: async () => {
        const values = await read(this.database).catch((error: unknown) => {
          this.logger.warn(`${name} cannot be read: ${String(error)}`);
          return [];
        });
        gauge.reset();
        for (const each of values) gauge.set({ ...each.labels }, each.value);
      },
    });
  }
}

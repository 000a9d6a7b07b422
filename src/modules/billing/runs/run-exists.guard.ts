import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { IdParam } from '../../../platform/http';
import { RunQueries } from './run-queries';

/** Lets through what concerns a run that exists: for streams, whose status is sent before their handler can refuse. Throws BILLING.RUN_NOT_FOUND. */
@Injectable()
export class RunExists implements CanActivate {
  constructor(private readonly queries: RunQueries) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { runId } = context.switchToHttp().getRequest<Request<{ runId: string }>>().params;
    await this.queries.run(new IdParam().transform(runId, { data: 'runId' }));
    return true;
  }
}

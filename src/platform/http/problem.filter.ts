import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Application, Request, Response } from 'express';
import { AppError, databaseFault } from '../errors';
import { currentRequestId } from '../logging/request-context';
import { languageOf } from './language';
import { problemOf, refusalFrom } from './problem';
import { methodsAt } from './routes';

/** Answers every error of every request with one form, and logs the ones that are our own mistake. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const refusal = refusalFrom(this.withMethods(error, request, response));
    if (refusal.status >= 500) this.report(error, refusal.code);
    else if (databaseFault(error)) this.logger.warn({ code: refusal.code, fault: databaseFault(error) }, 'refused by the database');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (refusal.retryAfterSeconds !== undefined && !response.hasHeader('Retry-After')) {
      response.setHeader('Retry-After', String(refusal.retryAfterSeconds));
    }
    if (refusal.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const language = languageOf(request);
    response.setHeader('Content-Language', language);
    response.setHeader('Vary', 'Accept-Language');
    response
      .status(refusal.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(refusal, language, currentRequestId())));
  }

  /** An address that exists under other methods is not "not found". */
  private withMethods(error: unknown, request: Request, response: Response): unknown {
    if (!(error instanceof HttpException) || error.getStatus() !== 404) return error;
    const methods = methodsAt(this.adapterHost.httpAdapter.getInstance<Application>(), request.path);
    if (methods.length === 0) return error;
    response.setHeader('Allow', methods.join(', '));
    return new AppError('ROUTE.METHOD_NOT_ALLOWED', { params: { allowed: methods.join(', ') } });
  }

  /** The stack goes to the log only; a database error's parameters are left out, they may be personal data. */
  private report(error: unknown, code: string): void {
    const stack = error instanceof Error ? error.stack : String(error);
    this.logger.error({ code, fault: databaseFault(error), stack }, 'request failed');
  }
}

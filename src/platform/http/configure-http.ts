import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { Config } from '../config';
import { Metrics } from '../health/metrics';
import { acceptRequestId, runInContext } from '../logging/request-context';
import { jsonBody } from './body';

/** For `NestFactory.create` and for tests: bodies are read by `configureHttp`, and the first lines of the log wait for the logger. */
export const HTTP_APP_OPTIONS: NestApplicationOptions = { bodyParser: false, bufferLogs: true };

/** A client that does not finish sending its headers or its body in these times is cut off. */
const HEADERS_WITHIN_MS = 15_000;
const BODY_WITHIN_MS = 300_000;

function requestContext(request: Request, response: Response, next: NextFunction): void {
  const requestId = acceptRequestId(request.headers['x-request-id']);
  response.setHeader('X-Request-Id', requestId);
  runInContext({ requestId }, next);
}

/** Sets up what stands before the routes: request id, security headers, timing, JSON bodies. Call it before `listen` or `init`. */
export function configureHttp(app: NestExpressApplication): void {
  const config = app.get(Config);
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies);
  app.use(requestContext);
  app.use(app.get(Metrics, { strict: false }).observe);
  app.use(helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } }));
  app.use(jsonBody());
  const server = app.getHttpServer();
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = BODY_WITHIN_MS;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Config } from '../config';
import { acceptRequestId, currentRequestId } from './request-context';

/** The path without its query, in which a caller may have written a name or a phone number. */
function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

/** One JSON line per request: id, method, path, status, milliseconds; never a body, a query or a credential. */
@Module({})
export class LoggingModule {
  static register(): DynamicModule {
    return LoggerModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => ({
        pinoHttp: {
          level: config.logLevel,
          // Standard output belongs to the results of commands.
          stream: process.stderr,
          genReqId: (request: IncomingMessage) => currentRequestId() ?? acceptRequestId(request.headers['x-request-id']),
          customAttributeKeys: { reqId: 'requestId' },
          quietReqLogger: true,
          autoLogging: { ignore: (request: IncomingMessage) => pathOf(request.url).startsWith('/health/') },
          redact: ['req.headers', 'res.headers'],
          serializers: {
            req: (request: { method?: string; url?: string }) => ({ method: request.method, path: pathOf(request.url) }),
            res: (response: ServerResponse) => ({ statusCode: response.statusCode }),
          },
        },
      }),
    });
  }
}

import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule, type AppOptions } from './app.module';
import { processEnvironment, type Config } from './platform/config';
import type { Environment } from './platform/embedded';
import { HTTP_APP_OPTIONS, configureHttp } from './platform/http/configure-http';
import { serveContract } from './platform/openapi';

/** The application as it answers requests, set up but not listening: the HTTP process, tests and the contract writer use it. */
export async function createHttpApp(
  config: Config,
  { processName = 'api', connect = true }: Partial<Pick<AppOptions, 'processName' | 'connect'>> = {},
): Promise<NestExpressApplication> {
  const module = AppModule.register({ config, processName, connect, http: true });
  const app = await NestFactory.create<NestExpressApplication>(module, { ...HTTP_APP_OPTIONS, abortOnError: false });
  app.useLogger(app.get(Logger));
  configureHttp(app);
  serveContract(app);
  return app;
}

/**
 * Lets the application answer at its address. Where nobody chose a port (the embedded default) and the usual one is
 * taken, any free port does. Answers the address.
 */
export async function listen(app: NestExpressApplication, { config, embedded }: Pick<Environment, 'config' | 'embedded'>): Promise<string> {
  const chosen = !embedded || processEnvironment().PORT !== undefined;
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || chosen) throw error;
    await app.listen(0, config.host);
  }
  return app.getUrl();
}

/** The same modules without HTTP: for workers, operators' commands and scripts. */
export async function createContext(config: Config, processName: AppOptions['processName']): Promise<INestApplicationContext> {
  const module = AppModule.register({ config, processName, connect: true, http: false });
  const context = await NestFactory.createApplicationContext(module, { bufferLogs: true, abortOnError: false });
  context.useLogger(context.get(Logger));
  return context;
}

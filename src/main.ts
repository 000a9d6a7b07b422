import 'reflect-metadata';
import { createHttpApp, listen } from './create-app';
import { openEnvironment } from './platform/embedded';
import { onShutdown, runCommand } from './platform/lifecycle';

/** The HTTP process: answers until it is told to stop. */
runCommand(async () => {
  const environment = await openEnvironment();
  const app = await createHttpApp(environment.config);
  onShutdown('HTTP server', () => app.close());
  const address = await listen(app, environment);
  process.stderr.write(`Wattledger answers at ${address}/v1, its documentation is at ${address}/docs\n`);
  return new Promise<number>(() => undefined);
});

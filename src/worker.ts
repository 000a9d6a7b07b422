import 'reflect-metadata';
import { createContext } from './create-app';
import { openEnvironment } from './platform/embedded';
import { onShutdown, runCommand } from './platform/lifecycle';
import { JobWorkers, QueueBackend, Sweeper } from './platform/queue';

/** The queue process: the same modules, no HTTP. On SIGTERM it finishes what it is at, within a bound, and takes no more. */
runCommand(async () => {
  const { config } = await openEnvironment();
  const context = await createContext(config, 'worker');
  const workers = context.get(JobWorkers);
  const sweeper = context.get(Sweeper);
  onShutdown('worker', async () => {
    await Promise.all([sweeper.stop(), workers.stop()]);
    await context.close();
  });
  await workers.start();
  sweeper.start();
  process.stderr.write(`A worker takes jobs from ${context.get(QueueBackend).kind}.\n`);
  return new Promise<number>(() => undefined);
});

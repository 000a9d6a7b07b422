import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Config } from '../../src/platform/config';

/** A queue worker as a process of its own, on the database of the demonstration. */
export function startWorker(config: Config): { stop(): Promise<void> } {
  const child = fork(join(__dirname, '../../src/worker.js'), [], {
    env: {
      ...process.env,
      LOG_LEVEL: 'error',
      DATABASE_URL: config.databaseUrl,
      DATA_KEY: config.dataKey.toString('hex'),
      DATA_HASH_KEY: config.dataHashKey.toString('hex'),
      ...(config.redisUrl === undefined ? {} : { REDIS_URL: config.redisUrl }),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

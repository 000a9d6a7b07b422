import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processEnvironment, type Config } from '../../src/platform/config';

/** Queue workers as processes of their own. */
export interface Workers {
  /** Largest memory that any of them had so far, MiB. */
  peakRssMb(): number;
  stop(): Promise<void>;
}

const READY = 'takes jobs';

/** Starts so many workers on a database and waits until each takes jobs. */
export async function startWorkers(config: Config, count: number): Promise<Workers> {
  const children = await Promise.all(Array.from({ length: count }, () => startOne(config)));
  let peak = 0;
  const look = (): void => {
    for (const { pid } of children) peak = Math.max(peak, rssMb(pid));
  };
  const timer = setInterval(look, 250);
  return {
    peakRssMb() {
      look();
      return Math.round(peak);
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(children.map(stopOne));
    },
  };
}

async function startOne(config: Config): Promise<ChildProcess> {
  const child = fork(join(__dirname, '../../src/worker.js'), [], {
    env: {
      ...processEnvironment(),
      LOG_LEVEL: 'error',
      DATABASE_URL: config.databaseUrl,
      DATA_KEY: config.dataKey.toString('hex'),
      DATA_HASH_KEY: config.dataHashKey.toString('hex'),
      ...(config.redisUrl === undefined ? {} : { REDIS_URL: config.redisUrl }),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
      if (said.includes(READY)) resolve();
    });
    child.once('exit', (code) => { reject(new Error(`a worker ended with ${String(code)}: ${said}`)); });
  });
  child.stderr?.removeAllListeners('data').pipe(process.stderr);
  return child;
}

async function stopOne(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Resident memory of a process where the system tells it; the high-water mark where there is one. */
function rssMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? '0') / 1024;
  } catch {
    return 0;
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processEnvironment } from '../../src/platform/config';

const ANSWERS_AT = /answers at (\S+)\/v1/;
/** How much of what a process says is kept for the report of a failure. */
const KEPT = 4_000;

/** One place of the fleet: the process that stands there now, and its address once it answers. */
interface Place {
  child: ChildProcess;
  said: string;
  address: string | undefined;
}

/** So many API processes on loopback ports; one that is killed is replaced at once, as any host's supervisor does. */
export class ApiProcesses {
  private readonly places: Place[] = [];
  private open = true;
  /** Processes that ended without having been killed, with the last that they said. */
  readonly collapses: string[] = [];

  constructor(private readonly settings: Readonly<Record<string, string>>) {}

  /** Starts them and waits until all of them answer. */
  async start(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) this.places.push(this.launch(index));
    await Promise.all(this.places.map((_, index) => this.answering(index)));
  }

  /** The address of a place, undefined while nobody answers there. */
  address(index: number): string | undefined {
    return this.places[index]?.address;
  }

  get count(): number {
    return this.places.length;
  }

  /** Kills the process of a place with SIGKILL; its successor is already starting when this resolves. */
  async kill(index: number): Promise<void> {
    const place = this.place(index);
    place.address = undefined;
    await ended(place.child, 'SIGKILL');
    this.places[index] = this.launch(index);
  }

  /** Waits until the process of a place answers. */
  async answering(index: number): Promise<void> {
    const end = Date.now() + 60_000;
    while (this.place(index).address === undefined) {
      if (Date.now() > end) throw new Error(`API process ${String(index)} does not answer:\n${this.place(index).said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    this.open = false;
    await Promise.all(this.places.map(({ child }) => ended(child, 'SIGTERM')));
  }

  private place(index: number): Place {
    const place = this.places[index];
    if (!place) throw new RangeError(`there is no API process ${String(index)}`);
    return place;
  }

  private launch(index: number): Place {
    const env = { ...processEnvironment(), LOG_LEVEL: 'error', REQUESTS_PER_MINUTE: '0', HOST: '127.0.0.1', ...this.settings, PORT: '0', NODE_OPTIONS: '' };
    const child = fork(programOf('main'), [], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const place: Place = { child, said: '', address: undefined };
    child.stderr?.on('data', (chunk: Buffer) => {
      place.said = (place.said + chunk.toString()).slice(-KEPT);
      place.address ??= child.killed ? undefined : ANSWERS_AT.exec(place.said)?.[1];
    });
    child.once('exit', (code, signal) => {
      place.address = undefined;
      if (this.open && signal !== 'SIGKILL') this.collapses.push(`API process ${String(index)} ended with ${String(code ?? signal)}: ${place.said.slice(-500)}`);
    });
    return place;
  }
}

async function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

/** A built program of the product, asked for from the sources or from what was built of them. */
function programOf(name: string): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'dist', 'src', `${name}.js`);
}

import { fork, type ChildProcess } from 'node:child_process';
import { hostname } from 'node:os';
import { join } from 'node:path';

const WORKER = join(__dirname, '../../../dist/src/worker.js');
const READY = 'takes jobs';
/** How much of what a worker says is kept for the report of a failure. */
const KEPT = 20_000;

interface Member {
  readonly child: ChildProcess;
  said: string;
  ready: boolean;
}

/** So many worker processes; one that ends is replaced at once, as the supervisor of any real host does. */
export class WorkerFleet {
  private readonly members = new Set<Member>();
  private readonly expected = new Set<ChildProcess>();
  private open = true;
  /** Workers that ended by themselves in the middle of their work, with the last that they said. */
  readonly collapses: string[] = [];
  /** Workers that refused to start because the database was away, as they should: their host starts them again. */
  failedStarts = 0;

  constructor(
    private readonly size: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  start(): void {
    while (this.open && this.members.size < this.size) this.add();
  }

  /** Workers that take jobs, by the name under which they hold intervals. */
  names(): string[] {
    return [...this.members].filter(({ ready }) => ready).map(({ child }) => nameOf(child));
  }

  /** Kills a worker and waits until it is gone; another takes its place. */
  async kill(name: string): Promise<void> {
    const child = this.child(name);
    this.expected.add(child);
    await ended(child, 'SIGKILL');
  }

  pause(name: string): void {
    this.child(name).kill('SIGSTOP');
  }

  resume(name: string): void {
    this.child(name).kill('SIGCONT');
  }

  /** Ends every worker; answers which ones had to be killed because they did not stop when asked to. */
  async stop(withinMs = 40_000): Promise<number> {
    this.open = false;
    const stubborn = await Promise.all([...this.members].map(async ({ child }) => {
      this.expected.add(child);
      const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
      await ended(child, 'SIGTERM');
      clearTimeout(timer);
      return child.signalCode === 'SIGKILL';
    }));
    return stubborn.filter(Boolean).length;
  }

  /** Whether a worker said something, among the last that it said. */
  heard(name: string, words: RegExp): boolean {
    const member = [...this.members].find(({ child }) => nameOf(child) === name);
    return member !== undefined && words.test(member.said);
  }

  /** What the living workers said last. */
  said(): string {
    return [...this.members].map(({ child, said }) => `${nameOf(child)}:\n${said}`).join('\n');
  }

  private add(): void {
    const child = fork(WORKER, [], {
      env: { ...process.env, ...this.settings, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const member: Member = { child, said: '', ready: false };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        member.said = (member.said + chunk.toString()).slice(-KEPT);
        member.ready ||= member.said.includes(READY);
      });
    }
    child.once('exit', (code, signal) => {
      this.members.delete(member);
      if (!member.ready && !this.expected.has(child)) this.failedStarts += 1;
      else if (!this.expected.has(child)) this.collapses.push(`${nameOf(child)} ended with ${String(code ?? signal)}: ${member.said.slice(-500)}`);
      // A pause, so that a worker that cannot start does not take the machine from the others.
      setTimeout(() => { this.start(); }, this.expected.has(child) ? 0 : 1_000);
    });
    this.members.add(member);
  }

  private child(name: string): ChildProcess {
    const member = [...this.members].find(({ child }) => nameOf(child) === name);
    if (!member) throw new Error(`${name} is not a worker of this test`);
    return member.child;
  }
}

function nameOf({ pid }: ChildProcess): string {
  return `${hostname()}:${String(pid)}`;
}

async function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  // One that is paused hears of SIGTERM only when it goes on.
  if (signal === 'SIGTERM') child.kill('SIGCONT');
  await gone;
}

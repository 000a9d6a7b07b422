import { Injectable, Logger } from '@nestjs/common';
import { DecoratedMethods, type DecoratedMethod } from './decorated-methods';
import { sweepInterval } from './jobs';

/** Calls every `@Sweep` method of the process again and again; a sweep that fails is logged and comes again. */
@Injectable()
export class Sweeper {
  private readonly logger = new Logger('Sweeper');
  private readonly loops: { timer: NodeJS.Timeout | undefined; running: Promise<void> }[] = [];
  private stopped = true;

  constructor(private readonly methods: DecoratedMethods) {}

  start(): void {
    this.stopped = false;
    for (const method of this.methods.find((candidate) => sweepInterval(candidate) !== undefined)) this.loop(method);
  }

  /** Starts no further sweep and waits for the running ones. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.loops) clearTimeout(timer);
    await Promise.all(this.loops.map(({ running }) => running));
    this.loops.length = 0;
  }

  /** Runs every sweep once and waits: for tests and operators' commands, which do not want to wait for the clock. */
  async sweepOnce(): Promise<void> {
    for (const method of this.methods.find((candidate) => sweepInterval(candidate) !== undefined)) await method.call();
  }

  private loop(method: DecoratedMethod): void {
    const everyMs = sweepInterval(method.source) ?? 60_000;
    const entry: { timer: NodeJS.Timeout | undefined; running: Promise<void> } = { timer: undefined, running: Promise.resolve() };
    const schedule = (): void => {
      if (this.stopped) return;
      entry.timer = setTimeout(() => { entry.running = this.run(method).then(schedule); }, everyMs);
    };
    this.loops.push(entry);
    schedule();
  }

  private async run(method: DecoratedMethod): Promise<void> {
    try {
      await method.call();
    } catch (error) {
      this.logger.error(`${method.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

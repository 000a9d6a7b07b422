import { Global, Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config';
import { Clock } from './clock';

const REFRESH_MS = 1_000;

/** Keeps the clock of a sandbox on the offset in the database; all processes follow within a second. */
@Injectable()
export class SandboxClock implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.sandboxClock) return;
    await this.clock.refresh();
    // A database that is away for a moment leaves the clock where it was.
    this.timer = setInterval(() => void this.clock.refresh().catch(() => undefined), REFRESH_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}

@Global()
@Module({ providers: [Clock, SandboxClock], exports: [Clock] })
export class ClockModule {}

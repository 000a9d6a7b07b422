import { Injectable } from '@nestjs/common';
import { Config } from '../config';
import { Database } from '../database';

/** A local date in China, 'YYYY-MM-DD'. */
export type LocalDate = string;

/** China has one zone and no summer time. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

/**
 * The one clock of the code; `app_now()` is the same clock in SQL. Where the configuration allows it (tests and
 * sandboxes), it follows the offset that the owner of the database sets.
 */
@Injectable()
export class Clock {
  private offsetMs = 0;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
  ) {}

  /** The present instant. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** The present date in Asia/Shanghai. */
  today(): LocalDate {
    return new Date(this.now().getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
  }

  /** Takes over the offset that is set in the database; does nothing unless the configuration allows it. */
  async refresh(): Promise<void> {
    if (!this.config.sandboxClock) return;
    const [row] = await this.database.query<{ offset_ms: string }>(
      `SELECT round(extract(epoch FROM offset_by) * 1000)::bigint AS offset_ms FROM sandbox_clock`,
    );
    this.offsetMs = Number(row?.offset_ms ?? '0');
  }
}

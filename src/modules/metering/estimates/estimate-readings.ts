import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Clock } from '../../../platform/clock';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { EstimateReadingsInput, EstimatesView, NotEstimatedView } from '../dto/estimate.dto';
import type { OfferedReading } from '../readings/reading.types';
import { ReadingsRepository } from '../readings/readings.repository';
import { RecordReadings } from '../readings/record-readings';
import { type DueDial, DueDialsRepository } from './due-dials.repository';
import { estimateOf } from './estimate-of';

const BATCH = 500;
const SHOWN = 100;

interface Batch {
  readonly last: DueDial | undefined;
  readonly estimated: number;
  readonly skipped: readonly NotEstimatedView[];
}

/**
 * Puts an estimate in the place of each reading that is missing on the reading day of a month, by the dial's own
 * history, once its window is over. Estimates are marked on the bill; the next real reading settles them, and a real
 * reading of the same window takes their place. What was estimated already is left alone, so that it may be asked twice.
 */
@Injectable()
export class EstimateReadings {
  constructor(
    private readonly database: Database,
    private readonly dials: DueDialsRepository,
    private readonly readings: ReadingsRepository,
    private readonly recorder: RecordReadings,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Batch by batch, each in a transaction of its own, so that no run waits for all of them. Throws METERING.ROUTE_NOT_FOUND. */
  async estimate(input: EstimateReadingsInput, actor: Pick<Actor, 'userId'>): Promise<EstimatesView> {
    const { routeCode } = input;
    let after: DueDial | undefined;
    let estimated = 0;
    const skipped: NotEstimatedView[] = [];
    let left = 0;
    do {
      const batch = await this.database.transaction(async (tx) => {
        if (routeCode !== undefined && !(await this.dials.routeExists(tx, routeCode))) throw new AppError('METERING.ROUTE_NOT_FOUND');
        return this.batch(tx, input, after, actor);
      });
      estimated += batch.estimated;
      left += batch.skipped.length;
      skipped.push(...batch.skipped.slice(0, SHOWN - skipped.length));
      after = batch.last;
    } while (after !== undefined);
    return { estimated, skipped: left, skippedDials: skipped };
  }

  private async batch(tx: Tx, { month, routeCode, inARow }: EstimateReadingsInput, after: DueDial | undefined, actor: Pick<Actor, 'userId'>): Promise<Batch> {
    const due = await this.dials.next(tx, month, routeCode, after, BATCH);
    if (due.length === 0) return { last: undefined, estimated: 0, skipped: [] };
    const asked = due.map((dial, line) => ({ ...dial, line }));
    const places = await this.readings.places(tx, asked);
    const offered: OfferedReading[] = [];
    const skipped: NotEstimatedView[] = [];
    for (const { line, meterNo, accountNo, register, readOn } of asked) {
      const place = places.get(line);
      if (place === undefined) throw new Error(`dial ${meterNo}/${register} was not looked up`);
      const found = estimateOf({ register, on: readOn, inARow, place });
      if ('reason' in found) skipped.push({ meterNo, accountNo, register, reason: found.reason });
      else offered.push({ line, meterNo, register, readOn, reading: found.reading, source: 'estimated' });
    }
    const { accepted } = await this.recorder.record(tx, offered, { userId: actor.userId, today: this.clock.today() });
    const detail = { month, ...(routeCode === undefined ? {} : { routeCode }), estimated: accepted.size, skipped: skipped.length };
    await this.audit.record(tx, { actor, action: 'metering.reading.estimate', subjectType: 'reading-month', subjectId: month, detail });
    return { last: due.length < BATCH ? undefined : due.at(-1), estimated: accepted.size, skipped };
  }
}

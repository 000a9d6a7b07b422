import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { FindingsRepository } from '../findings/findings.repository';
import { judgeReading } from './judge-reading';
import type { OfferedReading } from './reading.types';
import { ReadingsRepository } from './readings.repository';

/** Judges a reading on record again, after it or its neighbour was corrected. */
@Injectable()
export class RejudgeReading {
  constructor(
    private readonly readings: ReadingsRepository,
    private readonly findings: FindingsRepository,
  ) {}

  /** Closes what was open about a reading whose value has been corrected. */
  async closeAll(tx: Tx, readingId: string, reason: string, userId: string): Promise<void> {
    const open = await this.findings.openOf(tx, readingId);
    await this.findings.close(tx, open.map(({ findingId }) => findingId), 'corrected', reason, userId);
  }

  /** Opens the findings that hold now and closes those that hold no longer. Findings that a person confirmed stay so. */
  async judge(tx: Tx, readingId: string, reading: OfferedReading, userId: string): Promise<void> {
    const place = (await this.readings.places(tx, [reading])).get(reading.line);
    if (place === undefined || place.installationId === null || place.dialDigits === null) return;
    const { installationId, dialDigits } = place;
    const doubts = judgeReading({ ...reading, dialDigits, hasTotal: place.registers.includes('total'), place });
    const open = await this.findings.openOf(tx, readingId);
    const gone = open.filter(({ code }) => !doubts.some((doubt) => doubt.code === code));
    const fresh = doubts.filter((doubt) => !open.some(({ code }) => code === doubt.code));
    await this.findings.close(tx, gone.map(({ findingId }) => findingId), 'corrected', 'a neighbouring reading was corrected', userId);
    const { register, readOn } = reading;
    await this.findings.insert(tx, fresh.map((doubt) => ({ ...doubt, installationId, register, readingId, concernsOn: readOn })));
  }
}

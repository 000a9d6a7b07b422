import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Clock } from '../../../platform/clock';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { CorrectReading as Input, ReadingResult } from '../dto/reading.dto';
import { refuse } from '../metering.errors';
import { ReadReadings } from './read-readings';
import { placeProblem, sameReading } from './reading.rules';
import type { OfferedReading, ReadingPlace } from './reading.types';
import { ReadingsRepository } from './readings.repository';
import { RejudgeReading } from './rejudge-reading';

/**
 * Puts a right value in the place of a wrong one: the wrong one stays on record, superseded. Findings of the old value
 * are closed as corrected, and the next reading is judged again beside the new value.
 */
@Injectable()
export class CorrectReading {
  constructor(
    private readonly database: Database,
    private readonly readings: ReadingsRepository,
    private readonly rejudge: RejudgeReading,
    private readonly reader: ReadReadings,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  correct(readingId: string, input: Input, actor: Actor): Promise<ReadingResult> {
    return this.database.transaction(async (tx) => {
      const old = await this.readings.find(tx, readingId);
      if (old === undefined) throw new AppError('METERING.READING_NOT_FOUND');
      if (old.superseded) throw new AppError('METERING.READING_SUPERSEDED');
      const { reading, reason } = input;
      if (sameReading(old.reading, reading)) throw new AppError('METERING.NOTHING_CHANGES');
      const place = await this.requirePossible(tx, { ...old, reading });
      const newId = await this.readings.supersede(tx, readingId, reading, reason, actor.userId);
      if (newId === undefined) throw new AppError('METERING.READING_SUPERSEDED');
      await this.rejudge.closeAll(tx, readingId, reason, actor.userId);
      await this.rejudge.judge(tx, newId, { ...old, reading }, actor.userId);
      const next = await this.readings.findNext(tx, place.installationId ?? '', old.register, old.readOn);
      if (next !== undefined) await this.rejudge.judge(tx, next.readingId, next, actor.userId);
      const detail = { corrects: readingId, from: old.reading, to: reading, readOn: old.readOn, reason };
      await this.audit.record(tx, { actor, action: 'metering.reading.correct', subjectType: 'reading', subjectId: newId, detail });
      return this.reader.one(tx, newId, 'accepted');
    });
  }

  private async requirePossible(tx: Tx, offered: OfferedReading): Promise<ReadingPlace> {
    const place = (await this.readings.places(tx, [offered])).get(offered.line);
    if (place === undefined) throw new AppError('METERING.READING_NOT_FOUND');
    const problem = placeProblem(offered, place, this.clock.today());
    if (problem !== null) throw refuse('METERING.READING_REFUSED', problem.field, problem.code, problem.message, problem.allowed);
    return place;
  }
}

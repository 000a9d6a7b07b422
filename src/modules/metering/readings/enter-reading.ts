import { Injectable } from '@nestjs/common';
import type { Register } from '../../../core/tariff/vocabulary';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database';
import type { EnterReading as Input, ReadingResult } from '../dto/reading.dto';
import { refuse } from '../metering.errors';
import type { ReadingSource } from '../metering.codes';
import { ReadReadings } from './read-readings';
import { RecordReadings } from './record-readings';

/** Enters one reading. A doubtful one is kept with an open finding; the same value again changes nothing. */
@Injectable()
export class EnterReading {
  constructor(
    private readonly database: Database,
    private readonly recorder: RecordReadings,
    private readonly reader: ReadReadings,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  enter(input: Input, actor: Actor): Promise<ReadingResult> {
    return this.database.transaction(async (tx) => {
      const offered = { ...input, line: 0, register: input.register as Register, source: input.source as ReadingSource };
      const batch = await this.recorder.record(tx, [offered], { userId: actor.userId, today: this.clock.today() });
      const [refused] = batch.refused;
      if (refused !== undefined) {
        const code = refused.code === 'DUPLICATE' ? 'METERING.READING_DUPLICATE' : 'METERING.READING_REFUSED';
        throw refuse(code, refused.field, refused.code, refused.message, refused.allowed);
      }
      const unchanged = batch.unchanged.get(0);
      if (unchanged !== undefined) return this.reader.one(tx, unchanged, 'unchanged');
      const readingId = batch.accepted.get(0) ?? '';
      await this.audit.record(tx, { actor, action: 'metering.reading.enter', subjectType: 'reading', subjectId: readingId, detail: { ...input } });
      return this.reader.one(tx, readingId, 'accepted');
    });
  }
}

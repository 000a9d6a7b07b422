import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { Clock } from '../../../platform/clock';
import type { MeteringImportView } from '../dto/import.dto';
import { RecordReadings } from '../readings/record-readings';
import { inBatches } from './import.types';
import { openReadingsFile } from './readings-file';
import { RunImport } from './run-import';

/** Lines of one transaction: large enough for set-based writing, small enough that a freeze does not wait for it. */
const BATCH_LINES = 1_000;

/** Takes in a CSV file of readings as it arrives: good lines are kept, each bad one is refused with its reason. */
@Injectable()
export class ImportReadings {
  constructor(
    private readonly runner: RunImport,
    private readonly recorder: RecordReadings,
    private readonly clock: Clock,
  ) {}

  async import(source: Readable, actor: Pick<Actor, 'userId'>, onProgress?: (lines: number) => void): Promise<MeteringImportView> {
    const lines = await openReadingsFile(source);
    const today = this.clock.today();
    return this.runner.run({
      kind: 'readings',
      actor,
      batches: inBatches(lines, BATCH_LINES),
      ...(onProgress === undefined ? {} : { onProgress }),
      write: async (tx, batch, importId) => {
        const { accepted, unchanged, suspicious, refused } = await this.recorder.record(tx, batch, { userId: actor.userId, today, importId });
        return { accepted: accepted.size, unchanged: unchanged.size, suspicious: suspicious.size, refused };
      },
    });
  }
}

import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { Clock } from '../../../platform/clock';
import type { Tx } from '../../../platform/database';
import type { MeteringImportView } from '../dto/import.dto';
import { BulkInstallationsRepository } from './bulk-installations.repository';
import { type BatchOutcome, inBatches } from './import.types';
import { type OfferedInstallation, readInstallationsFile } from './installations-file';
import { InstallationsLookup } from './installations.lookup';
import { RunImport } from './run-import';
import { SortInstallations } from './sort-installations';

const BATCH_LINES = 500;

/** Takes in usage points with their meters, one JSON object a line: good lines are kept, each bad one is refused. */
@Injectable()
export class ImportInstallations {
  constructor(
    private readonly runner: RunImport,
    private readonly lookup: InstallationsLookup,
    private readonly bulk: BulkInstallationsRepository,
    private readonly clock: Clock,
  ) {}

  import(source: Readable, actor: Pick<Actor, 'userId'>, onProgress?: (lines: number) => void): Promise<MeteringImportView> {
    const today = this.clock.today();
    return this.runner.run({
      kind: 'installations',
      actor,
      batches: inBatches(readInstallationsFile(source), BATCH_LINES),
      ...(onProgress === undefined ? {} : { onProgress }),
      write: (tx, lines) => this.write(tx, lines, actor.userId, today),
    });
  }

  private async write(tx: Tx, lines: readonly OfferedInstallation[], userId: string, today: string): Promise<BatchOutcome> {
    const known = await this.lookup.known(tx, lines);
    const sorting = new SortInstallations(known, today);
    for (const line of lines) sorting.add(line);
    await this.bulk.insert(tx, sorting.accepted, known, userId);
    return { accepted: sorting.accepted.length, unchanged: sorting.unchanged, suspicious: 0, refused: sorting.refused };
  }
}

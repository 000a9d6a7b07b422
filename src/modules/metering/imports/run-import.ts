import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError, databaseFault, findError, refusalOf } from '../../../platform/errors';
import type { MeteringImportView } from '../dto/import.dto';
import type { BatchOutcome, ImportBatch } from './import.types';
import { ImportsRepository, type ImportKind } from './imports.repository';

export interface ImportWork<Line extends { readonly line: number }> {
  readonly kind: ImportKind;
  readonly actor: Pick<Actor, 'userId'>;
  readonly batches: AsyncIterable<ImportBatch<Line>>;
  /** Writes the lines of one batch in the given transaction, or throws and leaves nothing. */
  readonly write: (tx: Tx, lines: readonly Line[], importId: string) => Promise<BatchOutcome>;
  readonly onProgress?: (lines: number) => void;
}

const NOTHING: BatchOutcome = { accepted: 0, unchanged: 0, suspicious: 0, refused: [] };

/**
 * Runs an import batch by batch: each one is a transaction of its own together with its progress. Where the input
 * breaks off, what was written stays, the import is marked interrupted, and sending the file again is harmless.
 */
@Injectable()
export class RunImport {
  private readonly logger = new Logger('Import');

  constructor(
    private readonly database: Database,
    private readonly imports: ImportsRepository,
  ) {}

  async run<Line extends { readonly line: number }>(work: ImportWork<Line>): Promise<MeteringImportView> {
    const importId = await this.database.transaction((tx) => this.imports.start(tx, work.kind, work.actor.userId));
    let because: string | null = null;
    try {
      await this.writeAll(importId, work);
    } catch (error) {
      because = this.reasonOf(error);
    }
    await this.database.transaction((tx) => this.imports.end(tx, importId, because === null ? 'finished' : 'interrupted', because));
    const ended = await this.imports.find(this.database, importId, work.kind);
    if (ended === undefined) throw new Error('the import was not recorded');
    return ended;
  }

  /** While one batch is being written, the next one is read. */
  private async writeAll<Line extends { readonly line: number }>(importId: string, work: ImportWork<Line>): Promise<void> {
    let writing: Promise<void> = Promise.resolve();
    let lines = 0;
    try {
      for await (const batch of work.batches) {
        await writing;
        lines += batch.lines.length + batch.refused.length;
        work.onProgress?.(lines);
        writing = this.writeBatch(importId, batch, work);
        writing.catch(() => undefined);
      }
    } finally {
      await writing;
    }
  }

  /**
   * A batch that the database refuses (another import wrote the same rows meanwhile, or a guard that was not foreseen)
   * is halved until the line at fault stands alone and is refused by itself.
   */
  private async writeBatch<Line extends { readonly line: number }>(importId: string, batch: ImportBatch<Line>, work: ImportWork<Line>): Promise<void> {
    const { lines, refused } = batch;
    try {
      await this.database.transaction(async (tx) => {
        const outcome = lines.length === 0 ? NOTHING : await work.write(tx, lines, importId);
        await this.imports.progress(tx, importId, { ...outcome, refused: [...refused, ...outcome.refused] });
      });
    } catch (error) {
      const refusal = error instanceof AppError ? error : refusalOf(error);
      if (refusal === undefined || refusal.code.startsWith('SERVICE.') || lines.length === 0) throw error;
      this.logger.warn({ importId, lines: lines.length, fault: databaseFault(error) }, 'batch refused by the database');
      const [first] = lines;
      if (lines.length === 1 && first !== undefined) {
        const message = findError(refusal.code)?.title ?? { en: refusal.code, zh: refusal.code };
        await this.writeBatch(importId, { lines: [], refused: [...refused, { line: first.line, field: '', code: refusal.code, message }] }, work);
        return;
      }
      const half = Math.ceil(lines.length / 2);
      await this.writeBatch(importId, { lines: lines.slice(0, half), refused }, work);
      await this.writeBatch(importId, { lines: lines.slice(half), refused: [] }, work);
    }
  }

  private reasonOf(error: unknown): string {
    const code = (error as { code?: unknown }).code;
    if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') return 'the connection broke';
    this.logger.error({ error: error instanceof Error ? error.stack : String(error) }, 'import stopped');
    return error instanceof AppError ? error.code : 'a fault on our side; send the file again';
  }
}

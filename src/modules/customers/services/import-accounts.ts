import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { type AccountLine, isRefused, readAccountLine, type RefusedLine } from '../import/account-line';
import { type InputLine, readLines } from '../import/read-lines';
import { AccountImportsRepository } from '../repositories/account-imports.repository';
import { identityKeyOf, type ImportContext, type SealedLine } from '../repositories/bulk-accounts.repository';
import { JudgeTerms } from './judge-terms';
import { SealPersonalData } from './seal-personal-data';
import { WriteAccountBatch } from './write-account-batch';

/** Accounts that are written in one transaction. */
const BATCH_LINES = 500;
/** Lines after which the writing of the batch before may go on: it needs the thread for a moment at each statement. */
const LINES_BETWEEN_YIELDS = 10;
/** Bytes of one import at most; a larger load is sent in parts. */
export const MAX_IMPORT_BYTES = 1024 ** 3;

export interface ImportOptions {
  readonly label?: string | undefined;
  /** Called after each batch with the lines read so far. */
  readonly onProgress?: (linesDone: number) => void;
}

/**
 * Loads accounts from NDJSON: batch by batch, each in its own transaction with its counts. Good lines are kept, bad
 * ones recorded with their reasons. Where the input breaks off, complete batches stay and the import is interrupted;
 * sending it again is safe for lines with an external reference.
 */
@Injectable()
export class ImportAccounts {
  constructor(
    private readonly database: Database,
    private readonly imports: AccountImportsRepository,
    private readonly seal: SealPersonalData,
    private readonly batches: WriteAccountBatch,
    private readonly audit: Audit,
    private readonly judge: JudgeTerms,
  ) {}

  /** Answers the id of the import. Throws what the input's stream throws, after the import was marked. */
  async execute(actor: Pick<Actor, 'userId'>, input: AsyncIterable<Buffer>, options: ImportOptions = {}): Promise<string> {
    const importId = await this.database.transaction(async (tx) => {
      const id = await this.imports.start(tx, options.label ?? null, actor.userId);
      await this.audit.record(tx, { actor, action: 'customers.account-import.start', subjectType: 'account-import', subjectId: id });
      return id;
    });
    const context = { importId, userId: actor.userId };
    try {
      await this.writeAll(context, bounded(input), options.onProgress);
    } catch (error) {
      await this.database.transaction((tx) => this.imports.finish(tx, importId, 'interrupted'));
      throw error;
    }
    await this.database.transaction((tx) => this.imports.finish(tx, importId, 'finished'));
    return importId;
  }

  /** While one batch is being written the next one is read, judged and encrypted. */
  private async writeAll(context: ImportContext, input: AsyncIterable<Buffer>, onProgress: ImportOptions['onProgress']): Promise<void> {
    let writing: Promise<void> = Promise.resolve();
    let done = 0;
    try {
      for await (const lines of inBatches(readLines(input), BATCH_LINES)) {
        const { good, bad } = await this.prepare(lines);
        await writing;
        done += lines.length;
        onProgress?.(done);
        writing = this.batches.write(context, good, bad);
        writing.catch(() => undefined);
      }
    } finally {
      await writing;
    }
  }

  private async prepare(lines: readonly InputLine[]): Promise<{ good: SealedLine[]; bad: RefusedLine[] }> {
    const sound: AccountLine[] = [];
    const bad: RefusedLine[] = [];
    for (const [index, line] of lines.entries()) {
      if (index % LINES_BETWEEN_YIELDS === 0) await setImmediate();
      const read = readAccountLine(line);
      if (isRefused(read)) bad.push(read);
      else sound.push(read);
    }
    const unknown = await this.judge.unknownPlans(sound.map(({ account }) => account.terms.map((terms, index) => ({ terms, path: `terms.${String(index)}` }))));
    const good: SealedLine[] = [];
    for (const [index, line] of sound.entries()) {
      if (index % LINES_BETWEEN_YIELDS === 0) await setImmediate();
      const problems = unknown[index] ?? [];
      if (problems.length === 0) good.push(this.sealed(line));
      else bad.push({ lineNo: line.lineNo, externalReference: line.account.externalReference ?? null, problems });
    }
    return { good, bad };
  }

  private sealed(line: AccountLine): SealedLine {
    const customer = this.seal.customer(line.account.customer);
    const premise = this.seal.premise(line.account.premise);
    const identityKey = customer.identityKind !== null && customer.identityHash ? identityKeyOf(customer.identityKind, customer.identityHash) : null;
    return { line, customer, premise, identityKey };
  }
}

async function* bounded(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.length;
    if (bytes > MAX_IMPORT_BYTES) throw new AppError('CUSTOMERS.IMPORT_TOO_LARGE');
    yield chunk;
  }
}

async function* inBatches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

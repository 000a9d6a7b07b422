import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';
import { databaseFault } from '../../../platform/errors';
import { refusal, type RefusedLine } from '../import/account-line';
import { AccountImportsRepository } from '../repositories/account-imports.repository';
import {
  BulkAccountsRepository,
  type ImportContext,
  type KnownIdentity,
  type PlacedLine,
  type ReservedIds,
  type SealedLine,
} from '../repositories/bulk-accounts.repository';

const UNIQUE_VIOLATION = '23505';
const ATTEMPTS = 5;

interface Placing {
  readonly placed: PlacedLine[];
  readonly refused: RefusedLine[];
}

/** Writes one batch of an import: refuses what is recorded already, takes known customers, writes the rest by COPY. */
@Injectable()
export class WriteAccountBatch {
  constructor(
    private readonly database: Database,
    private readonly bulk: BulkAccountsRepository,
    private readonly imports: AccountImportsRepository,
  ) {}

  /**
   * One transaction for the accounts, the refusals and the counts. Where another import recorded the same reference
   * or identity meanwhile, the batch is looked at again and finds it.
   */
  async write(context: ImportContext, good: readonly SealedLine[], bad: readonly RefusedLine[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.database.transaction((tx) => this.writeOnce(tx, context, good, bad));
        return;
      } catch (error) {
        if (attempt >= ATTEMPTS || databaseFault(error)?.code !== UNIQUE_VIOLATION) throw error;
      }
    }
  }

  private async writeOnce(tx: Tx, context: ImportContext, good: readonly SealedLine[], bad: readonly RefusedLine[]): Promise<void> {
    const references = good.flatMap(({ line }) => line.account.externalReference ?? []);
    const known = await this.bulk.knownReferences(tx, references);
    const { fresh, repeated } = withoutDuplicates(good, known, context.importId);
    const identities = await this.bulk.knownIdentities(tx, fresh);
    const transformers = fresh.reduce((sum, { line }) => sum + line.transformers.length, 0);
    const ids = await this.bulk.reserve(tx, fresh.length, transformers);
    const { placed, refused } = place(fresh, identities, ids);
    if (placed.length > 0) await this.bulk.write(tx, context, placed, ids);
    const refusals = [...bad, ...repeated, ...refused];
    await this.imports.addRefusals(tx, context.importId, refusals);
    await this.imports.addCounts(tx, context.importId, placed.length, refusals.length);
  }
}

function withoutDuplicates(lines: readonly SealedLine[], known: ReadonlyMap<string, string | null>, importId: string): { fresh: SealedLine[]; repeated: RefusedLine[] } {
  const seen = new Set<string>();
  const fresh: SealedLine[] = [];
  const repeated: RefusedLine[] = [];
  for (const sealed of lines) {
    const reference = sealed.line.account.externalReference;
    if (reference === undefined || !(known.has(reference) || seen.has(reference))) fresh.push(sealed);
    else repeated.push(repetition(sealed, seen.has(reference) || known.get(reference) === importId));
    if (reference !== undefined) seen.add(reference);
  }
  return { fresh, repeated };
}

function repetition({ line }: SealedLine, inFile: boolean): RefusedLine {
  const problem = refusal('externalReference', inFile ? 'DUPLICATE_IN_FILE' : 'DUPLICATE');
  return { lineNo: line.lineNo, externalReference: line.account.externalReference ?? null, problems: [problem] };
}

/** Gives each line its customer; a document that is known under another name or kind refuses the line. */
function place(lines: readonly SealedLine[], recorded: ReadonlyMap<string, KnownIdentity>, ids: ReservedIds): Placing {
  const identities = new Map(recorded);
  const placed: PlacedLine[] = [];
  const refused: RefusedLine[] = [];
  lines.forEach((sealed, index) => {
    const { line, customer, identityKey } = sealed;
    const known = identityKey === null ? undefined : identities.get(identityKey);
    if (known === undefined) {
      const customerId = ids.customers[index] ?? '';
      placed.push({ sealed, customerId, isNewCustomer: true });
      if (identityKey !== null) identities.set(identityKey, { customerId, kind: customer.kind, nameHash: customer.nameHash });
    } else if (known.kind === customer.kind && known.nameHash.equals(customer.nameHash)) {
      placed.push({ sealed, customerId: known.customerId, isNewCustomer: false });
    } else {
      const problem = refusal('customer.identity', 'IDENTITY_NAME_DIFFERS');
      refused.push({ lineNo: line.lineNo, externalReference: line.account.externalReference ?? null, problems: [problem] });
    }
  });
  return { placed, refused };
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { BALANCE_CHECKS } from './balance-checks';
import { compareAnchor, findStrayEntry, verifySeals, type Anchor, type Ask, type BrokenRow } from './verify-seals';

export interface LedgerVerification {
  /** The last seal that was recomputed. */
  readonly lastSealNo: string;
  readonly seals: number;
  readonly journals: number;
  readonly entries: number;
  /** False where seals are left: the next stretch begins after `lastSealNo`. */
  readonly complete: boolean;
  readonly broken: BrokenRow | null;
}

export interface LedgerDifference {
  readonly check: string;
  /** How many rows disagree, and the first of them. */
  readonly rows: number;
  readonly first: Readonly<Record<string, unknown>>;
}

/** Journals that one request recomputes; some seconds. */
const JOURNALS_OF_A_STRETCH = 100_000;

/** Recomputes the seals from the books. What is broken is named and left as it is. */
@Injectable()
export class VerifyLedger {
  private readonly ask: Ask;

  constructor(private readonly database: Database) {
    this.ask = <Row>(sql: string, params: readonly unknown[] = []) => this.database.query<Row>(sql, params);
  }

  /** The next 100,000 journals after a seal; the anchor is compared once everything before it holds. */
  async stretch(afterSealNo: string, anchor?: Anchor): Promise<LedgerVerification> {
    let result = this.nothing(afterSealNo);
    for await (const verified of this.follow(afterSealNo, anchor)) {
      result = verified;
      if (!result.complete && result.broken === null && result.journals >= JOURNALS_OF_A_STRETCH) return result;
    }
    return result;
  }

  /** Everything, with the state after each window; a journal that no seal covers is looked at for its entries. */
  async *all(anchor?: Anchor): AsyncGenerator<LedgerVerification> {
    let last = this.nothing('0');
    for await (const verified of this.follow('0', anchor)) {
      last = verified;
      yield last;
    }
    if (last.broken === null) {
      const stray = await findStrayEntry(this.ask);
      if (stray) yield { ...last, broken: stray };
    }
  }

  /** What must hold in the books beyond the seals: each check that finds something, with the number of its rows. */
  async differences(): Promise<LedgerDifference[]> {
    const found: LedgerDifference[] = [];
    for (const [check, sql] of Object.entries(BALANCE_CHECKS)) {
      const [row] = await this.wholeBooks<{ rows: number; first: Record<string, unknown> }>(`select count(*)::int as rows, (array_agg(to_jsonb(f)))[1] as first from (${sql}) f`);
      if (row && row.rows > 0) found.push({ check, ...row });
    }
    return found;
  }

  private async *follow(afterSealNo: string, anchor: Anchor | undefined): AsyncGenerator<LedgerVerification> {
    const [end] = await this.ask<{ last: string }>('select max(seal_no) as last from ledger_seals');
    const last = end?.last ?? '0';
    let sums = this.nothing(afterSealNo);
    for await (const { lastSealNo, seals, journals, entries, broken } of verifySeals(this.ask, afterSealNo, last)) {
      sums = { lastSealNo, seals: sums.seals + seals, journals: sums.journals + journals, entries: sums.entries + entries, complete: false, broken };
      if (broken) {
        yield { ...sums, complete: true };
        return;
      }
      yield sums;
    }
    yield { ...sums, complete: true, broken: anchor ? await compareAnchor(this.ask, anchor) : null };
  }

  private nothing(afterSealNo: string): LedgerVerification {
    return { lastSealNo: afterSealNo, seals: 0, journals: 0, entries: 0, complete: false, broken: null };
  }

  /** A statement over everything may take longer than a request may. */
  private wholeBooks<Row>(sql: string): Promise<Row[]> {
    return this.database.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '15min'`);
      return tx.query<Row[]>(sql);
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import { copyRows, type CopyValue, type Tx } from '../../../platform/database';
import {
  BILL_COLUMNS,
  type BillPlacement,
  type BillRows,
  DOCUMENT_COLUMNS,
  LINE_COLUMNS,
  rowsOf,
} from './bill-rows';
import type { ComputedBill, StoredBill } from './computed-bill';

/** Stores computed bills: heads, lines and documents by COPY, under ids reserved in one statement. */
@Injectable()
export class BillWriter {
  /** Creates the partitions of a billing period where they are missing. Before the first `copy` of a period. */
  async preparePeriod(tx: Tx, period: LocalMonth): Promise<void> {
    await tx.query('SELECT ensure_period_partitions($1)', [period]);
  }

  /**
   * Writes the bills in the caller's transaction and answers how each is known, in the order given. A second live
   * bill of an account (or circuit), period and kind is refused by the database (23505), and so is a bill into a
   * released run; the bills must come from `BillComputation`, which lets no figure pass that its column would round.
   */
  async copy(tx: Tx, placement: BillPlacement, bills: readonly ComputedBill[]): Promise<StoredBill[]> {
    if (bills.length === 0) return [];
    const ids = await this.reserveIds(tx, bills.length);
    const rows = bills.map((bill, index) => rowsOf(placement, ids[index] ?? '', bill));
    await copyRows(tx, 'bills', BILL_COLUMNS, rows.map(({ head }) => head));
    await copyRows(tx, 'bill_lines', LINE_COLUMNS, linesOf(rows));
    await copyRows(tx, 'bill_documents', DOCUMENT_COLUMNS, rows.map(({ document }) => document));
    return rows.map(({ stored }) => stored);
  }

  private async reserveIds(tx: Tx, count: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(`SELECT nextval('bill_ids') AS id FROM generate_series(1, $1::integer)`, [count]);
    return rows.map(({ id }) => id);
  }
}

function* linesOf(rows: readonly BillRows[]): Generator<readonly CopyValue[]> {
  for (const { lines } of rows) yield* lines;
}

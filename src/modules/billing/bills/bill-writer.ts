import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import { copyLines, type Tx } from '../../../platform/database';
import { billNoOf } from './bill-number';
import { BILL_COLUMNS, DOCUMENT_COLUMNS, LINE_COLUMNS } from './bill-rows';
import type { PreparedBill, StoredBill } from './computed-bill';

/** Stores computed bills: heads, lines and documents by COPY, under ids reserved in one statement. */
@Injectable()
export class BillWriter {
  /** Creates the partitions of a billing period where they are missing. Before the first `copy` of a period. */
  async preparePeriod(tx: Tx, period: LocalMonth): Promise<void> {
    await tx.query('SELECT ensure_period_partitions($1)', [period]);
  }

  /**
   * Writes prepared bills (`prepareBill`) in the caller's transaction and answers how each is known, in the order given. A second live
   * bill of an account (or circuit), period and kind is refused by the database (23505), and so is a bill into a
   * released run; the bills must come from `BillComputation`, which lets no figure pass that its column would round. Trials have numbers of a series of their own.
   */
  async copy(tx: Tx, period: LocalMonth, bills: readonly PreparedBill[], trial = false): Promise<StoredBill[]> {
    if (bills.length === 0) return [];
    await this.storeWords(tx, bills);
    const ids = await this.reserveIds(tx, trial ? 'trial_bill_ids' : 'bill_ids', bills.length);
    const stored = bills.map(({ accountId, totalAmount, resultHash }, index): StoredBill => {
      const billId = ids[index] ?? '';
      return { billId, billNo: billNoOf(period, billId), accountId, totalAmount, resultHash };
    });
    await copyLines(tx, 'bills', BILL_COLUMNS, numbered(bills, stored, ({ head }, { billId, billNo }) => `${billId}\t${billNo}\t${head}\n`));
    await copyLines(tx, 'bill_lines', LINE_COLUMNS, numbered(bills, stored, ({ lines }, { billId }) => linesOf(lines, `${billId}\t${period}`)));
    await copyLines(tx, 'bill_documents', DOCUMENT_COLUMNS, numbered(bills, stored, ({ document }, { billId }) => `${billId}\t${document}\n`));
    return stored;
  }

  /** Words that no other bill has used yet; in one order, so that two workers with new words do not wait for each other in a ring. */
  private async storeWords(tx: Tx, bills: readonly PreparedBill[]): Promise<void> {
    const sets = new Map(bills.map(({ words }) => [words.key, words.text]));
    await tx.query(
      `INSERT INTO bill_words (words_hash, labels)
       SELECT decode(key, 'hex'), labels::json FROM unnest($1::text[], $2::text[]) AS used (key, labels) ORDER BY 1
       ON CONFLICT DO NOTHING`,
      [[...sets.keys()], [...sets.values()]],
    );
  }

  private async reserveIds(tx: Tx, series: 'bill_ids' | 'trial_bill_ids', count: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(`SELECT nextval($2::regclass) AS id FROM generate_series(1, $1::integer)`, [count, series]);
    return rows.map(({ id }) => id);
  }
}

function* numbered(
  bills: readonly PreparedBill[],
  stored: readonly StoredBill[],
  text: (bill: PreparedBill, known: StoredBill) => string,
): Generator<string> {
  for (const [index, bill] of bills.entries()) {
    const known = stored[index];
    if (known) yield text(bill, known);
  }
}

function linesOf(lines: readonly string[], bill: string): string {
  let text = '';
  for (const line of lines) text += `${bill}\t${line}\n`;
  return text;
}

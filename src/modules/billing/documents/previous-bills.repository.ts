import { Injectable } from '@nestjs/common';
import { addMonths, type LocalDate, type LocalMonth } from '../../../core/calendar';
import type { CarriedState } from '../../../core/bill';
import type { Tx } from '../../../platform/database';

/** What the last issued bill of an account hands on. */
export interface PreviousBill {
  readonly accountId: string;
  readonly period: LocalMonth;
  readonly cycleFrom: LocalDate;
  readonly cycleTo: LocalDate;
  readonly carried: CarriedState;
}

/** Months that are looked back for the last bill: blocks start again each year, histories fade. */
const MONTHS_BACK = 12;

const SELECT = `
  SELECT b.account_id AS "accountId", b.period, b.cycle_from AS "cycleFrom", b.cycle_to AS "cycleTo", d.carried
  FROM bills b
  JOIN billing_runs r ON r.run_id = b.run_id AND r.released_at IS NOT NULL
  JOIN bill_documents d ON d.period = b.period AND d.bill_id = b.bill_id
  WHERE b.account_id = ANY($1::bigint[]) AND b.live AND b.kind = 'periodic' AND b.supply_circuit = ''`;

/** Reads what earlier bills carry into the next one. */
@Injectable()
export class PreviousBillsRepository {
  /**
   * The last issued bill of each account before a period, at most twelve months back. One query for the month before,
   * where nearly all of them are, and one for the accounts that have none there.
   */
  async before(tx: Tx, accountIds: readonly string[], period: LocalMonth): Promise<Map<string, PreviousBill>> {
    const found = new Map<string, PreviousBill>();
    const last = await tx.query<PreviousBill[]>(`${SELECT} AND b.period = $2`, [accountIds, addMonths(period, -1)]);
    for (const bill of last) found.set(bill.accountId, bill);
    const missing = accountIds.filter((accountId) => !found.has(accountId));
    if (missing.length === 0) return found;
    const earlier = await tx.query<PreviousBill[]>(`${SELECT} AND b.period >= $2 AND b.period < $3 ORDER BY b.period`, [
      missing,
      addMonths(period, -MONTHS_BACK),
      addMonths(period, -1),
    ]);
    for (const bill of earlier) found.set(bill.accountId, bill);
    return found;
  }
}

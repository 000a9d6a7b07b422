import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { CancellationCause } from './cancellation.codes';

/** So many bills are cancelled together at most. */
export const MAX_CANCELLED_TOGETHER = 200;

/** A bill, as far as its cancellation is concerned. */
export interface BillToCancel {
  readonly period: string;
  readonly billId: string;
  readonly billNo: string;
  readonly accountId: string;
  readonly accountNo: string;
  readonly runId: string;
  readonly supplyCircuit: string;
  readonly totalAmount: string;
  readonly released: boolean;
}

export interface CancelledTogether extends BillToCancel {
  readonly cause: CancellationCause;
}

/** From which period on bills of an account are affected, and why the first of them is. */
interface Affected {
  readonly from: string;
  readonly cause: 'asked-for' | 'main-meter';
}

/** Live bills of accounts from a period on; those of runs that were thrown away are none. */
const LIVE = `
  select b.period, b.bill_id as "billId", b.bill_no as "billNo", b.account_id as "accountId", b.account_no as "accountNo", b.run_id as "runId",
         b.supply_circuit as "supplyCircuit", b.total_amount::text as "totalAmount", r.released_at is not null as released
    from bills b join billing_runs r on r.run_id = b.run_id and r.state <> 'discarded'
   where b.account_id = $1 and b.period >= $2 and b.live and b.kind in ('periodic', 'final')
   order by b.period, b.bill_id limit $3`;

/**
 * Accounts whose main meters have energy of this account's points deducted in the same months. Links of any time are
 * followed; the document of the bill itself says whether the energy stands in it.
 */
const MAIN_METERS = `
  select b.account_id as "accountId", min(b.period) as period
    from (select distinct above.account_id
            from usage_points own join usage_point_parents l on l.child_usage_point_id = own.usage_point_id
            join usage_points above on above.usage_point_id = l.parent_usage_point_id
           where own.account_id = $1 and above.account_id <> $1) main
    join bills b on b.account_id = main.account_id and b.period = any($2::text[]) and b.live and b.kind in ('periodic', 'final')
    join billing_runs r on r.run_id = b.run_id and r.state <> 'discarded'
    join bill_documents d on d.period = b.period and d.bill_id = b.bill_id
   where exists (select from json_array_elements(d.document -> 'usagePoints') point
                  where point -> 'frozen' ->> 'accountNo' = (select account_no from accounts where account_id = $1))
   group by b.account_id`;

/** Finds the bills that were computed from a bill, and those that were computed from them. */
@Injectable()
export class DependentBills {
  /**
   * The bill and all that depend on it, in the order in which they are billed again: the oldest month first. Every
   * cycle begins where the bill before ended, so that all later bills of an account depend on it; and a main meter's bill
   * on those of its sub-meters. Throws BILLING.DEPENDENT_NOT_RELEASED and BILLING.TOO_MANY_DEPENDENTS.
   */
  async of(tx: Tx, bill: Pick<BillToCancel, 'period' | 'billId' | 'accountId'>): Promise<CancelledTogether[]> {
    const affected = new Map<string, Affected>([[bill.accountId, { from: bill.period, cause: 'asked-for' }]]);
    const bills = new Map<string, BillToCancel[]>();
    const waiting = [bill.accountId];
    for (let accountId = waiting.pop(); accountId !== undefined; accountId = waiting.pop()) {
      const from = affected.get(accountId)?.from ?? bill.period;
      const live = await tx.query<BillToCancel[]>(LIVE, [accountId, from, MAX_CANCELLED_TOGETHER + 1]);
      bills.set(accountId, live);
      requireFew([...bills.values()].flat().length);
      const mains = await tx.query<{ accountId: string; period: string }[]>(MAIN_METERS, [accountId, [...new Set(live.map(({ period }) => period))]]);
      for (const main of mains) {
        const known = affected.get(main.accountId);
        if (known !== undefined && known.from <= main.period) continue;
        affected.set(main.accountId, { from: main.period, cause: known?.cause ?? 'main-meter' });
        waiting.push(main.accountId);
      }
    }
    const all = [...bills.values()].flat().sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const draft = all.find(({ released }) => !released);
    if (draft !== undefined) throw new AppError('BILLING.DEPENDENT_NOT_RELEASED', { params: { runId: draft.runId, period: draft.period } });
    return all.map((each) => ({ ...each, cause: causeOf(each, bill.billId, affected.get(each.accountId)) }));
  }
}

const placeOf = ({ period, billId }: BillToCancel): string => `${period}/${billId.padStart(20, '0')}`;

function requireFew(count: number): void {
  if (count > MAX_CANCELLED_TOGETHER) throw new AppError('BILLING.TOO_MANY_DEPENDENTS', { params: { limit: String(MAX_CANCELLED_TOGETHER) } });
}

function causeOf({ billId, period }: BillToCancel, askedFor: string, affected: Affected | undefined): CancellationCause {
  if (billId === askedFor) return 'asked-for';
  if (period !== affected?.from) return 'later-month';
  return affected.cause === 'main-meter' ? 'main-meter' : 'same-month';
}

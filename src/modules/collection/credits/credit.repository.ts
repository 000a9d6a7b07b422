import { dec, type Decimal, text } from '../../../core/quantity';
import type { Tx } from '../../../platform/database';
import type { CancelledBill, CancelledDebt } from '../../billing';

/** Of the money held for an account: what waits for successors of cancelled bills, yuan. */
export interface WaitingCredit {
  /** For bills of the run that is being released. */
  readonly own: Decimal;
  /** For bills of other periods. */
  readonly others: Decimal;
}

/** The receivable or the credit that a bill opened. */
export interface OpenedByBill {
  readonly billId: string;
  readonly receivableId: string | null;
  readonly amount: string | null;
  readonly credit: string | null;
}

/** What waits for successors, by account, for the accounts that a release has bills of. */
export async function waitingCredits(tx: Tx, runId: string, period: string): Promise<Map<string, WaitingCredit>> {
  const rows = await tx.query<{ accountId: string; own: string; others: string }[]>(
    `select account_id as "accountId", coalesce(sum(principal + late_charge - lost) filter (where period = $2), 0)::text as own,
            coalesce(sum(principal + late_charge - lost) filter (where period <> $2), 0)::text as others
       from cancellation_credits c
      where freed_on is null and principal + late_charge > 0
        and (exists (select from receivables r where r.account_id = c.account_id and r.run_id = $1)
             or exists (select from customer_credits n where n.account_id = c.account_id and n.run_id = $1))
      group by account_id`,
    [runId, period],
  );
  return new Map(rows.map(({ accountId, own, others }) => [accountId, { own: dec(own), others: dec(others) }]));
}

/** What waited for the bills of a release waits no longer. */
export async function freeForSuccessors(tx: Tx, runId: string, period: string): Promise<void> {
  await tx.query(
    `update cancellation_credits c set freed_on = app_today(), freed_by_run = $1
      where freed_on is null and period = $2
        and exists (select from bills b where b.period = $2 and b.account_id = c.account_id and b.run_id = $1 and b.live)`,
    [runId, period],
  );
}

/** Locks what bills opened, in the order of the receivables' ids; a bill of zero opened nothing. */
export async function lockOpenedBy(tx: Tx, bills: readonly CancelledBill[]): Promise<Map<string, OpenedByBill>> {
  const keys = [bills.map(({ period }) => period), bills.map(({ billId }) => billId)];
  const receivables = await tx.query<OpenedByBill[]>(
    `select bill_id as "billId", receivable_id as "receivableId", amount::text, null as credit from receivables
      where (period, bill_id) in (select * from unnest($1::text[], $2::bigint[])) order by receivable_id for update`,
    keys,
  );
  const credits = await tx.query<OpenedByBill[]>(
    `select bill_id as "billId", null as "receivableId", null as amount, amount::text as credit from customer_credits
      where (period, bill_id) in (select * from unnest($1::text[], $2::bigint[]))`,
    keys,
  );
  return new Map([...receivables, ...credits].map((row) => [row.billId, row]));
}

/** An instalment agreement in force over one of these receivables: its sums would no longer be what was agreed. */
export async function agreementOver(tx: Tx, receivableIds: readonly string[]): Promise<string | undefined> {
  const [row] = await tx.query<{ agreementId: string }[]>(
    `select agreement_id as "agreementId" from instalment_receivables where receivable_id = any($1::bigint[]) and state = 'active' order by agreement_id limit 1`,
    [receivableIds],
  );
  return row?.agreementId;
}

/** Opens a receivable for what a cancelled negative bill had given and is no longer held; due by the rule of the day. */
export async function openShortfall(tx: Tx, { period, billId }: CancelledBill, amount: Decimal): Promise<void> {
  await tx.query(
    `insert into receivables (account_id, period, bill_id, run_id, category, amount, opened_on, due_on)
     select account_id, period, bill_id, run_id, category, $3::numeric, app_today(), app_today() + (
              select rule.days_after_release from due_date_rules rule
               where (rule.category = b.category or rule.category is null) and rule.valid_from <= app_today()
               order by rule.category nulls last, rule.valid_from desc limit 1)
       from bills b where period = $1 and bill_id = $2`,
    [period, billId, text(amount, 2)],
  );
}

export async function insertCredits(tx: Tx, debts: readonly CancelledDebt[]): Promise<void> {
  await tx.query(
    `insert into cancellation_credits (cancellation_id, account_id, period, bill_id, principal, late_charge, written_off, recalled, shortfall)
     select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[])`,
    [
      debts.map(({ cancellationId }) => cancellationId),
      debts.map(({ accountId }) => accountId),
      debts.map(({ period }) => period),
      debts.map(({ billId }) => billId),
      debts.map(({ principal }) => principal),
      debts.map(({ lateCharge }) => lateCharge),
      debts.map(({ writtenOff }) => writtenOff),
      debts.map(({ recalled }) => recalled),
      debts.map(({ shortfall }) => shortfall),
    ],
  );
}

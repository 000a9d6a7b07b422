import { LEDGER_CODES } from '../../../core/ledger';
import type { Tx } from '../../../platform/database';
import { freeForSuccessors, waitingCredits } from '../credits/credit.repository';
import { useForIndebted } from './use-for-indebted';

/**
 * Uses prepayment at a release, inside its transaction: credits of the run's negative bills are added to what is held,
 * then everything held is set against what is open, in part where it does not suffice. Accounts that owe nothing but
 * the run's new bills are settled by one statement; the few that also owe older bills, or whose bills were cancelled, go
 * through the core, with late charges and with what waits for successors. Locks as payments do: receivables first, then
 * prepayments.
 */
export async function usePrepayments(tx: Tx, runId: string, period: string): Promise<void> {
  const older = await tx.query<{ receivableId: string; accountId: string }[]>(
    `select receivable_id as "receivableId", account_id as "accountId" from receivables r
      where settled_on is null and run_id <> $1 and account_id in (
        select account_id from account_prepayments where balance > 0 and account_id in (select account_id from receivables where run_id = $1)
        union select account_id from customer_credits where run_id = $1)
      order by receivable_id for update`,
    [runId],
  );
  await tx.query(
    `insert into account_prepayments (account_id, balance)
     select account_id, sum(amount) from customer_credits where run_id = $1 group by account_id order by account_id
     on conflict (account_id) do update set balance = account_prepayments.balance + excluded.balance`,
    [runId],
  );
  await tx.query(
    `select count(*) from (
       select from account_prepayments where balance > 0 and account_id in (
         select account_id from receivables where run_id = $1 union select account_id from customer_credits where run_id = $1)
        order by account_id for update) held`,
    [runId],
  );
  const waiting = await waitingCredits(tx, runId, period);
  const indebted = [...new Set([...older.map(({ accountId }) => accountId), ...waiting.keys()])];
  await useForIndebted(tx, runId, indebted, waiting);
  await freeForSuccessors(tx, runId, period);
  // The planner knows nothing of the rows that this transaction wrote, and takes a million of them for a few.
  await tx.query('set local enable_nestloop = off');
  await useForNewBills(tx, runId, indebted);
  await tx.query('set local enable_nestloop = on');
}

/** Accounts that owe nothing but the run's bills: nothing is late, so that sums suffice. */
async function useForNewBills(tx: Tx, runId: string, except: readonly string[]): Promise<void> {
  await tx.query(
    `with clock as materialized (select app_today() as today, app_now() as now),
     part as materialized (
       select receivable_id, account_id, amount, least(amount, balance - before) as spent
         from (select r.receivable_id, r.account_id, r.amount, p.balance,
                      sum(r.amount) over (partition by r.account_id order by r.due_on, r.receivable_id) - r.amount as before
                 from receivables r join account_prepayments p using (account_id)
                where r.run_id = $1 and r.settled_on is null and p.balance > 0 and r.account_id <> all ($2::bigint[])) due
        where before < balance),
     whole as (select account_id, sum(spent) as spent from part group by account_id),
     used as (
       insert into prepayment_uses (account_id, run_id, used_on) select account_id, $1, today from whole cross join clock
       returning prepayment_use_id, account_id),
     settled as (
       insert into settlements (receivable_id, account_id, cause, cause_id, principal, late_charge, settled_on)
       select receivable_id, account_id, 'prepayment-use', prepayment_use_id, part.spent, 0, today from part join used using (account_id) cross join clock),
     paid as (
       update receivables r set principal_paid = part.spent, settled_on = case when part.spent = part.amount then today end
         from part cross join clock where r.receivable_id = part.receivable_id),
     taken as (update account_prepayments p set balance = p.balance - whole.spent from whole where p.account_id = whole.account_id),
     head as materialized (select prepayment_use_id, account_id, whole.spent, nextval('journal_numbers') as journal_id from used join whole using (account_id)),
     journal as (
       insert into journals (journal_id, kind, period, source_id, posted_on, created_at)
       select journal_id, 'prepayment-use', to_char(today, 'YYYY-MM'), prepayment_use_id, today, now from head cross join clock)
     insert into journal_entries (journal_id, entry_no, ledger_code, account_id, amount)
     select journal_id, entry_no, ledger_code, account_id, amount
       from head cross join lateral (values (1::smallint, $3, spent), (2::smallint, $4, -spent)) as side (entry_no, ledger_code, amount)`,
    [runId, except, LEDGER_CODES.customerCredit, LEDGER_CODES.customerReceivable],
  );
}

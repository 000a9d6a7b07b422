import { journalOfCollection, LEDGER_CODES } from '../../../core/ledger';
import { allocatePayment } from '../../../core/receivables';
import { dec, sum, text, ZERO } from '../../../core/quantity';
import type { Tx } from '../../../platform/database';
import { type Debt, Debts } from '../debts/debts';
import { settle } from '../debts/settlements';
import { postJournals } from '../ledger/post-journals';

/**
 * Uses prepayment at a release, inside its transaction: credits of the run's negative bills are added to what is held,
 * then everything held is set against what is open, in part where it does not suffice. Accounts that owe nothing but
 * the run's new bills are settled by one statement; the few that also owe older bills go through the core, with late
 * charges. Locks as payments do: receivables first, then prepayments.
 */
export async function usePrepayments(tx: Tx, runId: string): Promise<void> {
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
  const indebted = [...new Set(older.map(({ accountId }) => accountId))];
  await useForIndebted(tx, runId, indebted);
  // The planner knows nothing of the rows that this transaction wrote, and takes a million of them for a few.
  await tx.query('set local enable_nestloop = off');
  await useForNewBills(tx, runId, indebted);
  await tx.query('set local enable_nestloop = on');
}

/** Accounts with older debts: one by one through the core, written together. */
async function useForIndebted(tx: Tx, runId: string, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  const open = new Debts();
  const today = await open.today(tx);
  const ids = await open.lockOpen(tx, { accountIds });
  const debts = await open.load(tx, ids, today);
  const held = await tx.query<{ accountId: string; balance: string; useId: string }[]>(
    `with used as (
       insert into prepayment_uses (account_id, run_id)
       select account_id, $1 from account_prepayments where account_id = any($2::bigint[]) and balance > 0 returning prepayment_use_id, account_id)
     select account_id as "accountId", balance::text, prepayment_use_id as "useId" from used join account_prepayments using (account_id)`,
    [runId, accountIds],
  );
  const uses = held.map(({ accountId, balance, useId }) => useOf(useId, accountId, balance, debts.filter((debt) => debt.accountId === accountId)));
  await settle(tx, 'prepayment-use', uses.flatMap(({ settled }) => settled));
  await tx.query(
    `update account_prepayments p set balance = left_over from unnest($1::bigint[], $2::numeric[]) as n (account_id, left_over) where p.account_id = n.account_id`,
    [uses.map(({ accountId }) => accountId), uses.map(({ left }) => text(left, 2))],
  );
  await postJournals(tx, uses.map(({ useId, journal }) => ({ kind: 'prepayment-use', sourceId: useId, journal })));
}

function useOf(useId: string, accountId: string, balance: string, debts: readonly Debt[]) {
  const bills = debts.map(({ receivableId, outstanding, lateCharge, rule }) => ({
    billId: receivableId,
    principal: outstanding,
    lateCharge,
    rule: { ...rule, partial: true },
  }));
  const allocation = allocatePayment(bills, ZERO, dec(balance));
  const settled = allocation.bills
    .filter((bill) => !bill.principalPaid.isZero() || !bill.lateChargePaid.isZero())
    .map((bill) => ({
      receivableId: bill.billId,
      accountId,
      causeId: useId,
      principal: bill.principalPaid,
      lateCharge: bill.lateChargePaid,
      closes: bill.principalOutstanding.isZero() && bill.lateChargeOutstanding.isZero(),
    }));
  const spent = sum(settled.flatMap(({ principal, lateCharge }) => [principal, lateCharge]));
  const journal = journalOfCollection({ money: [], settled, held: [{ accountId, amount: spent.negated() }] });
  return { useId, accountId, settled, left: allocation.advanceBalanceAfter, journal };
}

/** Accounts that owe nothing but the run's bills: nothing is late, so that sums suffice. */
async function useForNewBills(tx: Tx, runId: string, except: readonly string[]): Promise<void> {
  await tx.query(
    `with part as materialized (
       select receivable_id, account_id, amount, least(amount, balance - before) as spent
         from (select r.receivable_id, r.account_id, r.amount, p.balance,
                      sum(r.amount) over (partition by r.account_id order by r.due_on, r.receivable_id) - r.amount as before
                 from receivables r join account_prepayments p using (account_id)
                where r.run_id = $1 and r.settled_on is null and p.balance > 0 and r.account_id <> all ($2::bigint[])) due
        where before < balance),
     whole as (select account_id, sum(spent) as spent from part group by account_id),
     used as (insert into prepayment_uses (account_id, run_id) select account_id, $1 from whole returning prepayment_use_id, account_id),
     settled as (
       insert into settlements (receivable_id, account_id, cause, cause_id, principal, late_charge)
       select receivable_id, account_id, 'prepayment-use', prepayment_use_id, part.spent, 0 from part join used using (account_id)),
     paid as (
       update receivables r set principal_paid = part.spent, settled_on = case when part.spent = part.amount then app_today() end
         from part where r.receivable_id = part.receivable_id),
     taken as (update account_prepayments p set balance = p.balance - whole.spent from whole where p.account_id = whole.account_id),
     head as materialized (select prepayment_use_id, account_id, whole.spent, nextval('journal_numbers') as journal_id from used join whole using (account_id)),
     journal as (
       insert into journals (journal_id, kind, period, source_id, posted_on)
       select journal_id, 'prepayment-use', to_char(app_today(), 'YYYY-MM'), prepayment_use_id, app_today() from head)
     insert into journal_entries (journal_id, entry_no, ledger_code, account_id, amount)
     select journal_id, entry_no, ledger_code, account_id, amount
       from head cross join lateral (values (1::smallint, $3, spent), (2::smallint, $4, -spent)) as side (entry_no, ledger_code, amount)`,
    [runId, except, LEDGER_CODES.customerCredit, LEDGER_CODES.customerReceivable],
  );
}

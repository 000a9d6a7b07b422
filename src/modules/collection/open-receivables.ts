import { Injectable } from '@nestjs/common';
import { LEDGER_CODES } from '../../core/ledger';
import type { Tx } from '../../platform/database';
import { usePrepayments } from './prepayments/use-prepayments';
import type { CancelledBill, CancelledDebt, OpenedReceivables, ReceivablesPort } from '../billing';
import { closeCancelled } from './credits/close-cancelled';

/**
 * Collection's side of releases and cancellations. At a release one statement makes receivables of positive bills,
 * credits of negative ones, and a journal for each bill that moves any money. The entries are those of `journalOfBill`
 * in core, written set-based; a journal and its entries come into being together, as the ledger's triggers demand. Then
 * prepayment is used.
 */
@Injectable()
export class OpenReceivables implements ReceivablesPort {
  async openFor(tx: Tx, run: { readonly runId: string; readonly period: string }): Promise<OpenedReceivables> {
    const { customerReceivable, customerCredit, electricitySales, outputTax, fundsCollected } = LEDGER_CODES;
    // A million bills are sorted and summed several times over: in memory, and not in files.
    await tx.query(`set local work_mem = '128MB'`);
    const rows = await tx.query<OpenedReceivables[]>(
      // The clock is read once, and not by a default of every row: a million readings of it take longer than the rows.
      `with clock as materialized (select app_today() as today, app_now() as now),
       issued as materialized (
         select bill_id, account_id, category, total_amount, tax_amount, coalesce(levies_amount, funds_amount) as levies_amount,
                case when (total_amount, tax_amount, coalesce(levies_amount, funds_amount)) <> (0, 0, 0) then nextval('journal_numbers') end as journal_id
           from bills where period = $1 and run_id = $2 and live),
       due as materialized (
         select c.category, today, today + (
                  select rule.days_after_release from due_date_rules rule
                   where (rule.category = c.category or rule.category is null) and rule.valid_from <= today
                   order by rule.category nulls last, rule.valid_from desc limit 1) as due_on
           from (select distinct category from issued) c cross join clock),
       receivable as (
         insert into receivables (account_id, period, bill_id, run_id, category, amount, opened_on, due_on)
         select i.account_id, $1, i.bill_id, $2, i.category, i.total_amount, due.today, due.due_on
           from issued i join due using (category) where i.total_amount > 0
         returning amount),
       credit as (
         insert into customer_credits (account_id, period, bill_id, run_id, amount, opened_on)
         select account_id, $1, bill_id, $2, -total_amount, today from issued cross join clock where total_amount < 0
         returning amount),
       journal as (
         insert into journals (journal_id, kind, period, source_id, posted_on, created_at)
         select journal_id, 'bill-issued', $1, bill_id, today, now from issued cross join clock where journal_id is not null),
       entry as (
         insert into journal_entries (journal_id, entry_no, ledger_code, account_id, amount)
         select i.journal_id, side.entry_no, side.ledger_code, i.account_id, side.amount
           from issued i cross join lateral (values
             (1::smallint, case when i.total_amount < 0 then $4 else $3 end, i.total_amount),
             (2::smallint, $5, i.tax_amount + i.levies_amount - i.total_amount),
             (3::smallint, $6, -i.tax_amount),
             (4::smallint, $7, -i.levies_amount)) as side (entry_no, ledger_code, amount)
          where i.journal_id is not null and side.amount <> 0)
       select (select count(*)::int from receivable) as receivables, (select count(*)::int from credit) as credits,
              ((select coalesce(sum(amount), 0) from receivable) - (select coalesce(sum(amount), 0) from credit))::numeric(18,2)::text as amount`,
      [run.period, run.runId, customerReceivable, customerCredit, electricitySales, outputTax, fundsCollected],
    );
    const opened = rows[0];
    if (!opened) throw new Error('a statement without a row');
    await usePrepayments(tx, run.runId, run.period);
    return opened;
  }

  closeFor(tx: Tx, bills: readonly CancelledBill[]): Promise<CancelledDebt[]> {
    return closeCancelled(tx, bills);
  }
}

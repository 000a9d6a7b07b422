import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { JOURNAL_KINDS } from '../collection.codes';
import type { MovementView, StatementQuery } from './dto/statement.dto';

type MovementRow = Omit<MovementView, 'cause'>;

/**
 * Whatever was booked for the account, payments of late charge alone too. The running balance is what is owed of bills and claims
 * less what is held, over all movements, also those before the days that are shown; a late charge is no debt before it is paid.
 */
const MOVEMENTS = `
  with own as (
    select e.journal_id, sum(e.amount) filter (where e.ledger_code = '1122') as receivables, -sum(e.amount) filter (where e.ledger_code = '2203') as prepayment,
           sum(e.amount) filter (where e.ledger_code = '1221') as claims, -sum(e.amount) filter (where e.ledger_code = '6301') as late_charge,
           sum(sum(e.amount) filter (where e.ledger_code <> '6301')) over (order by e.journal_id) as balance
      from journal_entries e join accounts a using (account_id)
     where a.account_no = $1 and e.ledger_code in ('1122', '1221', '2203', '6301') group by e.journal_id)
  select j.journal_id as "journalId", j.posted_on as "postedOn", j.kind, coalesce(b.bill_no, p.receipt_no, j.source_id::text) as reference,
         coalesce(o.receivables, 0)::numeric(18,2)::text as receivables, coalesce(o.prepayment, 0)::numeric(18,2)::text as prepayment,
         coalesce(o.claims, 0)::numeric(18,2)::text as claims, coalesce(o.late_charge, 0)::numeric(18,2)::text as "lateCharge", coalesce(o.balance, 0)::numeric(18,2)::text as balance
    from own o join journals j using (journal_id)
    left join bills b on j.kind in ('bill-issued', 'reversal', 'cancellation-credit', 'credit-recall') and b.period = j.period and b.bill_id = j.source_id
    left join lateral (
      select to_char(received_on, 'YYYYMMDD') || lpad(payment_id::text, 10, '0') as receipt_no from payments
       where payment_id = case when j.kind in ('payment', 'payment-reversal', 'credit-withdrawal') then j.source_id
                               when j.kind = 'tender-return' then (select r.payment_id from tender_returns r where r.tender_return_id = j.source_id) end) p on true
   where j.posted_on between coalesce($2::date, '-infinity') and coalesce($3::date, 'infinity') and ($4::bigint is null or j.journal_id > $4)
   order by j.journal_id limit $5`;

/** What happened on an account, out of the books themselves. */
@Injectable()
export class AccountStatement {
  constructor(private readonly database: Database) {}

  /** Movements in the order of their booking, with what the account owed after each of them. */
  async movements(accountNo: string, { from, until, limit }: StatementQuery, after: string | undefined): Promise<MovementView[]> {
    const rows = await this.database.query<MovementRow>(MOVEMENTS, [accountNo, from ?? null, until ?? null, after ?? null, limit + 1]);
    return rows.map((row) => {
      const { zh, en } = JOURNAL_KINDS.items.find(({ code }) => code === row.kind) ?? { zh: row.kind, en: row.kind };
      return { ...row, cause: { zh, en } };
    });
  }
}

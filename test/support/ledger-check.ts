import type { Pool } from 'pg';

/** Each statement finds what must not be, outside of the application. */
const CHECKS: Readonly<Record<string, string>> = {
  'debits equal credits': `select sum(amount)::text as difference from journal_entries having sum(amount) <> 0`,
  'stored balances are the sums of the entries': `
    select ledger_code, stored::text, entered::text
      from (select ledger_code, sum(debit - credit) as stored from ledger_balances group by 1) b
      full join (select ledger_code, sum(amount) as entered from journal_entries group by 1) e using (ledger_code)
     where stored is distinct from entered`,
  'receivables in the books are what is open': `
    select account_id, open::text, booked::text
      from (select account_id, sum(amount - principal_paid - written_off - cancelled) as open from receivables group by 1) r
      full join (select account_id, sum(amount) as booked from journal_entries where ledger_code = '1122' group by 1) e using (account_id)
     where coalesce(open, 0) <> coalesce(booked, 0)`,
  'receivables carry the sums of their settlements': `
    select r.receivable_id from receivables r left join settlements s using (receivable_id) left join settlements u on u.settlement_id = s.undoes_settlement_id
     group by r.receivable_id
    having coalesce(sum(s.principal) filter (where coalesce(u.cause, s.cause) not in ('write-off', 'bill-cancelled')), 0) <> r.principal_paid
        or coalesce(sum(s.principal) filter (where s.cause = 'bill-cancelled'), 0) <> r.cancelled
        or coalesce(sum(s.principal) filter (where coalesce(u.cause, s.cause) = 'write-off'), 0) <> r.written_off
        or coalesce(sum(s.late_charge), 0) <> r.late_charge_paid`,
  'prepayments in the books are what is held': `
    select account_id, balance::text, booked::text
      from (select account_id, balance from account_prepayments) p
      full join (select account_id, -sum(amount) as booked from journal_entries where ledger_code = '2203' group by 1) e using (account_id)
     where coalesce(balance, 0) <> coalesce(booked, 0)`,
  'a payment is its settlements and its prepayment': `
    select payment_id from payments p
     where amount <> prepaid_amount + coalesce((select sum(principal + late_charge) from settlements where cause = 'payment' and cause_id = p.payment_id), 0)
        or not exists (select from journals where kind = 'payment' and source_id = p.payment_id)`,
  'late charges in the books are what was paid of them': `
    select paid::text, booked::text from (select coalesce(sum(late_charge_paid), 0) as paid from receivables) r
     cross join (select coalesce(-sum(amount), 0) as booked from journal_entries where ledger_code = '6301') e where paid <> booked`,
};

/** Everything in the books that does not agree; empty where all is well. */
export async function ledgerDifferences(db: Pool): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(CHECKS)) {
    const { rows } = await db.query<Record<string, unknown>>(sql);
    if (rows.length > 0) found[name] = rows;
  }
  return found;
}

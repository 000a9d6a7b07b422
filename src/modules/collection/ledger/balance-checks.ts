/**
 * What must hold in the books at every moment, as statements that find what does not: plain SQL for any reader of the
 * database, so that nobody has to believe the application. Each answers nothing where all is well.
 */
export const BALANCE_CHECKS = {
  'debits equal credits': `select sum(amount)::text as difference from journal_entries having sum(amount) <> 0`,
  'every journal balances': `
    select journal_id, sum(amount)::text as difference from journal_entries group by journal_id having sum(amount) <> 0`,
  'journals and entries have each other': `
    select journal_id, e.journal_id is null as without_entries from journals j full join (select distinct journal_id from journal_entries) e using (journal_id)
     where j.journal_id is null or e.journal_id is null`,
  'stored balances are the sums of the entries': `
    select ledger_code, b.debit::text as stored_debit, e.debit::text as entered_debit, b.credit::text as stored_credit, e.credit::text as entered_credit
      from (select ledger_code, sum(debit) as debit, sum(credit) as credit from ledger_balances group by 1) b
      full join (select ledger_code, coalesce(sum(amount) filter (where amount > 0), 0) as debit, coalesce(-sum(amount) filter (where amount < 0), 0) as credit
                   from journal_entries group by 1) e using (ledger_code)
     where (b.debit, b.credit) is distinct from (e.debit, e.credit)`,
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
                                      + coalesce((select sum(amount) from claim_settlements where cause = 'payment' and payment_id = p.payment_id), 0)
        or not exists (select from journals where kind = 'payment' and source_id = p.payment_id)`,
  'claims in the books are what is open': `
    select account_id, open::text, booked::text
      from (select account_id, sum(amount - paid) as open from claims group by 1) c
      full join (select account_id, sum(amount) as booked from journal_entries where ledger_code = '1221' group by 1) e using (account_id)
     where coalesce(open, 0) <> coalesce(booked, 0)`,
  'claims carry the sums of their settlements': `
    select c.claim_id from claims c left join claim_settlements s using (claim_id) group by c.claim_id having coalesce(sum(s.amount), 0) <> c.paid`,
  'late charges in the books are what was paid of them': `
    select paid::text, booked::text from (select coalesce(sum(late_charge_paid), 0) as paid from receivables) r
     cross join (select coalesce(-sum(amount), 0) as booked from journal_entries where ledger_code = '6301') e where paid <> booked`,
} as const satisfies Readonly<Record<string, string>>;

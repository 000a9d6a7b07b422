import type { AccountEntry, Journal } from '../../../core/ledger';
import { text } from '../../../core/quantity';
import { preparedForFew, type Tx } from '../../../platform/database';

/** A balanced journal with what it is booked for. */
export interface JournalToPost {
  readonly kind:
    | 'reversal' | 'cancellation-credit' | 'credit-recall' | 'credit-withdrawal'
    | 'payment' | 'payment-reversal' | 'tender-return' | 'prepayment-use' | 'prepayment-refund' | 'write-off';
  /** The record that it is booked for; one journal for each kind and record. */
  readonly sourceId: string;
  readonly reversesJournalId?: string;
  /** Billing period of the bill that it is about; the month of the booking where it is about none. */
  readonly period?: string;
  readonly journal: Journal<AccountEntry>;
}

/** Books journals on today's date in one statement, as the ledger demands; it is the last statement of a transaction, since it meets everybody at the balances. */
export async function postJournals(tx: Tx, journals: readonly JournalToPost[]): Promise<void> {
  if (journals.length === 0) return;
  const entries = journals.flatMap(({ journal }, index) => journal.entries.map((entry, place) => ({ ...entry, index: index + 1, no: place + 1 })));
  await preparedForFew(
    tx,
    entries.length,
    `with head as materialized (
       select place, kind, source_id, reverses, period, nextval('journal_numbers') as journal_id
         from unnest($1::text[], $2::bigint[], $3::bigint[], $9::text[]) with ordinality as h (kind, source_id, reverses, period, place)),
     journal as (
       insert into journals (journal_id, kind, period, source_id, reverses_journal_id, posted_on)
       select journal_id, kind, coalesce(period, to_char(app_today(), 'YYYY-MM')), source_id, reverses, app_today() from head)
     insert into journal_entries (journal_id, entry_no, ledger_code, account_id, amount)
     select journal_id, no, ledger_code, account_id, amount
       from head join unnest($4::int[], $5::smallint[], $6::text[], $7::bigint[], $8::numeric[]) as e (place, no, ledger_code, account_id, amount) using (place)`,
    [
      journals.map(({ kind }) => kind),
      journals.map(({ sourceId }) => sourceId),
      journals.map(({ reversesJournalId }) => reversesJournalId ?? null),
      entries.map(({ index }) => index),
      entries.map(({ no }) => no),
      entries.map(({ ledgerCode }) => ledgerCode),
      entries.map(({ accountId }) => accountId),
      entries.map(({ amount }) => text(amount, 2)),
      journals.map(({ period }) => period ?? null),
    ],
  );
}

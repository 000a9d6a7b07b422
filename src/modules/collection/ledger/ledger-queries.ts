import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';

export interface BalanceRow {
  readonly ledgerCode: string;
  readonly kind: string;
  readonly nameEn: string;
  readonly nameZh: string;
  readonly debit: string;
  readonly credit: string;
  /** Debit less credit. */
  readonly balance: string;
}

export interface EntryRow {
  readonly entryNo: number;
  readonly ledgerCode: string;
  readonly accountNo: string | null;
  readonly debit: string | null;
  readonly credit: string | null;
}

export interface JournalRow {
  readonly journalId: string;
  readonly kind: string;
  readonly period: string;
  readonly sourceId: string;
  readonly postedOn: string;
  readonly entries: readonly EntryRow[];
}

/** Reading of the books. */
@Injectable()
export class LedgerQueries {
  constructor(private readonly database: Database) {}

  /** The stored balance of every ledger account; the ledger's trigger keeps it equal to the sum of the entries. */
  balances(): Promise<BalanceRow[]> {
    return this.database.query<BalanceRow>(
      `select l.ledger_code as "ledgerCode", l.kind, l.name_en as "nameEn", l.name_zh as "nameZh",
              coalesce(sum(b.debit), 0)::numeric(24,2)::text as debit, coalesce(sum(b.credit), 0)::numeric(24,2)::text as credit,
              coalesce(sum(b.debit - b.credit), 0)::numeric(24,2)::text as balance
         from ledger_accounts l left join ledger_balances b using (ledger_code) group by l.ledger_code order by l.ledger_code`,
    );
  }

  async journal(journalId: string): Promise<JournalRow | undefined> {
    const [head] = await this.database.query<Omit<JournalRow, 'entries'>>(
      `select journal_id as "journalId", kind, period, source_id as "sourceId", posted_on as "postedOn" from journals where journal_id = $1`,
      [journalId],
    );
    if (!head) return undefined;
    const entries = await this.database.query<EntryRow>(
      `select e.entry_no as "entryNo", e.ledger_code as "ledgerCode", a.account_no as "accountNo",
              case when e.amount > 0 then e.amount::text end as debit, case when e.amount < 0 then (-e.amount)::text end as credit
         from journal_entries e left join accounts a using (account_id) where e.journal_id = $1 order by e.entry_no`,
      [journalId],
    );
    return { ...head, entries };
  }
}

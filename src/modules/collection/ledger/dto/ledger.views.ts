import { DateField, DecimalField, EnumField, IdField, IntField, ListField, MonthField, TextField } from '../../../../platform/http';
import { JOURNAL_KINDS } from '../../collection.codes';

const LEDGER_KINDS = ['asset', 'liability', 'equity', 'income', 'expense'] as const;

/** The balance of a ledger account. */
export class LedgerBalanceView {
  @TextField({ description: 'Code in the chart of accounts.', example: '1122', maxLength: 8 })
  ledgerCode!: string;

  @EnumField({ values: LEDGER_KINDS, description: 'Kind of account.', example: 'asset' })
  kind!: string;

  @TextField({ description: 'Name in English.', example: 'Customer receivables', maxLength: 100 })
  nameEn!: string;

  @TextField({ description: 'Name in Chinese.', example: '应收电费', maxLength: 100 })
  nameZh!: string;

  @DecimalField({ description: 'Sum of the debits, yuan.', example: '1520344.18', decimals: 2, digits: 22 })
  debit!: string;

  @DecimalField({ description: 'Sum of the credits, yuan.', example: '0.00', decimals: 2, digits: 22 })
  credit!: string;

  @DecimalField({ description: 'Debit less credit, yuan.', example: '1520344.18', decimals: 2, digits: 22 })
  balance!: string;
}

/** The whole chart with its balances: debits and credits are equal. */
export class LedgerBalancesView {
  @ListField(() => LedgerBalanceView, { description: 'Ledger accounts by code.', maxItems: 1000 })
  items!: LedgerBalanceView[];
}

export class JournalEntryView {
  @IntField({ description: 'Number inside the journal.', example: 1, min: 1 })
  entryNo!: number;

  @TextField({ description: 'Ledger account.', example: '1122', maxLength: 8 })
  ledgerCode!: string;

  @TextField({ description: 'Customer account that it is about.', example: '1000000014', maxLength: 10, nullable: true })
  accountNo!: string | null;

  @DecimalField({ description: 'Debit, yuan.', example: '218.40', decimals: 2, digits: 16, nullable: true })
  debit!: string | null;

  @DecimalField({ description: 'Credit, yuan.', example: '218.40', decimals: 2, digits: 16, nullable: true })
  credit!: string | null;
}

/** A balanced booking. */
export class JournalView {
  @IdField({ description: 'Identity of the journal.', example: '9001' })
  journalId!: string;

  @EnumField({ values: JOURNAL_KINDS, description: 'What happened.', example: 'bill-issued' })
  kind!: string;

  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;

  @IdField({ description: 'Identity of what it was booked for: the bill, the payment, or another record that the kind names.', example: '12345' })
  sourceId!: string;

  @DateField({ description: 'Day of the booking.', example: '2026-06-02' })
  postedOn!: string;

  @ListField(() => JournalEntryView, { description: 'Entries: debits equal credits.', maxItems: 1000 })
  entries!: readonly JournalEntryView[];
}

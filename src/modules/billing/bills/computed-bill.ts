import type { Bill } from '../../../core/bill/bill';
import type { CalculationDocument } from '../../../core/bill/calculation-document';
import { leviesCollected } from '../../../core/ledger';
import { text } from '../../../core/quantity';
import type { AccountException, BilledAccount } from '../documents/assembled';
import type { WordSet } from './bill-words';

/** A bill as the core computed it, with the document that it was computed from. Nothing of it is stored yet. */
export interface ComputedBill {
  readonly account: BilledAccount;
  readonly document: CalculationDocument;
  readonly bill: Bill;
  /** Public levies on top of its prices and in them, yuan to the fen. */
  readonly leviesAmount: string;
}

/** A bill with what the books need of it beside its totals. */
export function computedBill(account: BilledAccount, document: CalculationDocument, bill: Bill): ComputedBill {
  return { account, document, bill, leviesAmount: text(leviesCollected(bill.totals), 2) };
}

/** What became of some accounts: each has bills (one, or one for each circuit billed apart) or an exception. */
export interface ComputedInterval<T = ComputedBill> {
  readonly bills: readonly T[];
  readonly exceptions: readonly AccountException[];
}

/**
 * A bill ready to be stored: its rows as COPY text, which lacks only the numbers that come from the database. Some
 * kilobytes for each bill, while the objects that it was computed from can be let go.
 */
export interface PreparedBill {
  readonly accountId: string;
  readonly totalAmount: string;
  /** SHA-256 of the result, hex. */
  readonly resultHash: string;
  /** Without `bill_id` and `bill_no`, with which its columns begin. */
  readonly head: string;
  /** Without `bill_id` and `period`. */
  readonly lines: readonly string[];
  /** Without `bill_id`. */
  readonly document: string;
  readonly words: WordSet;
}

/** How a stored bill is known to others. */
export interface StoredBill {
  readonly billId: string;
  readonly billNo: string;
  readonly accountId: string;
  readonly totalAmount: string;
  /** SHA-256 of the result, hex: free of ids, numbers and instants. */
  readonly resultHash: string;
}

import type { Bill } from '../../../core/bill/bill';
import type { CalculationDocument } from '../../../core/bill/calculation-document';
import type { AccountException, BilledAccount } from '../documents/assembled';

/** A bill as the core computed it, with the document that it was computed from. Nothing of it is stored yet. */
export interface ComputedBill {
  readonly account: BilledAccount;
  readonly document: CalculationDocument;
  readonly bill: Bill;
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
  readonly head: string;
  readonly lines: readonly string[];
  readonly document: string;
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

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
export interface ComputedInterval {
  readonly bills: readonly ComputedBill[];
  readonly exceptions: readonly AccountException[];
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

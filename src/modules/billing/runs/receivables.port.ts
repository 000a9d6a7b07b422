import type { Tx } from '../../../platform/database';

/** Under this token the module that keeps receivables provides its side of a release. */
export const RECEIVABLES_PORT = Symbol('wattledger:receivables-port');

export interface OpenedReceivables {
  /** Receivables opened; bills of zero open none. */
  readonly receivables: number;
  /** Credits opened, one for each negative bill. */
  readonly credits: number;
  /** Receivables less credits, yuan: equal to the total of the bills. */
  readonly amount: string;
}

/** A bill that is being cancelled. */
export interface CancelledBill {
  readonly cancellationId: string;
  readonly period: string;
  readonly billId: string;
  readonly accountId: string;
}

/** What a cancelled bill had moved, yuan. */
export interface CancelledDebt extends CancelledBill {
  /** Principal that had been paid: credit for the successor. */
  readonly principal: string;
  /** Late charge that had been paid: credit too. */
  readonly lateCharge: string;
  /** A write-off that is taken back. */
  readonly writtenOff: string;
  /** Credit that the bill had given and that is taken back. */
  readonly recalled: string;
  /** Of the recalled credit: what is held no longer, and is owed now. */
  readonly shortfall: string;
}

/** What releases and cancellations ask of collection, inside of their own transactions. */
export interface ReceivablesPort {
  /** Opens receivables, credits and journals for all live bills of a run, set-based. */
  openFor(tx: Tx, run: { readonly runId: string; readonly period: string }): Promise<OpenedReceivables>;
  /** Closes what cancelled bills opened, reverses their journals, and keeps what was paid on them for their successors. Locks receivables first, then prepayments. */
  closeFor(tx: Tx, bills: readonly CancelledBill[]): Promise<CancelledDebt[]>;
}

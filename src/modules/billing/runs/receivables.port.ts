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

/** What a release asks of collection, inside of its own transaction. */
export interface ReceivablesPort {
  /** Opens receivables, credits and journals for all live bills of a run, set-based. */
  openFor(tx: Tx, run: { readonly runId: string; readonly period: string }): Promise<OpenedReceivables>;
}

import type { BillTotals } from '../bill/bill';
import { CoreError } from '../errors';
import { Decimal, dec, sum, text, ZERO } from '../quantity';

/** Accounts of the general ledger that collection books on; the chart in the database says more about each. */
export const LEDGER_CODES = {
  /** Cash in the tills (库存现金). */
  cash: '1001',
  /** Bank deposits (银行存款). */
  bank: '1002',
  /** Card, terminal and agency money on its way to the bank (其他货币资金). */
  moneyUnderWay: '1012',
  /** Cheques that the bank has not paid yet (应收票据). */
  cheques: '1121',
  /** Owed by customers from bills (应收电费). */
  customerReceivable: '1122',
  /** Owed by customers for tenders that came back after their money had been paid out (其他应收款). */
  otherClaims: '1221',
  /** Owed to customers: prepayments and credits (预收电费). */
  customerCredit: '2203',
  /** Value-added tax contained in bills (应交增值税-销项税额). */
  outputTax: '222101',
  /** Funds and surcharges collected for others (代征基金及附加). */
  fundsCollected: '2241',
  /** Sales of electricity without tax and without collected funds (电费收入). */
  electricitySales: '6001',
  /** Late-payment charges, when they are paid (电费违约金收入). */
  lateCharges: '6301',
  /** Receivables written off (坏账损失). */
  badDebts: '6701',
} as const;

/** One side of a booking: yuan with two decimals, a debit positive, a credit negative. */
export interface JournalEntry {
  readonly ledgerCode: string;
  readonly amount: Decimal;
}

/** Entries that sum to zero; made by `balancedJournal` only. */
export interface Journal<Entry extends JournalEntry = JournalEntry> {
  readonly entries: readonly Entry[];
}

/** The figures of a bill that tell which public levies it contains, yuan to the fen. */
export type BilledLevies = Pick<BillTotals, 'fundsAmount'> & Partial<Pick<BillTotals, 'byGroup' | 'insideFunds'>>;

/** The figures of a bill that the books need, yuan to the fen. */
export type BilledAmounts = Pick<BillTotals, 'totalAmount' | 'taxAmount'> & BilledLevies;

/**
 * Public levies of a bill, yuan: funds on top + surcharges on top + levies contained in its prices, each as the bill
 * shows it, rounded to the fen. Whether a price names them apart or contains them, they are collected for others.
 */
export function leviesCollected({ fundsAmount, byGroup, insideFunds = [] }: BilledLevies): Decimal {
  return sum([dec(fundsAmount), dec(byGroup?.surcharge ?? '0'), ...insideFunds.map(({ amount }) => dec(amount))]);
}

/**
 * A journal of these entries; entries of zero yuan are left out.
 * Throws `LEDGER.UNBALANCED` where debits and credits differ, and `LEDGER.NOT_IN_FEN` where an entry has parts of a fen.
 */
export function balancedJournal<Entry extends JournalEntry>(entries: readonly Entry[]): Journal<Entry> {
  const kept = entries.filter((entry) => !entry.amount.isZero());
  for (const [index, entry] of kept.entries()) {
    if (entry.amount.decimalPlaces() > 2) throw new CoreError('LEDGER.NOT_IN_FEN', `/entries/${String(index)}`, { amount: text(entry.amount) });
  }
  const difference = sum(kept.map((entry) => entry.amount));
  if (!difference.isZero()) throw new CoreError('LEDGER.UNBALANCED', '/entries', { difference: text(difference, 2) });
  return { entries: kept };
}

/**
 * The journal that opens a bill: the total is owed by the customer (a negative total is owed to the customer);
 * against it stand the tax, the collected levies, and what is left as sales:
 * sales = total − tax − levies. A bill of zero yuan with all parts zero has no entries.
 */
export function journalOfBill(amounts: BilledAmounts): Journal {
  const total = dec(amounts.totalAmount);
  const tax = dec(amounts.taxAmount);
  const levies = leviesCollected(amounts);
  const owed = total.isNegative() ? LEDGER_CODES.customerCredit : LEDGER_CODES.customerReceivable;
  return balancedJournal([
    { ledgerCode: owed, amount: total },
    { ledgerCode: LEDGER_CODES.electricitySales, amount: ZERO.minus(total.minus(tax).minus(levies)) },
    { ledgerCode: LEDGER_CODES.outputTax, amount: ZERO.minus(tax) },
    { ledgerCode: LEDGER_CODES.fundsCollected, amount: ZERO.minus(levies) },
  ]);
}

/** The journal that undoes another: every entry with the opposite sign. A correction is never an edit. */
export function reversalOf<Entry extends JournalEntry>(journal: Journal<Entry>): Journal<Entry> {
  return { entries: journal.entries.map((entry) => ({ ...entry, amount: entry.amount.negated() })) };
}

/** Debit and credit totals by ledger code, in the order of the codes; the sum over all codes is equal. */
export function trialBalance(journals: Iterable<Journal>): { readonly ledgerCode: string; readonly debit: Decimal; readonly credit: Decimal }[] {
  const totals = new Map<string, { debit: Decimal; credit: Decimal }>();
  for (const journal of journals) {
    for (const { ledgerCode, amount } of journal.entries) {
      const total = totals.get(ledgerCode) ?? { debit: ZERO, credit: ZERO };
      if (amount.isNegative()) total.credit = total.credit.minus(amount);
      else total.debit = total.debit.plus(amount);
      totals.set(ledgerCode, total);
    }
  }
  return [...totals.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([ledgerCode, total]) => ({ ledgerCode, ...total }));
}

import { Decimal } from '../quantity';
import { balancedJournal, Journal, JournalEntry, LEDGER_CODES } from './journal';

/** An entry that may be about one customer account; yuan, a debit positive. */
export interface AccountEntry extends JournalEntry {
  readonly accountId: string | null;
}

/** What is set against one bill, yuan: negative where it is taken back. */
export interface SettledParts {
  readonly accountId: string;
  readonly principal: Decimal;
  readonly lateCharge: Decimal;
}

/** Money held for an account, yuan: positive where it is added, negative where it is taken. */
export interface HeldMoney {
  readonly accountId: string;
  readonly amount: Decimal;
}

/** Money that came in (positive) or went out (negative), yuan, by the ledger account that it lies on. */
export interface MovedMoney {
  readonly ledgerCode: string;
  readonly amount: Decimal;
}

/** Everything that one event of collection moves. */
export interface CollectionMovement {
  readonly money: readonly MovedMoney[];
  readonly settled: readonly SettledParts[];
  readonly held: readonly HeldMoney[];
  /** Claims on accounts whose tender came back after its money had been paid out, yuan. */
  readonly claims?: readonly HeldMoney[];
}

/** One entry for each ledger account and customer account, in the order of their first appearance. */
function merged(entries: readonly AccountEntry[]): AccountEntry[] {
  const sums = new Map<string, AccountEntry>();
  for (const entry of entries) {
    const key = `${entry.ledgerCode}/${entry.accountId ?? ''}`;
    const known = sums.get(key);
    sums.set(key, known ? { ...known, amount: known.amount.plus(entry.amount) } : entry);
  }
  return [...sums.values()];
}

/**
 * The journal of money that moves between payers, bills and prepayments: money received is a debit where it lies;
 * principal settled is a credit to receivables, a late charge is income on the day on which it is paid (it is never
 * booked before), money held for an account is a credit to prepayments. What is taken back has the opposite signs.
 * Money + claims = principal + late charges + held, else `LEDGER.UNBALANCED`.
 */
export function journalOfCollection({ money, settled, held, claims = [] }: CollectionMovement): Journal<AccountEntry> {
  return balancedJournal(
    merged([
      ...money.map(({ ledgerCode, amount }) => ({ ledgerCode, accountId: null, amount })),
      ...claims.map(({ accountId, amount }) => ({ ledgerCode: LEDGER_CODES.otherClaims, accountId, amount })),
      ...settled.map(({ accountId, principal }) => ({ ledgerCode: LEDGER_CODES.customerReceivable, accountId, amount: principal.negated() })),
      ...settled.map(({ accountId, lateCharge }) => ({ ledgerCode: LEDGER_CODES.lateCharges, accountId, amount: lateCharge.negated() })),
      ...held.map(({ accountId, amount }) => ({ ledgerCode: LEDGER_CODES.customerCredit, accountId, amount: amount.negated() })),
    ]),
  );
}

/** The journal of a receivable that is given up: its open principal becomes a loss, yuan. */
export function journalOfWriteOff(accountId: string, principal: Decimal): Journal<AccountEntry> {
  return balancedJournal([
    { ledgerCode: LEDGER_CODES.badDebts, accountId, amount: principal },
    { ledgerCode: LEDGER_CODES.customerReceivable, accountId, amount: principal.negated() },
  ]);
}

/** What stood against a bill that is cancelled, yuan. */
export interface CancelledSettlements {
  readonly accountId: string;
  readonly principal: Decimal;
  readonly lateCharge: Decimal;
  readonly writtenOff: Decimal;
}

/**
 * The journal that turns what stood against a cancelled bill into money held for the account: principal and late charge
 * (no longer income) are a credit to prepayments, a loss that was booked is taken back. Together with the reversal of the
 * bill's own journal nothing is left of it in the receivables. Without entries where nothing stood.
 */
export function journalOfCancelled({ accountId, principal, lateCharge, writtenOff }: CancelledSettlements): Journal<AccountEntry> {
  return balancedJournal([
    { ledgerCode: LEDGER_CODES.customerReceivable, accountId, amount: principal.plus(writtenOff) },
    { ledgerCode: LEDGER_CODES.lateCharges, accountId, amount: lateCharge },
    { ledgerCode: LEDGER_CODES.customerCredit, accountId, amount: principal.plus(lateCharge).negated() },
    { ledgerCode: LEDGER_CODES.badDebts, accountId, amount: writtenOff.negated() },
  ]);
}

/** The journal of a cancelled credit that is no longer held as a whole: what is missing is owed by the customer, yuan. */
export function journalOfRecall(accountId: string, shortfall: Decimal): Journal<AccountEntry> {
  return balancedJournal([
    { ledgerCode: LEDGER_CODES.customerReceivable, accountId, amount: shortfall },
    { ledgerCode: LEDGER_CODES.customerCredit, accountId, amount: shortfall.negated() },
  ]);
}

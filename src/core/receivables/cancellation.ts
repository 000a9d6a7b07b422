import { CoreError } from '../errors';
import { Decimal, sum, text, ZERO } from '../quantity';
import { type Allocation, allocatePayment, type OpenBill } from './allocation';
import type { StandingSettlement } from './take-back';

/** What stood against a bill that is cancelled, yuan. */
export interface CancelledParts {
  /** Principal that had been paid: becomes credit. */
  readonly principal: Decimal;
  /** Late charge that had been paid: becomes credit too, since nothing was owed that could be late. */
  readonly lateCharge: Decimal;
  /** Principal that had been given up: the loss is taken back. */
  readonly writtenOff: Decimal;
}

/** Sums what stands against a cancelled bill: credit = Σ principal + Σ late charge of everything that is no write-off. */
export function partsOfCancelled(standing: readonly (StandingSettlement & { readonly writeOff: boolean })[]): CancelledParts {
  const paid = standing.filter(({ writeOff }) => !writeOff);
  return {
    principal: sum(paid.map(({ principal }) => principal)),
    lateCharge: sum(paid.map(({ lateCharge }) => lateCharge)),
    writtenOff: sum(standing.filter(({ writeOff }) => writeOff).map(({ principal }) => principal)),
  };
}

/** Where the credit of a cancelled negative bill is taken back from, yuan. */
export interface Recall {
  /** From what is still held for the account. */
  readonly held: Decimal;
  /** What had been used or paid out of it: owed again by the customer. */
  readonly shortfall: Decimal;
}

/** Takes the credit of a negative bill back: out of the balance as far as it goes; held + shortfall = credit. */
export function recallCredit(credit: Decimal, balance: Decimal): Recall {
  const held = balance.lessThan(credit) ? balance : credit;
  return { held, shortfall: credit.minus(held) };
}

/** Money held for an account at a release, yuan. */
export interface HeldAtRelease {
  readonly balance: Decimal;
  /** Of the balance: what waits for bills of this release that succeed cancelled ones. */
  readonly forSuccessors: Decimal;
  /** Of the balance: what waits for successors that are not released yet. */
  readonly forOthers: Decimal;
}

/**
 * Sets money held for an account against its open bills: first what waits for the successors against these, then what
 * is free, the rest of the successors' share included, against everything from the oldest on. What waits for other
 * successors stays untouched; where less is held than waits, the bills of this release come first. Parts are allowed
 * throughout. Throws RECEIVABLES.AMOUNT_NEGATIVE.
 */
export function allocateHeld(bills: readonly OpenBill[], { balance, forSuccessors, forOthers }: HeldAtRelease, successors: ReadonlySet<string>): Allocation {
  if (balance.isNegative()) throw new CoreError('RECEIVABLES.AMOUNT_NEGATIVE', '', { what: 'balance', amount: text(balance) });
  const own = balance.lessThan(forSuccessors) ? balance : forSuccessors;
  const beyond = balance.minus(own).minus(forOthers);
  const free = beyond.isNegative() ? ZERO : beyond;
  const inParts = bills.map((bill) => ({ ...bill, ...(bill.rule === undefined ? {} : { rule: { ...bill.rule, partial: true } }) }));
  const first = allocatePayment(inParts.filter(({ billId }) => successors.has(billId)), own, ZERO);
  const after = inParts.map((bill) => {
    const paid = first.bills.find(({ billId }) => billId === bill.billId);
    return paid === undefined ? bill : { ...bill, principal: paid.principalOutstanding, lateCharge: paid.lateChargeOutstanding };
  });
  const rest = allocatePayment(after, free, first.advanceBalanceAfter);
  return {
    ...rest,
    bills: rest.bills.map((bill) => {
      const paid = first.bills.find(({ billId }) => billId === bill.billId);
      if (paid === undefined) return bill;
      return { ...bill, principalPaid: bill.principalPaid.plus(paid.principalPaid), lateChargePaid: bill.lateChargePaid.plus(paid.lateChargePaid) };
    }),
    advanceBalanceAfter: rest.advanceBalanceAfter.plus(balance.minus(own).minus(free)),
  };
}

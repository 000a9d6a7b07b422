import { LocalDate } from '../calendar';
import { Decimal, sum, ZERO } from '../quantity';
import type { Pause } from './instalments';
import { CustomerClass, lateChargeOfPortions, LateChargeRule, lateDaysWithout } from './late-charge';

/** A bill with everything that has been set against it, yuan. */
export interface BillHistory {
  readonly amount: Decimal;
  readonly dueOn: LocalDate;
  /** Parts of the principal that were paid, by payments or out of prepayment, and on which day. */
  readonly settled: readonly { readonly principal: Decimal; readonly on: LocalDate }[];
  readonly lateChargePaid: Decimal;
  /** What was given up of the principal. */
  readonly writtenOff: Decimal;
  /** Days that are not charged, because an instalment agreement was kept. */
  readonly pauses?: readonly Pause[];
}

/** What is owed of a bill on a day, yuan. */
export interface OpenDebt {
  readonly outstanding: Decimal;
  readonly lateCharge: Decimal;
}

/**
 * What is owed of a bill on a day: outstanding = amount − Σ settled − written off; late charge = what has accrued on every
 * portion up to the day on which it was settled (on the rest up to the day asked for) − what was paid of it, never below
 * zero. The late charge of what was written off is given up with it, for ever, and where nothing is outstanding beside it
 * that of the paid portions too.
 */
export function debtAsOf(bill: BillHistory, asOf: LocalDate, customerClass: CustomerClass, rule: LateChargeRule): OpenDebt {
  const outstanding = bill.amount.minus(sum(bill.settled.map(({ principal }) => principal))).minus(bill.writtenOff);
  if (outstanding.isZero() && bill.writtenOff.greaterThan(0)) return { outstanding, lateCharge: ZERO };
  const portions = [...bill.settled, { principal: outstanding, on: asOf }].map(({ principal, on }) => ({ principal, days: lateDaysWithout(bill.dueOn, on, bill.pauses ?? []) }));
  const rest = lateChargeOfPortions(portions, customerClass, rule).minus(bill.lateChargePaid);
  return { outstanding, lateCharge: rest.isNegative() ? ZERO : rest };
}

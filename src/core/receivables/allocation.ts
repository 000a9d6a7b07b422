import { CoreError } from '../errors';
import { Decimal, text, ZERO } from '../quantity';

/** The parts of an open bill that money is set against. */
export type DebtPart = 'lateCharge' | 'principal';

/** An open bill, yuan. Bills stand oldest period first. */
export interface OpenBill {
  readonly billId: string;
  readonly principal: Decimal;
  readonly lateCharge: Decimal;
  /** Its own rule where bills of several accounts are settled together. */
  readonly rule?: AllocationRule;
}

export interface AllocatedBill {
  readonly billId: string;
  readonly principalPaid: Decimal;
  readonly lateChargePaid: Decimal;
  readonly principalOutstanding: Decimal;
  readonly lateChargeOutstanding: Decimal;
}

export interface Allocation {
  readonly bills: readonly AllocatedBill[];
  readonly outstandingTotal: Decimal;
  /** Money that is left becomes prepayment. */
  readonly advanceBalanceAfter: Decimal;
}

export interface AllocationRule {
  /** Order of the parts within one bill; by default the late charge first. */
  readonly order: readonly DebtPart[];
  /** False: a bill is settled as a whole or not at all. */
  readonly partial: boolean;
}

export const OLDEST_FIRST: AllocationRule = { order: ['lateCharge', 'principal'], partial: true };

function smaller(a: Decimal, b: Decimal): Decimal {
  return a.lessThan(b) ? a : b;
}

function assertNotNegative(amount: Decimal, what: string): void {
  if (amount.isNegative() && !amount.isZero()) throw new CoreError('RECEIVABLES.AMOUNT_NEGATIVE', '', { what, amount: text(amount) });
}

function settle(bill: OpenBill, money: Decimal, rule: AllocationRule): AllocatedBill {
  const paid: Record<DebtPart, Decimal> = { lateCharge: ZERO, principal: ZERO };
  if (rule.partial || money.greaterThanOrEqualTo(bill.principal.plus(bill.lateCharge))) {
    let left = money;
    for (const part of rule.order) {
      paid[part] = smaller(left, bill[part]);
      left = left.minus(paid[part]);
    }
  }
  return {
    billId: bill.billId,
    principalPaid: paid.principal,
    lateChargePaid: paid.lateCharge,
    principalOutstanding: bill.principal.minus(paid.principal),
    lateChargeOutstanding: bill.lateCharge.minus(paid.lateCharge),
  };
}

/**
 * Sets a payment and the prepayment held against open bills (销账): the oldest first, within a bill the late charge
 * first; what is left becomes prepayment. Where partial payment is not allowed the first bill that the money does not
 * cover stops the allocation, so that no younger bill is settled before an older one. Paid + outstanding of every bill
 * is what was owed, and paid + prepayment after is what there was. Throws RECEIVABLES.AMOUNT_NEGATIVE.
 */
export function allocatePayment(bills: readonly OpenBill[], payment: Decimal, advanceBalance: Decimal, rule: AllocationRule = OLDEST_FIRST): Allocation {
  assertNotNegative(payment, 'payment');
  assertNotNegative(advanceBalance, 'advanceBalance');
  let money = payment.plus(advanceBalance);
  let stopped = false;
  let outstandingTotal = ZERO;
  const allocated = bills.map((bill) => {
    assertNotNegative(bill.principal, bill.billId);
    assertNotNegative(bill.lateCharge, bill.billId);
    const own = bill.rule ?? rule;
    const result = settle(bill, stopped ? ZERO : money, own);
    const outstanding = result.principalOutstanding.plus(result.lateChargeOutstanding);
    if (!own.partial && outstanding.greaterThan(0)) stopped = true;
    money = money.minus(result.principalPaid).minus(result.lateChargePaid);
    outstandingTotal = outstandingTotal.plus(outstanding);
    return result;
  });
  return { bills: allocated, outstandingTotal, advanceBalanceAfter: money };
}

/** Something owed that may always be paid in part, yuan. */
export interface OpenAmount {
  readonly open: Decimal;
}

/** Sets money against amounts in their order, each as far as it goes: parts (none of zero) and the rest add up to the money. */
export function fillInOrder<Owed extends OpenAmount>(owed: readonly Owed[], money: Decimal): { readonly parts: readonly (Owed & { readonly amount: Decimal })[]; readonly rest: Decimal } {
  let rest = money;
  const parts = owed.map((each) => {
    const amount = smaller(each.open, rest);
    rest = rest.minus(amount);
    return { ...each, amount };
  });
  return { parts: parts.filter(({ amount }) => amount.greaterThan(0)), rest };
}

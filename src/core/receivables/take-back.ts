import { Decimal, ZERO } from '../quantity';

/** Money that stands against one bill, yuan. */
export interface StandingSettlement {
  readonly principal: Decimal;
  readonly lateCharge: Decimal;
}

function taken(have: Decimal, wanted: Decimal): Decimal {
  return have.lessThan(wanted) ? have : wanted;
}

/**
 * Takes an amount back from settlements in the order given (the youngest first), in each from the principal before
 * the late charge: the opposite of how it was set against them. Answers what is taken from each one, and the rest
 * that they could not bear; taken + rest = amount.
 */
export function takeBack<Item extends StandingSettlement>(
  settlements: readonly Item[],
  amount: Decimal,
): { readonly taken: readonly Item[]; readonly rest: Decimal } {
  let rest = amount;
  const parts = settlements.map((settlement) => {
    const principal = taken(settlement.principal, rest);
    rest = rest.minus(principal);
    const lateCharge = taken(settlement.lateCharge, rest);
    rest = rest.minus(lateCharge);
    return { ...settlement, principal, lateCharge };
  });
  return { taken: parts.filter((part) => part.principal.greaterThan(ZERO) || part.lateCharge.greaterThan(ZERO)), rest };
}

/** Where the money of a returned tender is looked for, yuan. */
export interface SharesOfReturn {
  /** In the payment's prepaid part as a whole: held + used. */
  readonly prepaid: Decimal;
  /** In the prepayment that is still held. */
  readonly held: Decimal;
  /** In prepayment that is no longer held: used at a release, or paid out. */
  readonly used: Decimal;
  /** In what the payment settled itself. */
  readonly settled: Decimal;
}

/**
 * Splits a returned amount: the payment's prepaid part bears it first, out of the balance that is still held and then
 * out of what became of the rest; what the payment settled bears what is left. held + used + settled = amount.
 */
export function sharesOfReturn(amount: Decimal, prepaidPart: Decimal, balance: Decimal): SharesOfReturn {
  const prepaid = taken(prepaidPart, amount);
  const held = taken(balance, prepaid);
  return { prepaid, held, used: prepaid.minus(held), settled: amount.minus(prepaid) };
}

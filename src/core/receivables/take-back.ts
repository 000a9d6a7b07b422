import { Decimal, sum, ZERO } from '../quantity';

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

/** Money that came to be held for an account, yuan. */
export interface HeldPart {
  readonly amount: Decimal;
  /** Number of the booking by which it came; whatever is booked later has a higher one. */
  readonly booking: bigint;
}

/** Prepayment that was used, yuan, and the number of the booking that used it. */
export interface PrepaymentUse extends StandingSettlement {
  readonly booking: bigint;
}

/** Where money that came to be held is found when it has to go back, yuan. */
export interface FoundOfHeld<Use> {
  /** In what is still held. */
  readonly held: Decimal;
  readonly uses: readonly Use[];
  /** Nowhere: it has been paid out. */
  readonly claim: Decimal;
}

/**
 * Looks for money that came to be held for an account and has to go back: in the balance, then in the uses that were booked
 * after it had come (these in the order given, the youngest first): an earlier use was made with other money. What came last
 * is looked for first, having the fewest uses to lie in. held + Σ uses + claim = Σ parts.
 */
export function findHeld<Use extends PrepaymentUse>(parts: readonly HeldPart[], balance: Decimal, uses: readonly Use[]): FoundOfHeld<Use> {
  const reach = ({ booking }: HeldPart): Decimal =>
    balance.plus(sum(uses.filter((use) => use.booking > booking).flatMap(({ principal, lateCharge }) => [principal, lateCharge])));
  const youngestFirst = [...parts].sort((one, other) => (one.booking > other.booking ? -1 : 1));
  const found = youngestFirst.reduce((before, part) => taken(reach(part), before.plus(part.amount)), ZERO);
  const held = taken(balance, found);
  return { held, uses: takeBack(uses, found.minus(held)).taken, claim: sum(parts.map(({ amount }) => amount)).minus(found) };
}

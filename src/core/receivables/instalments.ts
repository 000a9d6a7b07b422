import { CoreError } from '../errors';
import { LocalDate } from '../calendar';
import { Decimal, sum, text, ZERO } from '../quantity';

/** A part of an instalment agreement, yuan. */
export interface InstalmentPart {
  readonly dueOn: LocalDate;
  readonly amount: Decimal;
}

/** A part with what has been paid of it, yuan. */
export interface PartStanding extends InstalmentPart {
  readonly paid: Decimal;
}

/** Money set against the receivables of an agreement after it was made, principal and late charge together, yuan. */
export interface InstalmentReceipt {
  readonly amount: Decimal;
  readonly on: LocalDate;
}

/** Whether the late charge stands still while the agreement is kept, and what becomes of the days once it is broken. */
export interface InstalmentRule {
  readonly whileKept: 'suspended' | 'continued';
  readonly afterBreak: 'from-first-due-date' | 'from-break';
}

export interface Instalments {
  readonly agreedOn: LocalDate;
  readonly rule: InstalmentRule;
  readonly parts: readonly InstalmentPart[];
  readonly receipts: readonly InstalmentReceipt[];
  /** Day on which a person ended it early; the whole falls due as if it had been broken then. */
  readonly cancelledOn: LocalDate | null;
  /** Day on which a payment from before the agreement was undone: the debt is no longer the one that was agreed on. */
  readonly outgrownOn: LocalDate | null;
}

/** Days that are not charged: after `from`, up to `until`; open where it goes on. */
export interface Pause {
  readonly from: LocalDate;
  readonly until: LocalDate | null;
}

/**
 * Checks the parts of an agreement made on a day: due dates rise and none has passed, every part is more than zero, and
 * Σ parts = what is owed. Throws RECEIVABLES.PARTS_NOT_IN_ORDER and RECEIVABLES.PARTS_NOT_THE_DEBT.
 */
export function checkParts(parts: readonly InstalmentPart[], owed: Decimal, agreedOn: LocalDate): void {
  for (const [index, { dueOn, amount }] of parts.entries()) {
    const earliest = parts[index - 1]?.dueOn;
    if (dueOn < agreedOn || (earliest !== undefined && dueOn <= earliest) || !amount.greaterThan(0)) {
      throw new CoreError('RECEIVABLES.PARTS_NOT_IN_ORDER', `/parts/${String(index)}`, { dueOn });
    }
  }
  const total = sum(parts.map(({ amount }) => amount));
  if (!total.equals(owed)) throw new CoreError('RECEIVABLES.PARTS_NOT_THE_DEBT', '/parts', { total: text(total, 2), owed: text(owed, 2) });
}

/** What has been paid of each part: money counts on the oldest part first. Σ paid = what was received, up to Σ parts. */
export function paidParts(parts: readonly InstalmentPart[], received: Decimal): PartStanding[] {
  let left = received;
  return parts.map((part) => {
    const paid = left.lessThan(part.amount) ? left : part.amount;
    left = left.minus(paid);
    return { ...part, paid };
  });
}

/** The due date of the first part that was not paid whole by then, as known on a day; undefined while the agreement is kept. */
export function missedOn({ parts, receipts }: Pick<Instalments, 'parts' | 'receipts'>, asOf: LocalDate): LocalDate | undefined {
  let wanted = ZERO;
  for (const { dueOn, amount } of parts) {
    wanted = wanted.plus(amount);
    const received = sum(receipts.filter(({ on }) => on <= dueOn).map((receipt) => receipt.amount));
    if (dueOn < asOf && received.lessThan(wanted)) return dueOn;
  }
  return undefined;
}

/**
 * The day on which an agreement stopped to hold, the first of: a part that was not paid or a debt that grew, both known from
 * the day after on, and a person's end of it; undefined while it is kept.
 */
export function brokenOn(agreement: Instalments, asOf: LocalDate): LocalDate | undefined {
  const missed = missedOn(agreement, asOf);
  const outgrown = agreement.outgrownOn !== null && agreement.outgrownOn < asOf ? agreement.outgrownOn : undefined;
  const cancelled = agreement.cancelledOn !== null && agreement.cancelledOn <= asOf ? agreement.cancelledOn : undefined;
  return [missed, outgrown, cancelled].filter((day) => day !== undefined).sort()[0];
}

/**
 * The days that the late charge leaves out because of agreements, in the order in which they were made: while one is
 * kept, where its rule says that the charge stands still; once it is broken, none, or the days up to the break.
 * A later agreement ends the pause of an earlier one.
 */
export function pausesOf(agreements: readonly Instalments[], asOf: LocalDate): Pause[] {
  return agreements.flatMap((agreement, index) => {
    if (agreement.rule.whileKept === 'continued') return [];
    const broken = brokenOn(agreement, asOf);
    if (broken !== undefined && agreement.rule.afterBreak === 'from-first-due-date') return [];
    const next = agreements[index + 1]?.agreedOn ?? null;
    const until = broken === undefined || (next !== null && next < broken) ? next : broken;
    return [{ from: agreement.agreedOn, until }];
  });
}

import { Decimal, round, ZERO } from '../quantity';
import type { PricePeriod, TimeOfUsePeriod } from '../tariff/vocabulary';
import type { PointEnergies } from './point-tree';

/** How a plain child is taken from a time-of-use parent. */
export interface PlainChildRule {
  /** `in-order`: one period after the other; `in-proportion`: by the parent's periods, whole kWh, remainder to flat. */
  readonly method: 'in-order' | 'in-proportion';
  /** All periods, in the order in which they are taken from; see `completeOrder`. */
  readonly order: readonly TimeOfUsePeriod[];
}

export const FLAT_FIRST: PlainChildRule = { method: 'in-order', order: ['flat', 'peak', 'valley', 'sharp', 'deep-valley'] };

/** Energies that can still be taken; changed in place while a parent's children are deducted. */
export type Remaining = Partial<Record<PricePeriod, Decimal>>;

/** Sum over the periods, kWh. */
export function energyTotal(energies: PointEnergies): Decimal {
  let total: Decimal | null = null;
  for (const key in energies) {
    const energy = energies[key as PricePeriod];
    if (energy !== undefined) total = total === null ? energy : total.plus(energy);
  }
  return total ?? ZERO;
}

function smaller(a: Decimal, b: Decimal): Decimal {
  return a.lessThan(b) ? a : b;
}

/** Takes up to `wanted` from one period and gives back what could not be taken. */
function takeFrom(left: Remaining, period: PricePeriod, wanted: Decimal): Decimal {
  const there = left[period] ?? ZERO;
  if (!there.greaterThan(0) || !wanted.greaterThan(0)) return wanted;
  const taken = smaller(there, wanted);
  left[period] = there.minus(taken);
  return wanted.minus(taken);
}

function takeInOrder(left: Remaining, wanted: Decimal, rule: PlainChildRule): Decimal {
  let open = wanted;
  for (const period of rule.order) open = takeFrom(left, period, open);
  return open;
}

/**
 * Takes a plain energy in proportion to the periods of a time-of-use parent: each period but flat bears its rounded
 * share (whole kWh, half-up, never more than it has), flat the remainder. Where flat has not enough for the
 * remainder, the other periods bear it in order: nothing goes below zero and nothing is lost.
 */
function takeInProportion(left: Remaining, wanted: Decimal, rule: PlainChildRule): Decimal {
  const whole = energyTotal(left);
  if (wanted.greaterThanOrEqualTo(whole)) return takeInOrder(left, wanted, rule);
  let open = wanted;
  for (const period of rule.order) {
    if (period === 'flat') continue;
    const there = left[period] ?? ZERO;
    const share = smaller(smaller(round(wanted.times(there).div(whole), 0), there), open);
    open = open.minus(share).plus(takeFrom(left, period, share));
  }
  open = takeFrom(left, 'flat', open);
  return takeInOrder(left, open, rule);
}

/** Takes a plain energy (no periods of its own) from whatever the parent has; gives back what was missing, kWh. */
export function takePlain(left: Remaining, wanted: Decimal, rule: PlainChildRule = FLAT_FIRST): Decimal {
  if (left.total !== undefined) return takeFrom(left, 'total', wanted);
  return rule.method === 'in-order' ? takeInOrder(left, wanted, rule) : takeInProportion(left, wanted, rule);
}

/**
 * Takes a child's energies from its parent's, period by period where both have periods; a plain child by rule; a
 * time-of-use child from the total of a plain parent. What is missing is given back in the child's own shape.
 */
export function takeEnergies(left: Remaining, wanted: PointEnergies, rule: PlainChildRule = FLAT_FIRST): Remaining {
  const missing: Remaining = {};
  for (const key in wanted) {
    const period = key as PricePeriod;
    const energy = wanted[period] ?? ZERO;
    if (period === 'total') missing.total = takePlain(left, energy, rule);
    else missing[period] = takeFrom(left, left.total === undefined ? period : 'total', energy);
  }
  return missing;
}

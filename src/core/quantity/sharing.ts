import { count, Decimal, ONE, sum, ZERO } from './decimal';
import { round, Rounding } from './rounding';

/**
 * Shares a total by the largest remainder: every part is cut down, and what is left goes unit by unit to the
 * parts that lost most (ties: the earlier one). Parts add up to the whole and differ from their exact value by
 * less than one unit; equal parts where all weights are zero. `total` must itself have no more than `decimals` places.
 * Counted in whole units with their remainders, so that no quotient has to be cut anywhere.
 */
export function shareByLargestRemainder(total: Decimal, weights: readonly Decimal[], decimals: number): Decimal[] {
  if (weights.length === 0) return [];
  const weight = sum(weights);
  const counted = weight.isZero() ? weights.map(() => ONE) : weights;
  const divisor = weight.isZero() ? count(weights.length) : weight;
  const units = total.abs().times(new Decimal(`1e${decimals}`));
  const parts = counted.map((each) => units.times(each).dividedToIntegerBy(divisor));
  const lost = parts.map((part, index) => units.times(counted[index] ?? ZERO).minus(part.times(divisor)));
  const order = parts.map((_, index) => index).sort((a, b) => (lost[b] ?? ZERO).comparedTo(lost[a] ?? ZERO) || a - b);
  let left = units.minus(sum(parts));
  for (const index of order) {
    if (left.lessThan(ONE)) break;
    parts[index] = (parts[index] ?? ZERO).plus(ONE);
    left = left.minus(ONE);
  }
  const unit = new Decimal(`${total.isNegative() ? '-' : ''}1e-${decimals}`);
  return parts.map((part) => (part.isZero() ? ZERO : part.times(unit)));
}

/**
 * Shares a total ≥ 0 in the order of the weights (days, or energies read): every part but the last is rounded, never
 * to more than is left, and the last takes what remains. Parts add up to the whole and none is negative. All weights
 * zero: the last takes everything.
 */
export function shareInOrder(total: Decimal, weights: readonly Decimal[], decimals: number, rounding: Rounding = 'half-up'): Decimal[] {
  const weight = sum(weights);
  let left = total;
  return weights.map((each, index) => {
    if (index === weights.length - 1) return left;
    const exact = weight.isZero() ? ZERO : round(total.times(each).div(weight), decimals, rounding);
    const part = exact.greaterThan(left) ? left : exact;
    left = left.minus(part);
    return part;
  });
}

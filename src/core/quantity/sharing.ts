import { count, Decimal, sum, ZERO } from './decimal';
import { round, Rounding } from './rounding';

/** The unrounded part of each weight; equal parts where all weights are zero. */
function exactParts(total: Decimal, weights: readonly Decimal[]): Decimal[] {
  const weight = sum(weights);
  if (weight.isZero()) return weights.map(() => total.div(count(weights.length)));
  return weights.map((each) => total.times(each).div(weight));
}

/**
 * Shares a total by the largest remainder: every part is cut down, and what is left goes unit by unit to the
 * parts that lost most (ties: the earlier one). Parts add up to the whole and differ from their exact value by
 * less than one unit. `total` must itself have no more than `decimals` places.
 */
export function shareByLargestRemainder(total: Decimal, weights: readonly Decimal[], decimals: number): Decimal[] {
  if (weights.length === 0) return [];
  const exact = exactParts(total, weights);
  const parts = exact.map((part) => round(part, decimals, 'down'));
  const unit = new Decimal(10).pow(-decimals).times(total.isNegative() ? -1 : 1);
  const order = exact
    .map((part, index) => ({ index, lost: part.minus(parts[index] ?? ZERO).abs() }))
    .sort((a, b) => b.lost.comparedTo(a.lost) || a.index - b.index);
  let left = total.minus(sum(parts)).abs();
  for (const { index } of order) {
    if (left.lessThan(unit.abs())) break;
    parts[index] = (parts[index] ?? ZERO).plus(unit);
    left = left.minus(unit.abs());
  }
  return parts;
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

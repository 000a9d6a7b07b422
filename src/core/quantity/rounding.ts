import { Decimal as DecimalJs } from 'decimal.js';
import { Decimal } from './decimal';

/** How a figure is cut to its places. Half-up is half away from zero, as the trade rounds credits like debits. */
export type Rounding = 'half-up' | 'up' | 'down';

const MODES: Record<Rounding, DecimalJs.Rounding> = {
  'half-up': Decimal.ROUND_HALF_UP,
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
};

/** Rounds to a number of decimals; `null`, and a figure that has no more of them, leaves it as it is. */
export function round(value: Decimal, decimals: number | null, rounding: Rounding = 'half-up'): Decimal {
  return decimals === null || value.decimalPlaces() <= decimals ? value : value.toDecimalPlaces(decimals, MODES[rounding]);
}

/**
 * Quotient cut after 40 significant digits. A figure that is rounded half-up to a few decimals needs no more than the
 * digit behind them, so that the cut never changes it; the division costs a fraction of a full one.
 */
const ShortDivision = DecimalJs.clone({ precision: 40, rounding: DecimalJs.ROUND_DOWN });

/** Square root to 40 significant digits; that of a square is exact. */
export function squareRoot(value: Decimal): Decimal {
  return new Decimal(ShortDivision.sqrt(value));
}

/** A ÷ B rounded half-up to a few decimals (at most 12), for quotients below 10^24. */
export function divideRounded(a: Decimal, b: Decimal, decimals: number): Decimal {
  return new Decimal(ShortDivision.div(a, b).toDecimalPlaces(decimals, DecimalJs.ROUND_HALF_UP));
}

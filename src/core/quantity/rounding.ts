import type { Decimal as DecimalJs } from 'decimal.js';
import { Decimal } from './decimal';

/** How a figure is cut to its places. Half-up is half away from zero, as the trade rounds credits like debits. */
export type Rounding = 'half-up' | 'up' | 'down';

const MODES: Record<Rounding, DecimalJs.Rounding> = {
  'half-up': Decimal.ROUND_HALF_UP,
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
};

/** Rounds to a number of decimals; `null` leaves the figure as it is. */
export function round(value: Decimal, decimals: number | null, rounding: Rounding = 'half-up'): Decimal {
  return decimals === null ? value : value.toDecimalPlaces(decimals, MODES[rounding]);
}

/** Yuan to the fen, half-up: once per line, never on a total. */
export function roundToFen(value: Decimal): Decimal {
  return value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
}

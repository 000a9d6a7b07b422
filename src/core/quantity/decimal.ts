import { Decimal as DecimalJs } from 'decimal.js';

/**
 * The one decimal type of the product. 60 significant digits carry every intermediate figure of a bill
 * (energy 4 + price 8 decimals, squares of energies, quotients) far beyond the places that are kept.
 */
export const Decimal = DecimalJs.clone({ precision: 60, rounding: DecimalJs.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 });
export type Decimal = DecimalJs;

export const ZERO: Decimal = new Decimal(0);
export const ONE: Decimal = new Decimal(1);

/** Plain decimal notation: an optional sign, digits, and an optional fraction; no exponent, no blanks. */
const PLAIN = /^-?\d{1,24}(\.\d{1,24})?$/;

/** Tells whether a text is a decimal in plain notation. */
export function isPlainDecimal(text: string): boolean {
  return PLAIN.test(text);
}

/**
 * A decimal from its text in plain notation, or from a decimal.
 * Throws a RangeError for anything else: documents are validated before they reach the core.
 */
export function dec(value: string | Decimal): Decimal {
  if (typeof value !== 'string') return value;
  if (!isPlainDecimal(value)) throw new RangeError(`not a plain decimal: "${value.slice(0, 40)}"`);
  return new Decimal(value);
}

const MOST_CONSTANTS = 1024;
const constants = new Map<string, Decimal>();

/** As `dec`, for texts that come again and again (policies, rates of tax): each is read once and kept, within a bound. */
export function constant(value: string): Decimal {
  let decimal = constants.get(value);
  if (decimal === undefined) {
    decimal = dec(value);
    if (constants.size >= MOST_CONSTANTS) constants.clear();
    constants.set(value, decimal);
  }
  return decimal;
}

/** A decimal from a whole number (a count of days, hours or phases), never from a quantity. */
export function count(value: number): Decimal {
  if (!Number.isSafeInteger(value)) throw new RangeError('a count is a whole number');
  return new Decimal(value);
}

/** The sum of decimals; zero for none. */
export function sum(values: Iterable<Decimal>): Decimal {
  let total: Decimal | null = null;
  for (const value of values) total = total === null ? value : total.plus(value);
  return total ?? ZERO;
}

/** Plain notation with the decimals that the value has, or padded (where it has more: rounded half-up) to a fixed number; zero is never negative. */
export function text(value: Decimal, decimals?: number): string {
  const plain = value.isZero() ? '0' : value.toFixed();
  if (decimals === undefined) return plain;
  const point = plain.indexOf('.');
  const places = point < 0 ? 0 : plain.length - point - 1;
  if (places > decimals) return text(value.toDecimalPlaces(decimals, DecimalJs.ROUND_HALF_UP), decimals);
  if (places === decimals) return plain;
  return `${plain}${point < 0 ? '.' : ''}${'0'.repeat(decimals - places)}`;
}

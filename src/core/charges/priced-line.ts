import { Decimal, Rounding, round, ZERO } from '../quantity';

/** Places of money: yuan with 2 decimals, half-up (half away from zero). */
export interface MoneyPlaces {
  readonly decimals: number;
  readonly rounding: Rounding;
}

export const FEN: MoneyPlaces = { decimals: 2, rounding: 'half-up' };

/** One priced item of a bill. */
export interface PricedLine {
  readonly quantity: Decimal;
  /** Yuan per unit. */
  readonly price: Decimal;
  /** Quantity × price, not rounded. */
  readonly exactAmount: Decimal;
  /** `exactAmount` rounded, once; totals are sums of it and are not rounded again. */
  readonly amount: Decimal;
}

/** Quantity × price, rounded to the fen once. */
export function priceLine(quantity: Decimal, price: Decimal, money: MoneyPlaces = FEN): PricedLine {
  const exactAmount = quantity.times(price);
  return { quantity, price, exactAmount, amount: round(exactAmount, money.decimals, money.rounding) };
}

/** Sum of the rounded amounts, yuan. */
export function totalAmount(lines: readonly { readonly amount: Decimal }[]): Decimal {
  let total = ZERO;
  for (const line of lines) total = total.plus(line.amount);
  return total;
}

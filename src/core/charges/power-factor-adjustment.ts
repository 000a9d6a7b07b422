import { Decimal, round, ZERO } from '../quantity';
import type { PricePeriod } from '../tariff/vocabulary';
import { FEN, MoneyPlaces } from './priced-line';

export interface PowerFactorAdjustment {
  /** Sum of the lines that bear the adjustment, yuan. */
  readonly base: Decimal;
  readonly ratePercent: Decimal;
  readonly exactAmount: Decimal;
  /** Negative = reward. */
  readonly amount: Decimal;
}

/**
 * Power-factor adjustment (力调电费), (83)水电财字215: base × rate, rounded to the fen once. The base is the sum of
 * the named lines (capacity or demand charge, energy charge with its components, monthly shared amounts), without
 * funds and surcharges unless a region names them.
 */
export function powerFactorAdjustment(base: Decimal, ratePercent: Decimal, money: MoneyPlaces = FEN): PowerFactorAdjustment {
  const exactAmount = base.times(ratePercent).div(100);
  return { base, ratePercent, exactAmount, amount: round(exactAmount, money.decimals, money.rounding) };
}

/**
 * Base of an all-in price that contains funds: per period energy × (price − contained funds), each rounded to the fen
 * like the lines that it stands for.
 */
export function baseWithoutContained(
  energies: Readonly<Partial<Record<PricePeriod, Decimal>>>,
  prices: Readonly<Partial<Record<PricePeriod, Decimal>>>,
  contained: Decimal,
  money: MoneyPlaces = FEN,
): Decimal {
  let base = ZERO;
  for (const key in energies) {
    const period = key as PricePeriod;
    const energy = energies[period] ?? ZERO;
    const price = prices[period] ?? ZERO;
    base = base.plus(round(energy.times(price.minus(contained)), money.decimals, money.rounding));
  }
  return base;
}

import { CoreError } from '../errors';
import { Decimal, text } from '../quantity';
import type { PricePeriod } from '../tariff/vocabulary';
import { FEN, MoneyPlaces, PricedLine, priceLine } from './priced-line';

/** Prices of one component (energy, transmission and distribution, a fund …) by period, yuan per kWh. */
export interface ComponentPrices {
  readonly component: string;
  readonly prices: Readonly<Partial<Record<PricePeriod, Decimal>>>;
}

export interface EnergyLine extends PricedLine {
  readonly component: string;
  readonly period: PricePeriod;
}

/**
 * Energy charge (电度电费): for each component and each period one line, kWh × yuan/kWh, rounded to the fen by itself
 * (composition since 2023: a sum of prices multiplied once can differ by a fen). Printed prices are used as they are.
 * A period without energy and without price has no line; energy without a price throws CHARGES.PRICE_MISSING.
 */
export function energyCharge(
  energies: Readonly<Partial<Record<PricePeriod, Decimal>>>,
  components: readonly ComponentPrices[],
  money: MoneyPlaces = FEN,
): EnergyLine[] {
  const lines: EnergyLine[] = [];
  for (const { component, prices } of components) {
    for (const key in energies) {
      const period = key as PricePeriod;
      const energy = energies[period];
      if (energy === undefined) continue;
      const price = prices[period];
      if (price === undefined) {
        if (energy.isZero()) continue;
        throw new CoreError('CHARGES.PRICE_MISSING', '', { component, period, energyKwh: text(energy) });
      }
      const { quantity, exactAmount, amount } = priceLine(energy, price, money);
      lines.push({ component, period, quantity, price, exactAmount, amount });
    }
  }
  return lines;
}

import { CoreError } from '../errors';
import { Decimal, round, text } from '../quantity';

/**
 * Energy at which the average price reaches a target, kWh = fixed charge ÷ (target − price per kWh), rounded. The
 * fixed charge (capacity or demand) does not move with the energy; the price per kWh is all that does. Throws
 * BACK_BILLING.TARGET_BELOW_PRICE where no energy is enough.
 */
export function energyForAveragePrice(fixedCharge: Decimal, pricePerKwh: Decimal, target: Decimal, decimals: number | null = 0): Decimal {
  const margin = target.minus(pricePerKwh);
  if (!margin.greaterThan(0)) {
    throw new CoreError('BACK_BILLING.TARGET_BELOW_PRICE', '', { target: text(target), pricePerKwh: text(pricePerKwh) });
  }
  return round(fixedCharge.div(margin), decimals);
}

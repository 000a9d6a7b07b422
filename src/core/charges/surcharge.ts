import { Decimal } from '../quantity';
import { FEN, MoneyPlaces, PricedLine, priceLine } from './priced-line';

/** A public levy with its own price (yuan per kWh) and its own energy base (kWh). */
export interface Surcharge {
  readonly name: string;
  readonly price: Decimal;
  readonly energy: Decimal;
}

export interface SurchargeLine extends PricedLine {
  readonly name: string;
}

/** Surcharges (代征、基金及附加): each one by itself, energy × price, rounded to the fen. */
export function surchargeLines(surcharges: readonly Surcharge[], money: MoneyPlaces = FEN): SurchargeLine[] {
  return surcharges.map(({ name, price, energy }) => ({ name, ...priceLine(energy, price, money) }));
}

import { Decimal } from '../quantity';
import { FEN, MoneyPlaces, PricedLine, priceLine } from './priced-line';

/** The energy that an add-on price is taken of: all billed energy, or billed energy less transformer loss. */
export type AddOnBase = 'billed' | 'billed-without-transformer-loss';

/** Add-on price (加价): a rarely used price on top of the list price, kWh × yuan/kWh, one line. */
export function addOnCharge(
  energy: { readonly billed: Decimal; readonly transformerLoss: Decimal },
  base: AddOnBase,
  price: Decimal,
  money: MoneyPlaces = FEN,
): PricedLine {
  const quantity = base === 'billed' ? energy.billed : energy.billed.minus(energy.transformerLoss);
  return priceLine(quantity, price, money);
}

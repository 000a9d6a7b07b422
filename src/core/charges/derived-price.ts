import { Decimal, round } from '../quantity';

/** Seasonal price, yuan per kWh = catalogue price × season factor (0.6550 × 0.9 = 0.5895), 4 decimals by default. */
export function seasonPrice(cataloguePrice: Decimal, factor: Decimal, decimals: number | null = 4): Decimal {
  return round(cataloguePrice.times(factor), decimals);
}

/** Period price, yuan per kWh = flat price × period factor; not rounded unless the tariff says so. Printed prices are never derived. */
export function periodPrice(flatPrice: Decimal, factor: Decimal, decimals: number | null = null): Decimal {
  return round(flatPrice.times(factor), decimals);
}

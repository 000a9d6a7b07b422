import { Decimal, shareByLargestRemainder, ZERO } from '../quantity';
import { billingDemand, ContractDemandRule } from '../usage/billing-demand';
import { FEN, MoneyPlaces, PricedLine, priceLine } from './priced-line';

export interface ContractDemandCharge {
  /** Demand charged once, kW × price. */
  readonly contract: PricedLine;
  /** Demand above the tolerance, kW × (price × multiple); null where there is none. */
  readonly excess: PricedLine | null;
  readonly amount: Decimal;
}

/**
 * Demand charge by contract demand (合同最大需量): the contract is charged up to 105 % of it, what lies above is
 * charged double; or by the older rule. Demands in kW, price in yuan per kW and month; two lines, each rounded to the fen.
 */
export function contractDemandCharge(
  contract: Decimal,
  measured: Decimal,
  price: Decimal,
  rule: ContractDemandRule,
  money: MoneyPlaces = FEN,
): ContractDemandCharge {
  const demand = billingDemand(contract, measured, rule);
  const charged = priceLine(demand.charged, price, money);
  if (demand.excess.isZero()) return { contract: charged, excess: null, amount: charged.amount };
  const excess = priceLine(demand.excess, price.times(rule.excessMultiple), money);
  return { contract: charged, excess, amount: charged.amount.plus(excess.amount) };
}

/** Demand charge by actual maximum demand (实际最大需量), kW × price. */
export function actualDemandCharge(measured: Decimal, price: Decimal, money: MoneyPlaces = FEN): PricedLine {
  return priceLine(measured, price, money);
}

/** Demand price after the load-rate rule of 2023-06-01: price × percent (90) where the rate is reached; not rounded. */
export function loadRatePrice(price: Decimal, reached: boolean, percent: Decimal): Decimal {
  return reached ? price.times(percent).div(100) : price;
}

/**
 * Shares a capacity or demand charge over usage categories by their energies, or by their energy charges; to the fen by
 * the largest remainder, so that the parts add up to the charge.
 */
export function shareBasicCharge(charge: Decimal, weights: readonly Decimal[], money: MoneyPlaces = FEN): Decimal[] {
  return shareByLargestRemainder(charge, weights.map((weight) => (weight.isNegative() ? ZERO : weight)), money.decimals);
}

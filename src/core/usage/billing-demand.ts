import { CoreError } from '../errors';
import { Decimal, text, ZERO } from '../quantity';

/** Limits of a contract demand as percent of the approved capacity; null where the region has none. */
export interface ContractLimits {
  readonly floorPercent: Decimal | null;
  readonly capPercent: Decimal | null;
}

/** Lowest contract demand, kW = approved capacity (kVA) × floor %; 40 % of 6300 kVA = 2520 kW. */
export function minimumContractDemand(approvedCapacity: Decimal, floorPercent: Decimal): Decimal {
  return approvedCapacity.times(floorPercent).div(100);
}

/** The contract demand that counts: raised to the floor where it lies below. Above the cap it is refused. */
export function effectiveContractDemand(contract: Decimal, approvedCapacity: Decimal | null, limits: ContractLimits, path = ''): Decimal {
  if (approvedCapacity === null) return contract;
  if (limits.capPercent !== null) {
    const cap = approvedCapacity.times(limits.capPercent).div(100);
    if (contract.greaterThan(cap)) {
      throw new CoreError('USAGE.CONTRACT_DEMAND_ABOVE_CAP', path, { contract: text(contract), cap: text(cap) });
    }
  }
  if (limits.floorPercent === null) return contract;
  const floor = minimumContractDemand(approvedCapacity, limits.floorPercent);
  return contract.lessThan(floor) ? floor : contract;
}

/**
 * `contract-with-tolerance`: the contract is charged up to contract × tolerance %, what lies above that is charged
 * × multiple. `measured-up-to-contract` (older): the measured demand is charged up to the contract, what lies above
 * the contract × multiple.
 */
export interface ContractDemandRule {
  readonly rule: 'contract-with-tolerance' | 'measured-up-to-contract';
  readonly tolerancePercent: Decimal;
  readonly excessMultiple: Decimal;
}

export interface BillingDemand {
  /** kW charged once. */
  readonly charged: Decimal;
  /** kW charged × multiple. */
  readonly excess: Decimal;
}

/** Splits a measured demand, kW, against the contract demand, kW. */
export function billingDemand(contract: Decimal, measured: Decimal, rule: ContractDemandRule): BillingDemand {
  if (rule.rule === 'measured-up-to-contract') {
    if (measured.lessThanOrEqualTo(contract)) return { charged: measured, excess: ZERO };
    return { charged: contract, excess: measured.minus(contract) };
  }
  const allowed = contract.times(rule.tolerancePercent).div(100);
  return { charged: contract, excess: measured.greaterThan(allowed) ? measured.minus(allowed) : ZERO };
}

/**
 * Whether the month's energy per kVA of contract capacity reaches the threshold (≥ 260 kWh, since 2023-06-01),
 * tested on the unrounded quotient. No capacity: never.
 */
export function reachesLoadRate(energy: Decimal, contractCapacity: Decimal, threshold: Decimal): boolean {
  return !contractCapacity.isZero() && energy.greaterThanOrEqualTo(contractCapacity.times(threshold));
}

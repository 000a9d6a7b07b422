import { intersect, type Period } from '../../../core/calendar';
import type { AccountTerms, DocumentSupplyCircuit, DocumentTransformer } from '../../../core/bill';
import type { AccountForBilling, TermsForBilling, TransformerForBilling } from '../../customers';

/** The days of a cycle on which the account is open. */
export function openDays(account: AccountForBilling, cycle: Period): Period | null {
  return intersect(cycle, { from: account.openedOn, to: account.closedOn });
}

/** The account's rules on the billed days; absent values are left out, so that equal documents are equal texts. */
export function termsOf(account: AccountForBilling, period: Period): AccountTerms[] {
  return account.terms.flatMap((terms) => {
    const days = intersect(period, terms);
    return days === null ? [] : [oneTerms(terms, days)];
  });
}

function oneTerms(terms: TermsForBilling, { from, to }: Period): AccountTerms {
  const { contractDemandKw, approvedCapacityKva, powerFactorExemption, policies } = terms;
  return {
    from,
    to,
    priceBook: terms.priceBook,
    planId: terms.planId,
    category: terms.category,
    voltage: terms.voltage,
    chargeMethod: terms.chargeMethod,
    ...(contractDemandKw === null ? {} : { contractDemandKw }),
    ...(approvedCapacityKva === null ? {} : { approvedCapacityKva }),
    powerFactorStandard: terms.powerFactorStandard,
    ...(powerFactorExemption === null ? {} : { powerFactorExemption }),
    ...(policies === null ? {} : { policies }),
  };
}

/** The account's transformers with their states on the billed days, and how far a suspension reaches beyond them. */
export function transformersOf(account: AccountForBilling, period: Period): DocumentTransformer[] {
  return account.transformers.flatMap((transformer) => {
    const states = statesOf(transformer, period);
    if (states.length === 0) return [];
    const { transformerNo, ownership, capacityKva, supplyCircuitNo, loss } = transformer;
    return [
      {
        transformerNo,
        ownership,
        capacityKva,
        ...(supplyCircuitNo === null ? {} : { supplyCircuitNo }),
        ...(loss === null ? {} : { loss }),
        states,
      },
    ];
  });
}

function statesOf(transformer: TransformerForBilling, period: Period): DocumentTransformer['states'] {
  return transformer.states.flatMap(({ state, since, until }) => {
    const days = intersect(period, { from: since, to: until });
    if (days === null) return [];
    return [
      {
        ...days,
        state,
        ...(state === 'suspended' && since < days.from ? { suspendedSince: since } : {}),
        ...(state === 'suspended' && until !== null && until >= days.to && days.to === period.to ? { suspendedUntil: until } : {}),
      },
    ];
  });
}

/** The supply circuits of the billed days, each as it stands at the end of the cycle. */
export function supplyCircuitsOf(account: AccountForBilling, period: Period): DocumentSupplyCircuit[] {
  const last = new Map<string, DocumentSupplyCircuit>();
  for (const { supplyCircuitNo, contractDemandKw, approvedCapacityKva, from, to } of account.supplyCircuits) {
    if (intersect(period, { from, to }) === null) continue;
    last.set(supplyCircuitNo, {
      supplyCircuitNo,
      ...(contractDemandKw === null ? {} : { contractDemandKw }),
      ...(approvedCapacityKva === null ? {} : { approvedCapacityKva }),
    });
  }
  return [...last.values()];
}

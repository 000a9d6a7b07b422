import type { CalculationDocument, DocumentSupplyCircuit } from '../../../core/bill';
import { intersect, type Period } from '../../../core/calendar';
import { resolvePolicies } from '../../../core/policy';
import type { AccountForBilling } from '../../customers';
import type { TariffInForce } from '../../tariff';
import type { Reason } from './bill-order';

/** Whether the account's circuits have a bill each: what its terms, else its tariff, say on the last day of the cycle. */
export function billedByCircuit(account: AccountForBilling, period: Period, inForce: readonly TariffInForce[]): boolean {
  const terms = account.terms.filter((each) => intersect(period, each) !== null).at(-1);
  const tariff = inForce.filter(({ priceBook }) => priceBook === terms?.priceBook).at(-1);
  return resolvePolicies([tariff?.document.policies, terms?.policies ?? undefined]).circuitBills === 'each';
}

/** The documents of an account, or what keeps them from being told apart. */
export interface CircuitDocuments {
  readonly documents: readonly CalculationDocument[];
  readonly reasons: readonly Reason[];
}

/**
 * One document for each circuit that supplies something in the cycle: a usage point, an own transformer, or an agreed
 * demand. All of them say the same but for the circuit; amounts shared out to the account stand on the bill of the
 * first main circuit alone. Reasons where some part belongs to no circuit, so that it would be billed twice or never.
 */
export function documentsByCircuit(whole: CalculationDocument, account: AccountForBilling): CircuitDocuments {
  const circuits = whole.supplyCircuits ?? [];
  if (circuits.length < 2) return { documents: [whole], reasons: [] };
  const reasons = withoutCircuit(whole);
  if (reasons.length > 0) return { documents: [], reasons };
  const billed = circuits.filter((circuit) => supplies(circuit, whole));
  const first = leading(billed, account);
  const { sharedAmounts, ...rest } = whole;
  const documents = billed.map(({ supplyCircuitNo }) => ({
    ...rest,
    billedCircuitNo: supplyCircuitNo,
    ...(sharedAmounts === undefined || supplyCircuitNo !== first ? {} : { sharedAmounts }),
  }));
  return { documents, reasons };
}

function withoutCircuit({ usagePoints, transformers = [], blocks }: CalculationDocument): Reason[] {
  const points = usagePoints.filter(({ role, supplyCircuitNo }) => role === 'billing' && supplyCircuitNo === undefined);
  const own = transformers.filter(({ ownership, supplyCircuitNo }) => ownership === 'own' && supplyCircuitNo === undefined);
  return [
    ...points.map(({ usagePointNo }): Reason => ({ code: 'BILLING.CIRCUIT_MISSING', subject: usagePointNo, params: {} })),
    ...own.map(({ transformerNo }): Reason => ({ code: 'BILLING.CIRCUIT_MISSING', subject: transformerNo, params: {} })),
    ...(blocks === undefined ? [] : [{ code: 'BILLING.BLOCKS_NEED_ONE_BILL', subject: '', params: {} }]),
  ];
}

function supplies({ supplyCircuitNo, contractDemandKw }: DocumentSupplyCircuit, { usagePoints, transformers = [] }: CalculationDocument): boolean {
  const own = (part: { readonly supplyCircuitNo?: string }): boolean => part.supplyCircuitNo === supplyCircuitNo;
  return contractDemandKw !== undefined || usagePoints.some((point) => point.role === 'billing' && own(point)) || transformers.some((each) => each.ownership === 'own' && own(each));
}

/** The circuit whose bill bears what is shared out to the account as a whole. */
function leading(circuits: readonly DocumentSupplyCircuit[], { supplyCircuits }: AccountForBilling): string | undefined {
  const main = new Set(supplyCircuits.filter(({ kind }) => kind === 'main').map(({ supplyCircuitNo }) => supplyCircuitNo));
  const names = circuits.map(({ supplyCircuitNo }) => supplyCircuitNo).sort();
  return names.find((name) => main.has(name)) ?? names[0];
}

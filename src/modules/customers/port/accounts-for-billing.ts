import type { LocalDate } from '../../../core/calendar';
import type { Policies } from '../../../core/policy';
import type { TransformerLoss } from '../../../core/bill/calculation-document';
import type { Category, ChargeMethod, PowerFactorStandard, Voltage } from '../../../core/tariff/vocabulary';

/** What billing asks for: accounts, the days that it bills, half-open, and the revision that its run froze. */
export interface BillingRequest {
  readonly accountIds: readonly string[];
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly frozenRevision: string;
}

/** An account as billing sees it; names and addresses are masked. All periods are cut to the days asked for. */
export interface AccountForBilling {
  readonly accountId: string;
  readonly accountNo: string;
  readonly regionCode: string;
  readonly customerId: string;
  readonly customerNameMasked: string;
  readonly addressMasked: string;
  readonly openedOn: LocalDate;
  readonly closedOn: LocalDate | null;
  readonly terms: readonly TermsForBilling[];
  readonly transformers: readonly TransformerForBilling[];
  readonly supplyCircuits: readonly SupplyCircuitForBilling[];
}

export interface TermsForBilling {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly category: Category;
  readonly voltage: Voltage;
  readonly priceBook: string;
  readonly planId: string;
  readonly chargeMethod: ChargeMethod;
  readonly contractDemandKw: string | null;
  readonly approvedCapacityKva: string | null;
  readonly powerFactorStandard: PowerFactorStandard;
  readonly powerFactorExemption: string | null;
  readonly householdSize: number | null;
  /** Month from which the extra allowance of the household counts, `YYYY-MM`. */
  readonly householdExtensionFrom: string | null;
  readonly lowIncome: boolean;
  readonly policies: Partial<Policies> | null;
}

export interface TransformerForBilling {
  readonly transformerId: string;
  readonly transformerNo: string;
  readonly ownership: 'own' | 'public';
  readonly capacityKva: string;
  readonly voltage: Voltage | null;
  readonly model: string | null;
  readonly supplyCircuitNo: string | null;
  readonly loss: TransformerLoss | null;
  /** In order of time; `since` and `until` are the whole stretch of the state, beyond the days asked for. */
  readonly states: readonly {
    readonly state: 'running' | 'suspended';
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly since: LocalDate;
    readonly until: LocalDate | null;
  }[];
}

export interface SupplyCircuitForBilling {
  readonly supplyCircuitNo: string;
  readonly kind: 'main' | 'standby' | 'security';
  readonly voltage: Voltage;
  readonly contractDemandKw: string | null;
  readonly approvedCapacityKva: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

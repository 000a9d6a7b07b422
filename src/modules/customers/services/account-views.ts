import type { AccountView } from '../dto/account.dto';
import type { SupplyCircuitView } from '../dto/supply-circuit.dto';
import type { TermsView } from '../dto/terms.dto';
import type { TransformerView } from '../dto/transformer.dto';
import type { ShownAccountRow } from '../repositories/accounts.repository';
import type { SupplyCircuitRow, TransformerRow } from '../repositories/supply.repository';
import type { TermsRow } from '../repositories/terms.repository';

export function accountView(row: ShownAccountRow): AccountView {
  return {
    accountId: row.account_id,
    accountNo: row.account_no,
    customerId: row.customer_id,
    premiseId: row.premise_id,
    regionCode: row.region_code,
    customerName: row.name_masked,
    address: row.address_masked,
    externalReference: row.external_reference,
    openedOn: row.opened_on,
    closedOn: row.closed_on,
  };
}

export function termsView(row: TermsRow): TermsView {
  return {
    termsId: row.terms_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    category: row.category as TermsView['category'],
    voltage: row.voltage as TermsView['voltage'],
    priceBook: row.price_book,
    planId: row.plan_id,
    chargeMethod: row.charge_method as TermsView['chargeMethod'],
    contractDemandKw: row.contract_demand_kw,
    approvedCapacityKva: row.approved_capacity_kva,
    powerFactorStandard: row.power_factor_standard as TermsView['powerFactorStandard'],
    powerFactorExemption: row.power_factor_exemption,
    householdSize: row.household_size,
    householdExtensionFrom: row.household_extension_from,
    lowIncome: row.low_income,
    policies: row.policies,
    reason: row.reason,
  };
}

export function circuitView(row: SupplyCircuitRow): SupplyCircuitView {
  return {
    supplyCircuitId: row.supply_circuit_id,
    supplyCircuitNo: row.supply_circuit_no,
    kind: row.kind,
    voltage: row.voltage,
    contractDemandKw: row.contract_demand_kw,
    approvedCapacityKva: row.approved_capacity_kva,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}

export function transformerView(row: TransformerRow): TransformerView {
  return {
    transformerId: row.transformer_id,
    transformerNo: row.transformer_no,
    ownership: row.ownership as TransformerView['ownership'],
    capacityKva: row.capacity_kva,
    voltage: row.voltage,
    model: row.model,
    supplyCircuitNo: row.supply_circuit_no,
    loss: row.loss as TransformerView['loss'] & object | null,
    states: [...row.states],
  };
}

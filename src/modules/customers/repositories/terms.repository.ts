import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import type { TermsValues } from '../dto/terms.dto';
import type { DatedTable } from './dated-rows';

export interface TermsRow {
  readonly terms_id: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly category: string;
  readonly voltage: string;
  readonly price_book: string;
  readonly plan_id: string;
  readonly charge_method: string;
  readonly contract_demand_kw: string | null;
  readonly approved_capacity_kva: string | null;
  readonly power_factor_standard: string;
  readonly power_factor_exemption: string | null;
  readonly household_size: number | null;
  readonly household_extension_from: string | null;
  readonly low_income: boolean;
  readonly policies: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
}

export const TERMS_TABLE: DatedTable = {
  table: 'account_terms',
  key: ['account_id'],
  values: [
    'category', 'voltage', 'price_book', 'plan_id', 'charge_method', 'contract_demand_kw', 'approved_capacity_kva',
    'power_factor_standard', 'power_factor_exemption', 'household_size', 'household_extension_from', 'low_income', 'policies',
  ],
};

/** The values of terms in the order of the table's columns. */
export function termsColumns(terms: TermsValues): unknown[] {
  const policies = terms.policies ?? null;
  return [
    terms.category, terms.voltage, terms.priceBook, terms.planId, terms.chargeMethod, terms.contractDemandKw ?? null,
    terms.approvedCapacityKva ?? null, terms.powerFactorStandard, terms.powerFactorExemption ?? null, terms.householdSize ?? null,
    terms.householdExtensionFrom ?? null, terms.lowIncome ?? false, policies === null ? null : JSON.stringify(policies),
  ];
}

/** SQL of account terms; changes go through the functions of dated rows. */
@Injectable()
export class TermsRepository {
  constructor(private readonly database: Database) {}

  /** Versions not superseded, in order of time. */
  list(accountId: string): Promise<TermsRow[]> {
    return this.database.query<TermsRow>(
      `SELECT *, trim_scale(contract_demand_kw)::text AS contract_demand_kw, trim_scale(approved_capacity_kva)::text AS approved_capacity_kva
       FROM account_terms WHERE account_id = $1 AND superseded_revision IS NULL ORDER BY valid_from`,
      [accountId],
    );
  }
}

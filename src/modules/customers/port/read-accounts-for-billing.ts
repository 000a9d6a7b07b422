import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import type { AccountForBilling, BillingRequest, SupplyCircuitForBilling, TermsForBilling, TransformerForBilling } from './accounts-for-billing';

/** Rows of a table that were in force when a run froze its inputs ($4), and hold on some of its days ($2 to $3). */
const SEEN = (row: string): string => `${row}.recorded_revision <= $4 AND (${row}.superseded_revision IS NULL OR ${row}.superseded_revision > $4)`;
const INSIDE = (row: string): string => `${row}.valid_from < $3 AND (${row}.valid_to IS NULL OR ${row}.valid_to > $2)`;
const CLIPPED = (row: string): string => `greatest(${row}.valid_from, $2::date) AS "from", least(coalesce(${row}.valid_to, $3::date), $3::date) AS "to"`;

type Of<Part> = Part & { readonly accountId: string };
type StateRow = Omit<TransformerForBilling, 'states'> & { readonly accountId: string; readonly state: 'running' | 'suspended' | null; readonly since: string; readonly until: string | null };

/**
 * The accounts of a batch with everything that their bills are made of: four queries, whatever the size of the batch.
 * Answers exactly what was recorded up to the frozen revision.
 */
@Injectable()
export class AccountsForBilling {
  async read(tx: Tx, request: BillingRequest): Promise<AccountForBilling[]> {
    const params = [request.accountIds, request.from, request.to, request.frozenRevision];
    const accounts = await tx.query<Omit<AccountForBilling, 'terms' | 'transformers' | 'supplyCircuits'>[]>(ACCOUNTS, [params[0], params[3]]);
    const terms = grouped(await tx.query<Of<TermsForBilling>[]>(TERMS, params));
    const circuits = grouped(await tx.query<Of<SupplyCircuitForBilling>[]>(CIRCUITS, params));
    const transformers = transformersOf(await tx.query<StateRow[]>(TRANSFORMERS, params), request);
    return accounts.map((account) => ({
      ...account,
      terms: terms.get(account.accountId) ?? [],
      transformers: transformers.get(account.accountId) ?? [],
      supplyCircuits: circuits.get(account.accountId) ?? [],
    }));
  }
}

const ACCOUNTS = `
  SELECT a.account_id AS "accountId", a.account_no AS "accountNo", a.region_code AS "regionCode", a.customer_id AS "customerId",
    c.name_masked AS "customerNameMasked", p.address_masked AS "addressMasked", a.opened_on AS "openedOn",
    CASE WHEN a.closed_revision <= $2 THEN a.closed_on END AS "closedOn"
  FROM accounts a JOIN customers c USING (customer_id) JOIN premises p USING (premise_id)
  WHERE a.account_id = ANY($1::bigint[]) AND a.recorded_revision <= $2
  ORDER BY a.account_id`;

const TERMS = `
  SELECT t.account_id AS "accountId", ${CLIPPED('t')}, t.category, t.voltage, t.price_book AS "priceBook", t.plan_id AS "planId",
    t.charge_method AS "chargeMethod", trim_scale(t.contract_demand_kw)::text AS "contractDemandKw",
    trim_scale(t.approved_capacity_kva)::text AS "approvedCapacityKva", t.power_factor_standard AS "powerFactorStandard",
    t.power_factor_exemption AS "powerFactorExemption", t.household_size AS "householdSize",
    t.household_extension_from AS "householdExtensionFrom", t.low_income AS "lowIncome", t.policies
  FROM account_terms t
  WHERE t.account_id = ANY($1::bigint[]) AND ${SEEN('t')} AND ${INSIDE('t')}
  ORDER BY t.account_id, t.valid_from`;

const CIRCUITS = `
  SELECT s.account_id AS "accountId", ${CLIPPED('s')}, s.supply_circuit_no AS "supplyCircuitNo", s.kind, s.voltage,
    trim_scale(s.contract_demand_kw)::text AS "contractDemandKw", trim_scale(s.approved_capacity_kva)::text AS "approvedCapacityKva"
  FROM supply_circuits s
  WHERE s.account_id = ANY($1::bigint[]) AND ${SEEN('s')} AND ${INSIDE('s')}
  ORDER BY s.account_id, s.supply_circuit_no, s.valid_from`;

/** All states of the transformers, also before and after: a suspension is judged by its whole length. */
const TRANSFORMERS = `
  SELECT t.account_id AS "accountId", t.transformer_id AS "transformerId", t.transformer_no AS "transformerNo", t.ownership,
    trim_scale(t.capacity_kva)::text AS "capacityKva", t.voltage, t.model, t.supply_circuit_no AS "supplyCircuitNo", t.loss,
    s.state, s.valid_from AS since, s.valid_to AS until
  FROM transformers t
  JOIN transformer_states s ON s.transformer_id = t.transformer_id AND ${SEEN('s')}
  WHERE t.account_id = ANY($1::bigint[]) AND ${SEEN('t')}
    AND EXISTS (SELECT 1 FROM transformer_states i WHERE i.transformer_id = t.transformer_id AND ${SEEN('i')} AND ${INSIDE('i')})
  ORDER BY t.account_id, t.transformer_no, s.valid_from`;

function grouped<Part>(rows: readonly Of<Part>[]): Map<string, Part[]> {
  const groups = new Map<string, Part[]>();
  for (const { accountId, ...part } of rows) {
    const group = groups.get(accountId);
    if (group) group.push(part as Part);
    else groups.set(accountId, [part as Part]);
  }
  return groups;
}

type State = { readonly state: 'running' | 'suspended'; readonly since: string; readonly until: string | null };

/** One transformer for its rows; neighbouring rows of one state are one stretch, and stretches outside the days fall away. */
function transformersOf(rows: readonly StateRow[], { from, to }: BillingRequest): Map<string, TransformerForBilling[]> {
  const byAccount = new Map<string, TransformerForBilling[]>();
  const stretches = new Map<string, State[]>();
  for (const { accountId, state, since, until, ...transformer } of rows) {
    let states = stretches.get(transformer.transformerId);
    if (states === undefined) {
      states = [];
      stretches.set(transformer.transformerId, states);
      const known = byAccount.get(accountId) ?? [];
      byAccount.set(accountId, [...known, { ...transformer, states: [] }]);
    }
    const last = states.at(-1);
    if (state !== null && last !== undefined && last.state === state && last.until === since) states[states.length - 1] = { ...last, until };
    else if (state !== null) states.push({ state, since, until });
  }
  const cut = (each: TransformerForBilling): TransformerForBilling => ({
    ...each,
    states: (stretches.get(each.transformerId) ?? [])
      .filter(({ since, until }) => since < to && (until === null || until > from))
      .map((stretch) => ({ ...stretch, from: later(stretch.since, from), to: stretch.until === null ? to : earlier(stretch.until, to) })),
  });
  return new Map([...byAccount].map(([accountId, transformers]) => [accountId, transformers.map(cut)]));
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

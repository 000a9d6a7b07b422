import { billNoOf } from '../../src/modules/billing';
import { bindSuccessors } from '../../src/modules/billing/cancellations/successions';
import { OpenReceivables } from '../../src/modules/collection/open-receivables';
import { Database } from '../../src/platform/database';
import type { TestApp } from './app';

export interface OwingAccount {
  readonly accountId: string;
  readonly accountNo: string;
}

/** Accounts of one customer, set-based and without terms, in the order of their numbers. */
export async function addOwingAccounts({ db }: Pick<TestApp, 'db'>, count: number, regionCode = 'R1'): Promise<OwingAccount[]> {
  const { rows } = await db.query<OwingAccount>(
    `with c as (insert into customers (kind, name_enc, name_hash, name_masked) values ('person', '', '', '王*') returning customer_id),
     p as (insert into premises (region_code, address_enc, address_masked) values ($2, '', '*') returning premise_id),
     serial as (select coalesce(max(account_no::bigint), 2000000000) as last from accounts)
     insert into accounts (account_no, customer_id, premise_id, region_code, opened_on)
     select (last + n)::text, customer_id, premise_id, $2, '2020-01-01' from c, p, serial, generate_series(1, $1::int) n
     returning account_id as "accountId", account_no as "accountNo"`,
    [count, regionCode],
  );
  return rows.sort((a, b) => (a.accountNo < b.accountNo ? -1 : 1));
}

export interface BillToRelease {
  readonly accountId: string;
  /** Total, yuan; negative where the customer is owed. */
  readonly total: string;
  readonly category?: string;
}

/**
 * Bills with these totals, released today as a run of their own; due 15 days later. They take the place of cancelled bills
 * of the same accounts and period, as those of a rebill run do. Answers the receivables' ids by account.
 */
export async function releaseBills(app: Pick<TestApp, 'db' | 'get'>, period: string, bills: readonly BillToRelease[]): Promise<Map<string, string>> {
  await app.db.query('select ensure_period_partitions($1)', [period]);
  const { rows: [run] } = await app.db.query<{ runId: string }>(`select nextval(pg_get_serial_sequence('billing_runs', 'run_id')) as "runId"`);
  const { rows: ids } = await app.db.query<{ id: string }>(`select nextval('bill_ids') as id from generate_series(1, $1::int)`, [bills.length]);
  const runId = run?.runId ?? '';
  await app.db.query(
    `insert into bills (period, bill_id, bill_no, run_id, account_id, account_no, supply_circuit, kind, cycle_from, cycle_to, region_code, category, plan_id,
       currency, total_amount, net_amount, tax_amount, funds_amount, energy_kwh, line_count, tariff_hashes, engine_version, document_hash, result_hash)
     select $1, b.id, b.bill_no, $2, b.account_id, a.account_no, b.id::text, 'periodic', ($1 || '-01')::date,
            ($1 || '-28')::date, a.region_code, b.category, 'p', 'CNY', b.total, b.total, 0, 0, 10, 1, '{}', '1', '', ''
       from unnest($3::bigint[], $4::numeric[], $5::text[], $6::bigint[], $7::text[]) as b (account_id, total, category, id, bill_no) join accounts a using (account_id)`,
    [period, runId, bills.map((bill) => bill.accountId), bills.map((bill) => bill.total), bills.map((bill) => bill.category ?? 'residential'), ids.map(({ id }) => id), ids.map(({ id }) => billNoOf(period, id))],
  );
  await app.db.query(
    `insert into billing_runs (run_id, period, kind, population, population_hash, state, frozen_revision, created_by, released_by, released_at)
     overriding system value values ($1, $2, 'regular', '{"by": "all"}', repeat('0', 64), 'released', 0, 1, 2, app_now())`,
    [runId, period],
  );
  await app.get(Database).transaction(async (tx) => {
    await bindSuccessors(tx, runId, period);
    await app.get(OpenReceivables).openFor(tx, { runId, period });
  });
  const { rows } = await app.db.query<{ account_id: string; receivable_id: string }>('select account_id, receivable_id from receivables where run_id = $1', [runId]);
  return new Map(rows.map((row) => [row.account_id, row.receivable_id]));
}

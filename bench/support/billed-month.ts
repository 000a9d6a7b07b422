import { Client } from 'pg';

/** The month whose generated bills wait for their release. */
export const BILLED_PERIOD = '2026-05';

/**
 * Bills as figures alone, in a thousand: 850 households, 100 shops, 50 factories; five are negative, one is zero.
 * Tax is 13 % inside the total, the funds are 0.0277 yuan a kWh. $1 is the number of accounts, later the run.
 */
const STATEMENTS = [
  `create temp table member as
   select n, 'R' || (1 + n % 8) as region, category, kwh, case when n % 200 = 7 then -round(kwh * 0.1, 2) when n % 1000 = 3 then 0 else round(kwh * price, 2) end as total
     from generate_series(1::bigint, $1::bigint) n
    cross join lateral (values (case when n % 1000 < 850 then 'residential' when n % 1000 < 950 then 'general-industrial-commercial' else 'large-industrial' end,
                                (case when n % 1000 < 850 then 180 when n % 1000 < 950 then 1800 else 90000 end + n % 97)::numeric,
                                case when n % 1000 < 850 then 0.5380 when n % 1000 < 950 then 0.7914 else 0.6402 end)) as use (category, kwh, price)`,
  `insert into customers (kind, name_enc, name_hash, name_masked) select 'person', '\\x00', int8send(n), '*' from member order by n`,
  `insert into premises (region_code, address_enc, address_masked) select region, '\\x00', '*' from member order by n`,
  `insert into accounts (account_no, customer_id, premise_id, region_code, opened_on) select lpad(n::text, 10, '0'), n, n, region, '2019-01-01' from member order by n`,
  `select ensure_period_partitions('${BILLED_PERIOD}')`,
  `insert into bills (period, bill_id, bill_no, run_id, account_id, account_no, kind, cycle_from, cycle_to, region_code, category, plan_id, currency,
     total_amount, net_amount, tax_amount, funds_amount, energy_kwh, line_count, tariff_hashes, engine_version, document_hash, result_hash)
   select '${BILLED_PERIOD}', nextval('bill_ids'), '202605' || lpad(n::text, 11, '0'), $1, n, lpad(n::text, 10, '0'), 'periodic', '2026-05-01', '2026-06-01',
          region, category, 'generated', 'CNY', total, total - tax, tax, case when total > 0 then round(kwh * 0.0277, 2) else 0 end, kwh, 8, '{}', 'generated', '', ''
     from member cross join lateral (select round(total * 13 / 113, 2) as tax) t order by n`,
  `insert into billing_run_intervals (run_id, interval_no, first_account_id, last_account_id, state, population, billed, total_amount, finished_at)
   select $1, n / 500, min(n), max(n), 'done', count(*), count(*), sum(total), app_now() from member group by n / 500`,
  `insert into billing_run_members (run_id, account_id, interval_no) select $1, n, n / 500 from member order by n`,
] as const;

/** Held money and its journals come into being in one statement, as the ledger demands; every second account holds less than its bill. */
const PREPAYMENTS = `
  with held as materialized (
    select n, greatest(0.01, round(abs(total) * case when n % 2 = 0 then 0.4 else 2.5 end, 2)) as amount, nextval('journal_numbers') as journal_id
      from member where n * 7919 % 100 < $1),
  kept as (insert into account_prepayments (account_id, balance) select n, amount from held),
  journal as (
    insert into journals (journal_id, kind, period, source_id, posted_on) select journal_id, 'payment', '2026-04', n, '2026-04-20' from held)
  insert into journal_entries (journal_id, entry_no, ledger_code, account_id, amount)
  select journal_id, entry_no, code, account_id, amount
    from (select journal_id, 1::smallint as entry_no, '1002' as code, null::bigint as account_id, amount from held
          union all select journal_id, 2::smallint, '2203', n, -amount from held) side`;

/**
 * Fills an empty, migrated database with so many accounts and their verified, unreleased bills, generated and not
 * computed; works as the owner. Answers the id of the run.
 */
export async function fillBilledMonth(ownerUrl: string, accounts: number, prepaidPercent: number, createdBy: string): Promise<string> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ run_id: string }>(
      `insert into billing_runs (period, kind, population, population_hash, state, frozen_revision, created_by)
       values ($1, 'regular', '{"by":"all"}', repeat('0', 64), 'verified', 1, $2) returning run_id`,
      [BILLED_PERIOD, createdBy],
    );
    const runId = rows[0]?.run_id ?? '';
    for (const sql of STATEMENTS) await client.query(sql, sql.includes('$1') ? [sql.includes('generate_series') ? accounts : runId] : []);
    if (prepaidPercent > 0) await client.query(PREPAYMENTS, [prepaidPercent]);
    await client.query('drop table member');
    await client.query('vacuum (analyze)');
    return runId;
  } finally {
    await client.end();
  }
}

import { Client } from 'pg';

/** The month that benchmarks bill: every price book of their accounts covers it. */
export const BENCH_PERIOD = '2026-05';

/**
 * Who is served, in a thousand accounts: 85 % households with yearly blocks, half of them time-of-use; 10 % shops with
 * time-of-use meters behind current transformers; 5 % two-part factories with priced components, own transformer and losses.
 */
const MIX = `
  (values
    (0, 425, 'household', 'zhejiang', 'residential', 'residential', 'below-1kv', 'none', null::numeric, 'none', false, 'low-low', 1, 180),
    (425, 850, 'tou-household', 'zhejiang', 'residential', 'residential-time-of-use', 'below-1kv', 'none', null, 'none', true, 'low-low', 1, 220),
    (850, 950, 'shop', 'shanghai', 'general-industrial-commercial', 'industrial-commercial-single-part', 'below-1kv', 'none', 80, 'none', true, 'low-low', 30, 60),
    (950, 1000, 'factory', 'guangdong', 'large-industrial', 'industrial-commercial-two-part', '1-10kv', 'capacity', 630, '0.90', true, 'high-low', 120, 700)
  ) as mix (first, last, kind, price_book, category, plan_id, voltage, charge_method, capacity, standard, tou, mode, ct, kwh)`;

/** A thousandth spread over the accounts, so that every interval holds the whole mix. */
const SLOT = '(n * 619) % 1000';

const REGISTERS = `
  (values ('total', 1.0, true, true, true, true), ('peak', 0.6, false, true, true, true), ('valley', 0.3, false, true, true, true),
          ('reactive-forward', 0.3, false, false, false, true), ('reactive-reverse', 0.02, false, false, false, true)
  ) as dial (register, share, household, tou_household, shop, factory)`;

/** What each statement fills; $1 is the number of accounts. Readings of three month's ends give a usual use. */
const STATEMENTS = [
  `create temp table member as
   select n::bigint as n, 'R' || (1 + n % 8) as region, mix.* from generate_series(1, $1::int) n join ${MIX} on ${SLOT} >= first and ${SLOT} < last`,
  `insert into customers (kind, name_enc, name_hash, name_masked) select 'person', '\\x00', int8send(n), '*' from member order by n`,
  `insert into premises (region_code, address_enc, address_masked) select region, '\\x00', '*' from member order by n`,
  `insert into accounts (account_no, customer_id, premise_id, region_code, opened_on)
   select lpad(n::text, 10, '0'), n, n, region, '2019-01-01' from member order by n`,
  `insert into account_terms (account_id, valid_from, category, voltage, price_book, plan_id, charge_method, approved_capacity_kva, power_factor_standard, recorded_by)
   select n, '2019-01-01', category, voltage, price_book, plan_id, charge_method, capacity, standard, 1 from member order by n`,
  `insert into transformers (account_id, transformer_no, ownership, capacity_kva, loss, recorded_by)
   select n, 'T1', 'own', capacity, '{"method":"formula","noLoadLossKw":"0.81","loadLossKw":"6.2","noLoadCurrentPercent":"0.6","impedanceVoltagePercent":"4.5"}', 1
     from member where kind = 'factory' order by n`,
  `insert into transformer_states (transformer_id, state, valid_from, recorded_by) select transformer_id, 'running', '2019-01-01', 1 from transformers`,
  `insert into usage_points (usage_point_no, account_id) select 'B' || lpad(n::text, 10, '0'), n from member order by n`,
  `insert into usage_point_versions (usage_point_id, valid_from, kind, role, time_of_use, metering_mode, transformer_no, recorded_by)
   select n, '2019-01-01', 'metered', 'billing', tou, mode, case when kind = 'factory' then 'T1' end, 1 from member order by n`,
  `insert into meters (asset_no, phases) select 'M' || lpad(n::text, 10, '0'), case when ct = 1 then 1 else 3 end from member order by n`,
  `create temp table dials as
   select n, register, share, kwh from member join ${REGISTERS}
     on case kind when 'household' then household when 'tou-household' then tou_household when 'shop' then shop else factory end`,
  `insert into meter_registers (meter_id, register, dial_digits, decimals) select n, register, 6, 2 from dials order by n`,
  `insert into meter_installations (meter_id, usage_point_id) select n, n from member order by n`,
  `insert into meter_installation_versions (installation_id, meter_id, usage_point_id, installed_on, pt_primary, pt_secondary, ct_primary, ct_secondary, recorded_by)
   select n, n, n, '2019-01-01', 1, 1, ct, 1, 1 from member order by n`,
  `insert into readings (installation_id, register, read_on, reading, kind, source, recorded_by)
   select n, register, day, round(((2000 + n % 5000 + month * (kwh + n % 97)) * share)::numeric, 2), 'periodic', 'automatic', 1
     from dials, (values (0, date '2026-04-01'), (1, date '2026-05-01'), (2, date '2026-06-01')) as reads (month, day) order by n, register, day`,
] as const;

/** Fills an empty, migrated database with so many accounts and their readings; works as the owner, set-based. */
export async function fillCompany(ownerUrl: string, accounts: number): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const sql of STATEMENTS) await client.query(sql, sql.includes('$1') ? [accounts] : []);
    await client.query('vacuum (analyze)');
  } finally {
    await client.end();
  }
}

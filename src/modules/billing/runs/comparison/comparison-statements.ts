import { samePlace } from '../checks/bill-pairs';

/** Bills of two runs side by side: $1 run, $2 its period, $3 other run, $4 its period. Bills of the same place make a pair. */
const SIDES = `
  one as (select bill_id, bill_no, account_id, account_no, supply_circuit, kind, category, region_code, total_amount, energy_kwh
            from bills where period = $2 and run_id = $1),
  two as (select bill_id, bill_no, account_id, account_no, supply_circuit, kind, category, region_code, total_amount, energy_kwh
            from bills where period = $4 and run_id = $3)`;

const PAIR = samePlace('one', 'two');

/** All pairs in one pass: more, less and equal, with what they differ by, and bands of change; $5 bounds. */
export const DIFFERENCES = `
  with ${SIDES},
  pair as materialized (select one.total_amount - two.total_amount as difference, two.total_amount as base from one join two on ${PAIR}),
  banded as (select width_bucket(difference * 100 / abs(base), $5::numeric[]) as band, count(*)::int as bills from pair where base <> 0 group by 1)
  select count(*)::int as both, count(*) filter (where difference > 0)::int as "moreBills", count(*) filter (where difference < 0)::int as "lessBills",
         coalesce(sum(difference) filter (where difference > 0), 0)::numeric(18,2)::text as "moreAmount",
         coalesce(-sum(difference) filter (where difference < 0), 0)::numeric(18,2)::text as "lessAmount",
         (select coalesce(json_object_agg(band, bills), '{}') from banded) as bands
    from pair`;

/**
 * Bill by bill, the biggest difference first: $5 category, $6 region, $7 more or less, $8 account, $9 size and $10 place of
 * the last one seen, $11 how many. Bills that are equal stand at the end.
 */
export const BILL_BY_BILL = `
  with ${SIDES},
  pair as (
    select coalesce(one.account_no, two.account_no) as "accountNo", coalesce(one.supply_circuit, two.supply_circuit) as "supplyCircuit",
           coalesce(one.region_code, two.region_code) as "regionCode", coalesce(one.category, two.category) as category,
           one.bill_no as "billNo", one.total_amount::text as amount, one.energy_kwh::text as "energyKwh",
           two.bill_no as "withBillNo", two.total_amount::text as "withAmount", two.energy_kwh::text as "withEnergyKwh",
           coalesce(one.total_amount, 0) - coalesce(two.total_amount, 0) as difference, coalesce(one.bill_id, two.bill_id) as place
      from one full join two on ${PAIR})
  select "accountNo", "supplyCircuit", "regionCode", category, "billNo", amount, "energyKwh", "withBillNo", "withAmount", "withEnergyKwh",
         difference::text, abs(difference)::text as size, place::text
    from pair
   where ($5::text is null or category = $5) and ($6::text is null or "regionCode" = $6)
     and ($7::text is null or ($7 = 'more' and difference > 0) or ($7 = 'less' and difference < 0))
     and ($8::text is null or "accountNo" = $8)
     and ($9::numeric is null or (abs(pair.difference), -pair.place) < ($9::numeric, -$10::bigint))
   order by abs(pair.difference) desc, pair.place limit $11`;

/**
 * What a run is compared with unless somebody says otherwise: of the other regular runs of its period the released one that
 * shares most accounts with it, or the computed one that does; the newest of equal ones.
 */
export const REFERENCE = `
  select o.run_id as "withRunId" from billing_runs r
    join billing_runs o on o.period = r.period and o.kind = 'regular' and o.run_id <> r.run_id and o.state in ('computed', 'checked', 'verified', 'released')
    cross join lateral (
      select count(*) as accounts from billing_run_members one join billing_run_members two using (account_id)
       where one.run_id = r.run_id and one.exclusion_code is null and two.run_id = o.run_id and two.exclusion_code is null) shared
   where r.run_id = $1 order by (o.state = 'released' and shared.accounts > 0) desc, shared.accounts desc, o.run_id desc limit 1`;

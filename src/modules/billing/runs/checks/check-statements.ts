import { samePlace } from './bill-pairs';

/** Bounds of the bands in which changes are counted, percent of last month's amount. */
export const CHANGE_BOUNDS = [-50, -20, -10, -5, 0, 5, 10, 20, 50, 100] as const;

/** Accounts that a run, `$run`, stands for: its members without those whose bill of the period is another run's. */
const accountsOf = ($run: string): string =>
  `select account_id from billing_run_members where run_id = ${$run} and coalesce(exclusion_code, '') not in ('IN_ANOTHER_RUN', 'ALREADY_BILLED')`;

/** The released bills of a month for the accounts that a run stands for: $1 period, $2 run. */
export const RELEASED_BILLS = `
  select b.* from bills b join billing_runs r using (run_id) join (${accountsOf('$2')}) m using (account_id)
   where b.period = $1 and b.live and r.state = 'released'`;

/** The bills of a run: $1 period, $2 run. */
export const RUN_BILLS = `select * from bills where period = $1 and run_id = $2`;

/** Bills by category and region in one pass. */
export const groupsOf = (bills: string): string => `
  select category, region_code as "regionCode", count(*) filter (where supply_circuit = '')::int as accounts, count(*)::int as bills,
         sum(energy_kwh)::text as "energyKwh", sum(total_amount)::text as amount,
         count(*) filter (where total_amount = 0)::int as zero, count(*) filter (where total_amount < 0)::int as negative
    from (${bills}) b group by category, region_code order by category, region_code`;

/** Accounts that are billed by circuit; few, so that counting them apart spares a sort of all bills. */
export const circuitsOf = (bills: string): string => `
  select category, region_code as "regionCode", count(distinct account_id)::int as accounts
    from (${bills}) b where supply_circuit <> '' group by grouping sets ((category), (region_code), ())`;

/**
 * Bills of the run with last month's released one of the same account, circuit and place: $1 run, $2 period, $3 month before,
 * $4 percent, $5 yuan; `jump` passes both limits. A bill after one of zero has no percentage, and jumps by its yuan alone.
 */
const PAIRED = `
  now as (select bill_id, bill_no, account_id, account_no, category, region_code, supply_circuit, kind, total_amount
            from bills where period = $2 and run_id = $1),
  was as (select b.account_id, b.supply_circuit, b.kind, b.total_amount as last_amount
            from bills b join billing_runs r using (run_id) where b.period = $3 and b.live and r.state = 'released'),
  pair as materialized (
    select n.bill_id, n.bill_no, n.account_no, n.category, n.region_code, n.total_amount as amount, w.last_amount,
           abs(n.total_amount - w.last_amount) as change,
           abs(n.total_amount - w.last_amount) > $5::numeric
             and abs(n.total_amount - w.last_amount) * 100 > abs(w.last_amount) * $4::numeric as jump
      from now n join was w on ${samePlace('n', 'w')})`;

const BILL = `account_no as "accountNo", bill_no as "billNo", category, amount::text, last_amount::text as "lastAmount"`;

/** All pairs in one pass: bands of change, how many jump, and the biggest jumps ($6 bounds, $7 how many). */
export const PAIRS = `
  with ${PAIRED},
  banded as (select width_bucket((amount - last_amount) * 100 / abs(last_amount), $6::numeric[]) as band, count(*)::int as bills
               from pair where last_amount <> 0 group by 1)
  select (select count(*)::int from pair) as pairs, (select count(*)::int from pair where jump) as jumps,
         (select coalesce(json_object_agg(band, bills), '{}') from banded) as bands,
         (select coalesce(json_agg(b), '[]') from (
            select ${BILL} from pair where jump order by change desc, bill_id limit $7) b) as "jumpBills"`;

/** Jumps page by page, the biggest first: $6 category, $7 region, $8 up or down, $9 change and $10 bill of the last one seen, $11 how many. */
export const JUMP_PAGE = `
  with ${PAIRED}
  select ${BILL}, region_code as "regionCode", bill_id as "billId", change::text
    from pair
   where jump and ($6::text is null or category = $6) and ($7::text is null or region_code = $7)
     and ($8::text is null or ($8 = 'up') = (amount > last_amount))
     and ($9::numeric is null or (pair.change, -bill_id) < ($9::numeric, -$10::bigint))
   order by pair.change desc, bill_id limit $11`;

/** Striking bills of a run ($1 run, $2 period, $3 month before, $4 how many) with last month's beside them. */
export const strikingBills = (condition: string, order: string): string => `
  with n as (select * from bills where period = $2 and run_id = $1 and ${condition} order by ${order}, account_no limit $4)
  select n.account_no as "accountNo", n.bill_no as "billNo", n.category, n.total_amount::text as amount,
         (select w.total_amount::text from bills w join billing_runs r using (run_id)
           where w.period = $3 and ${samePlace('n', 'w')} and w.live and r.state = 'released' limit 1) as "lastAmount"
    from n order by ${order.replaceAll('total_amount', 'n.total_amount')}, n.account_no`;

/** Accounts with exceptions by code, replaced ones left out, and as many of the same accounts in last month's runs: $1 run, $2 month before. */
export const EXCEPTIONS = `
  with own as (select code, count(*) filter (where state = 'open')::int as accounts, count(distinct account_id)::int as found
                 from billing_exceptions where run_id = $1 and state <> 'superseded' group by code),
       last as (select e.code, count(distinct e.account_id)::int as found
                 from billing_exceptions e join billing_runs r using (run_id) join (${accountsOf('$1')}) m using (account_id)
                 where r.period = $2 and r.kind = 'regular' and r.state = 'released' and e.state <> 'superseded' group by e.code)
  select code, coalesce(own.accounts, 0) as accounts, coalesce(own.found, 0) as found, coalesce(last.found, 0) as "lastFound"
    from own full join last using (code) order by code`;

/** Tariff versions that the run's bills name, with their days as recorded now: $1 period, $2 run, $3 first day, $4 day after the last. */
export const TARIFFS = `
  with used as (select tariff_hashes, count(*)::int as bills, sum(energy_kwh) as energy, sum(total_amount) as amount
                  from bills where period = $1 and run_id = $2 group by tariff_hashes),
       each as (select hash, sum(bills)::int as bills, coalesce(sum(bills) filter (where cardinality(tariff_hashes) > 1), 0)::int as shared,
                       sum(energy)::text as energy, sum(amount)::text as amount
                  from used cross join unnest(tariff_hashes) as hash group by hash)
  select each.hash, v.price_book as "priceBook", v.version, v.valid_from as "validFrom", v.valid_to as "validTo",
         case when v.state is distinct from 'published' then 'not-published' when v.valid_to <= $3::date then 'expired'
              when v.valid_to < $4::date then 'ends-in-period' else 'in-force' end as standing,
         each.bills, each.shared as "sharedBills", each.energy as "energyKwh", each.amount
    from each left join lateral (
      select t.price_book, t.version, t.state, coalesce(y.valid_from, t.valid_from) as valid_from, coalesce(y.valid_to, t.valid_to) as valid_to
        from tariff_versions t left join tariff_validities y on y.tariff_version_id = t.tariff_version_id and y.superseded_revision is null
       where t.content_hash = each.hash order by t.tariff_version_id desc limit 1) v on true
   order by v.price_book, v.valid_from, each.hash`;

/** Where the run's accounts are by its intervals, and what members and exceptions say to it: $1 run. */
export const POPULATION = `
  select i.*, (select count(*)::int from billing_run_members where run_id = $1 and exclusion_code is not null) as "excludedMembers",
         (select count(*)::int from billing_exceptions where run_id = $1 and state = 'open') as "openExceptions"
    from (select coalesce(sum(population), 0)::int as accounts, coalesce(sum(population - billed - excluded - exceptions), 0)::int as pending,
                 coalesce(sum(billed), 0)::int as billed, coalesce(sum(excluded), 0)::int as excluded,
                 coalesce(sum(exceptions), 0)::int as exceptions, coalesce(sum(total_amount), 0)::text as amount
            from billing_run_intervals where run_id = $1) i`;

/** Accounts left out, by reason: $1 run. */
export const EXCLUSIONS = `
  select exclusion_code as code, count(*)::int as accounts from billing_run_members
   where run_id = $1 and exclusion_code is not null group by exclusion_code order by exclusion_code`;

import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../../platform/database';
import type { CheckReport, CodeCount, JumpLimits, SampleBill, TotalsRow } from './check-report';
import { RESULT_HASH } from '../run-result';

/** The bills of the run as `now`, and the released bills of the month before as `was`; $1 run, $2 period, $3 month before. */
const COMPARED = `
  now as (select * from bills where period = $2 and run_id = $1),
  was as (select b.* from bills b join billing_runs r using (run_id) where b.period = $3 and b.live and r.state = 'released')`;

const SAMPLES = 20;

function totalsBy(column: string): string {
  return `with ${COMPARED},
    a as (select ${column} as key, count(distinct account_id) as accounts, sum(energy_kwh) as energy, sum(total_amount) as amount from now group by 1),
    b as (select ${column} as key, count(distinct account_id) as accounts, sum(energy_kwh) as energy, sum(total_amount) as amount from was group by 1)
    select coalesce(a.key, b.key) as key, coalesce(a.accounts, 0)::int as accounts,
           coalesce(a.energy, 0)::text as "energyKwh", coalesce(a.amount, 0)::numeric(18,2)::text as amount,
           coalesce(b.accounts, 0)::int as "lastAccounts", coalesce(b.energy, 0)::text as "lastEnergyKwh",
           coalesce(b.amount, 0)::numeric(18,2)::text as "lastAmount"
      from a full join b on a.key = b.key order by 1`;
}

/** Accounts whose bills differ from last month's by more than both limits; $4 percent, $5 yuan. */
const JUMPS = `
  pair as (select n.account_no, n.bill_no, n.category, n.total_amount as amount, w.total_amount as last_amount
             from now n join was w on w.account_id = n.account_id and w.supply_circuit = n.supply_circuit and w.kind = n.kind),
  jump as (select * from pair
            where abs(amount - last_amount) > $5::numeric and abs(amount - last_amount) * 100 > abs(last_amount) * $4::numeric)`;

interface RunKeys {
  readonly runId: string;
  readonly period: string;
  readonly comparedWith: string;
}

/** Reads a run's figures for its report, each with one set-based statement. */
@Injectable()
export class CheckRepository {
  async report(tx: Tx, run: RunKeys, limits: JumpLimits): Promise<CheckReport> {
    const keys = [run.runId, run.period, run.comparedWith];
    const [counts] = await tx.query<{ zero: number; negative: number; jumps: number }[]>(
      `with ${COMPARED}, ${JUMPS}
       select count(*) filter (where total_amount = 0)::int as zero, count(*) filter (where total_amount < 0)::int as negative,
              (select count(*)::int from jump) as jumps from now`,
      [...keys, limits.percent, limits.yuan],
    );
    const [total] = await tx.query<TotalsRow[]>(totalsBy(`'total'`), keys);
    const [hash] = await tx.query<{ encode: string }[]>(RESULT_HASH, [run.runId]);
    return {
      period: run.period,
      comparedWith: run.comparedWith,
      resultHash: hash?.encode ?? '',
      limits,
      byCategory: await tx.query<TotalsRow[]>(totalsBy('category'), keys),
      byRegion: await tx.query<TotalsRow[]>(totalsBy('region_code'), keys),
      total: total ?? { key: 'total', accounts: 0, energyKwh: '0', amount: '0', lastAccounts: 0, lastEnergyKwh: '0', lastAmount: '0' },
      zeroBills: counts?.zero ?? 0,
      negativeBills: counts?.negative ?? 0,
      jumps: counts?.jumps ?? 0,
      jumpBills: await this.jumpBills(tx, keys, limits),
      largestBills: await this.samples(tx, keys, 'true', 'n.total_amount desc'),
      negativeBillSamples: await this.samples(tx, keys, 'n.total_amount < 0', 'n.total_amount'),
      exceptions: await this.exceptions(tx, run.runId),
      exclusions: await this.exclusions(tx, run.runId),
      tariffs: await tx.query<{ hash: string; bills: number }[]>(
        `select hash, count(*)::int as bills from bills, unnest(tariff_hashes) as hash where run_id = $1 and period = $2 group by hash order by hash`,
        [run.runId, run.period],
      ),
    };
  }

  private jumpBills(tx: Tx, keys: readonly string[], limits: JumpLimits): Promise<SampleBill[]> {
    return tx.query<SampleBill[]>(
      `with ${COMPARED}, ${JUMPS}
       select account_no as "accountNo", bill_no as "billNo", category, amount::text, last_amount::text as "lastAmount"
         from jump order by abs(amount - last_amount) desc, account_no limit ${String(SAMPLES)}`,
      [...keys, limits.percent, limits.yuan],
    );
  }

  private samples(tx: Tx, keys: readonly string[], condition: string, order: string): Promise<SampleBill[]> {
    return tx.query<SampleBill[]>(
      `with ${COMPARED}, n as (select * from now n where ${condition} order by ${order}, n.account_no limit ${String(SAMPLES)})
       select n.account_no as "accountNo", n.bill_no as "billNo", n.category, n.total_amount::text as amount,
              (select w.total_amount::text from was w
                where w.account_id = n.account_id and w.supply_circuit = n.supply_circuit and w.kind = n.kind limit 1) as "lastAmount"
         from n order by ${order}, n.account_no`,
      [...keys],
    );
  }

  private exceptions(tx: Tx, runId: string): Promise<CodeCount[]> {
    return tx.query<CodeCount[]>(
      `select code, count(*)::int as accounts from billing_exceptions where run_id = $1 and state = 'open' group by code order by code`,
      [runId],
    );
  }

  private exclusions(tx: Tx, runId: string): Promise<CodeCount[]> {
    return tx.query<CodeCount[]>(
      `select exclusion_code as code, count(*)::int as accounts from billing_run_members
        where run_id = $1 and exclusion_code is not null group by exclusion_code order by exclusion_code`,
      [runId],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { addMonths, type LocalMonth } from '../../../../core/calendar';
import { Database, type Tx } from '../../../../platform/database';
import { samePlace } from '../checks/bill-pairs';
import type { Judgement, SampleBillRow, SampleHead, SampleOrder, SampleReason, SampleSettlement } from './sample';

/** However many pairs of category and plan there are. */
const MOST_BILLS = 1_000;

/** The place of an account in the order that the seed ($3) gives, from 0 to 1,000,000,006. */
const PLACES = '1000000007';
const PLACE = `abs(hashint8extended(b.account_id, $3::bigint) % ${PLACES})`;

const HEAD = `
  select s.sample_id as "sampleId", s.seed::text, s.random_bills as random, s.largest_bills as largest, s.jump_bills as jumps,
         s.drawn_by as "drawnBy", s.drawn_at as "drawnAt", part.*
    from billing_run_samples s
    cross join lateral (
      select count(*)::int as bills, (count(*) filter (where verdict is null and settled is null))::int as open,
             (count(*) filter (where verdict = 'wrong' and settled is null))::int as wrong
        from billing_run_sample_bills b where b.sample_id = s.sample_id) part`;

/** A bill that was drawn, and why. */
export interface DrawnBill {
  readonly billId: string;
  readonly reason: SampleReason;
}

interface RunOfSample {
  readonly runId: string;
  readonly period: LocalMonth;
}

/** The samples of runs: what was drawn, how it was judged, how it ended. */
@Injectable()
export class SampleRepository {
  constructor(private readonly database: Database) {}

  /**
   * Bills at random: in each category and plan those whose accounts come first in an order that the seed gives, as many
   * as its share of all bills, and one at least.
   */
  async drawRandom(tx: Tx, run: RunOfSample, { random, seed }: SampleOrder): Promise<DrawnBill[]> {
    return tx.query<DrawnBill[]>(
      // Only bills near the front of the order are sorted: three times as many as are wanted, and a few for small parts.
      `with parts as (
         select category, plan_id, count(*) as members, greatest(1, round($4::numeric * count(*) / sum(count(*)) over ())) as wanted
           from bills where period = $2 and run_id = $1 group by category, plan_id),
       near as (
         select b.bill_id, b.category, b.plan_id, parts.wanted, ${PLACE} as place
           from bills b join parts using (category, plan_id)
          where b.period = $2 and b.run_id = $1 and ${PLACE} < (3 * parts.wanted + 20) * ${PLACES} / parts.members),
       placed as (select bill_id, wanted, row_number() over (partition by category, plan_id order by place, bill_id) as rank from near)
       select bill_id as "billId", 'random' as reason from placed where rank <= wanted order by rank, bill_id limit $5`,
      [run.runId, run.period, seed, random, MOST_BILLS],
    );
  }

  async insert(tx: Tx, runId: string, { seed, random, largest, jumps }: SampleOrder, drawnBy: string): Promise<string> {
    const [row] = await tx.query<{ sample_id: string }[]>(
      `insert into billing_run_samples (run_id, seed, random_bills, largest_bills, jump_bills, drawn_by)
       values ($1, $2, $3, $4, $5, $6) returning sample_id`,
      [runId, seed, random, largest, jumps, drawnBy],
    );
    if (!row) throw new Error('the sample was not recorded');
    return row.sample_id;
  }

  /** Adds bills to a sample as they stand, each with the released one of the month before beside it. */
  async addBills(tx: Tx, sampleId: string, period: LocalMonth, drawn: readonly DrawnBill[]): Promise<void> {
    if (drawn.length === 0) return;
    await tx.query(
      `insert into billing_run_sample_bills (sample_id, bill_no, account_id, account_no, region_code, category, plan_id, energy_kwh, total_amount,
                                             last_bill_no, last_energy_kwh, last_amount, drawn_as)
       select $1, b.bill_no, b.account_id, b.account_no, b.region_code, b.category, b.plan_id, b.energy_kwh, b.total_amount,
              w.bill_no, w.energy_kwh, w.total_amount, drawn.reasons
         from (select bill_id, array_agg(distinct reason) as reasons from unnest($4::bigint[], $5::text[]) as d (bill_id, reason) group by bill_id) drawn
         join bills b on b.period = $2 and b.bill_id = drawn.bill_id
         left join lateral (
           select l.bill_no, l.energy_kwh, l.total_amount from bills l join billing_runs r on r.run_id = l.run_id and r.state = 'released'
            where l.period = $3 and ${samePlace('b', 'l')} and l.live limit 1) w on true`,
      [sampleId, period, addMonths(period, -1), drawn.map(({ billId }) => billId), drawn.map(({ reason }) => reason)],
    );
  }

  /** Adds bills that came into being after samples were drawn to the newest sample of the run, and to these others of it. */
  async addRecomputed(tx: Tx, { runId, period }: RunOfSample, otherIds: readonly string[], billIds: readonly string[]): Promise<void> {
    const newest = await this.newest(tx, runId);
    const drawn = billIds.map((billId) => ({ billId, reason: 'recomputed' as const }));
    for (const sampleId of new Set([...otherIds, ...(newest ? [newest.sampleId] : [])])) await this.addBills(tx, sampleId, period, drawn);
  }

  /** The samples of a run, the newest first. */
  list(runId: string, limit: number, before: string | undefined): Promise<SampleHead[]> {
    return this.database.query<SampleHead>(
      `${HEAD} where s.run_id = $1 and ($2::bigint is null or s.sample_id < $2) order by s.sample_id desc limit $3`,
      [runId, before ?? null, limit],
    );
  }

  async find(runId: string, sampleId: string): Promise<SampleHead | undefined> {
    const [row] = await this.database.query<SampleHead>(`${HEAD} where s.run_id = $1 and s.sample_id = $2`, [runId, sampleId]);
    return row;
  }

  /** The newest sample of a run; to be called under the lock of the run, which all changes of its samples take. */
  async newest(tx: Tx, runId: string): Promise<SampleHead | undefined> {
    const [row] = await tx.query<SampleHead[]>(`${HEAD} where s.run_id = $1 order by s.sample_id desc limit 1`, [runId]);
    return row;
  }

  bills(sampleId: string): Promise<SampleBillRow[]> {
    return this.database.query<SampleBillRow>(
      `select bill_no as "billNo", account_no as "accountNo", region_code as "regionCode", category, plan_id as "planId",
              energy_kwh::text as "energyKwh", total_amount::text as amount, last_bill_no as "lastBillNo",
              last_energy_kwh::text as "lastEnergyKwh", last_amount::text as "lastAmount", drawn_as as "drawnAs", verdict, note,
              looked_by as "lookedBy", looked_at as "lookedAt", settled, settled_by as "settledBy", settled_at as "settledAt",
              settled_reason as "settledReason"
         from billing_run_sample_bills where sample_id = $1 order by category, plan_id, account_no, bill_no`,
      [sampleId],
    );
  }

  /** Numbers of the bills of any sample of the run that were found wrong and are not settled. */
  async wrongBills(tx: Tx, runId: string): Promise<string[]> {
    const rows = await tx.query<{ bill_no: string }[]>(
      `select distinct bill_no from billing_run_sample_bills join billing_run_samples using (sample_id)
        where run_id = $1 and verdict = 'wrong' and settled is null order by bill_no limit 100`,
      [runId],
    );
    return rows.map((row) => row.bill_no);
  }

  /** Standing of some bills of a sample of this run, by bill number. */
  async standings(tx: Tx, runId: string, sampleId: string, billNos: readonly string[]): Promise<Map<string, Pick<SampleBillRow, 'verdict' | 'settled'>>> {
    const rows = await tx.query<Pick<SampleBillRow, 'billNo' | 'verdict' | 'settled'>[]>(
      `select bill_no as "billNo", verdict, settled from billing_run_sample_bills join billing_run_samples using (sample_id)
        where run_id = $1 and sample_id = $2 and bill_no = any($3::text[])`,
      [runId, sampleId, billNos],
    );
    return new Map(rows.map((row) => [row.billNo, row]));
  }

  async judge(tx: Tx, sampleId: string, judgements: readonly Judgement[], by: string): Promise<void> {
    await tx.query(
      `update billing_run_sample_bills b set verdict = j.verdict, note = j.note, looked_by = $2, looked_at = app_now()
         from unnest($3::text[], $4::text[], $5::text[]) as j (bill_no, verdict, note)
        where b.sample_id = $1 and b.bill_no = j.bill_no`,
      [sampleId, by, judgements.map(({ billNo }) => billNo), judgements.map(({ verdict }) => verdict), judgements.map(({ note }) => note)],
    );
  }

  async override(tx: Tx, sampleId: string, billNo: string, by: string, reason: string): Promise<void> {
    await tx.query(
      `update billing_run_sample_bills set settled = 'overridden', settled_by = $3, settled_at = app_now(), settled_reason = $4
        where sample_id = $1 and bill_no = $2`,
      [sampleId, billNo, by, reason],
    );
  }

  /** Settles the drawn bills of an account in every sample of the run; answers the samples that had any. */
  async settleAccount(tx: Tx, runId: string, accountId: string, how: SampleSettlement, by: string, reason: string): Promise<string[]> {
    const rows = await tx.query<{ sample_id: string }[]>(
      `update billing_run_sample_bills b set settled = $3, settled_by = $4, settled_at = app_now(), settled_reason = $5
         from billing_run_samples s
        where s.sample_id = b.sample_id and s.run_id = $1 and b.account_id = $2 and b.settled is null returning b.sample_id`,
      [runId, accountId, how, by, reason],
    );
    return [...new Set(rows.map((row) => row.sample_id))];
  }
}

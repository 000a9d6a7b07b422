import { Injectable } from '@nestjs/common';
import { monthPeriod } from '../../../../core/calendar';
import { dec } from '../../../../core/quantity';
import { Database, type Tx } from '../../../../platform/database';
import { AppError } from '../../../../platform/errors';
import { RESULT_HASH } from '../run-result';
import type { ChangeBand, CheckReport, CodeCount, ExceptionCount, JumpLimits, PopulationCounts, SampleBill, TariffUse, TotalsRow } from './check-report';
import * as sql from './check-statements';
import { type BillGroup, type CircuitAccounts, countOf, type MonthFigures, totalsBy, trendOf } from './check-totals';

const SAMPLES = 20;

export interface RunKeys {
  readonly runId: string;
  readonly period: string;
  readonly comparedWith: string;
}

interface Pairs {
  readonly pairs: number;
  readonly jumps: number;
  readonly bands: Readonly<Record<string, number>>;
  readonly jumpBills: readonly SampleBill[];
}

/** A jump in the list of all of them. */
export interface Jump extends SampleBill {
  readonly regionCode: string;
  readonly billId: string;
  /** Yuan, without sign. */
  readonly change: string;
}

export interface JumpFilter {
  readonly category?: string | undefined;
  readonly regionCode?: string | undefined;
  readonly direction?: 'up' | 'down' | undefined;
}

/** Reads a run's figures for its report, set-based: two passes over each month's bills and one join of both. */
@Injectable()
export class CheckRepository {
  constructor(private readonly database: Database) {}

  /** Throws BILLING.POPULATION_DIFFERS where the intervals counted other than bills, exceptions and members say. */
  async report(tx: Tx, run: RunKeys, limits: JumpLimits): Promise<CheckReport> {
    const now = await this.month(tx, sql.RUN_BILLS, [run.period, run.runId]);
    const last = await this.month(tx, sql.RELEASED_BILLS, [run.comparedWith, run.runId]);
    const [total = EMPTY] = totalsBy('total', now, last);
    const pairs = await this.pairs(tx, run, limits);
    const exceptions = await this.exceptions(tx, run);
    const [hash] = await tx.query<{ encode: string }[]>(RESULT_HASH, [run.runId]);
    return {
      period: run.period,
      comparedWith: run.comparedWith,
      resultHash: hash?.encode ?? '',
      limits,
      population: await this.population(tx, run.runId, total),
      byCategory: totalsBy('category', now, last),
      byRegion: totalsBy('regionCode', now, last),
      total,
      zeroBills: countOf(now, 'zero'),
      lastZeroBills: countOf(last, 'zero'),
      negativeBills: countOf(now, 'negative'),
      lastNegativeBills: countOf(last, 'negative'),
      newBills: countOf(now, 'bills') - pairs.pairs,
      goneBills: countOf(last, 'bills') - pairs.pairs,
      changes: bandsOf(pairs.bands),
      jumps: pairs.jumps,
      jumpBills: pairs.jumpBills,
      largestBills: await this.striking(tx, run, 'true', 'total_amount desc'),
      negativeBillSamples: await this.striking(tx, run, 'total_amount < 0', 'total_amount'),
      zeroBillSamples: await this.striking(tx, run, 'total_amount = 0', 'energy_kwh desc'),
      exceptions,
      exclusions: await tx.query<CodeCount[]>(sql.EXCLUSIONS, [run.runId]),
      tariffs: await this.tariffs(tx, run),
      withoutTariff: exceptions.filter(({ code }) => code.startsWith('TARIFF.')).reduce((all, { accounts }) => all + accounts, 0),
    };
  }

  /** Jumps of a run, the biggest first, after the one with this change and bill. */
  jumps(run: RunKeys, limits: JumpLimits, filter: JumpFilter, limit: number, after: readonly string[] | undefined): Promise<Jump[]> {
    return this.database.transaction(async (tx) => {
      await tx.query(`set local work_mem = '64MB'`);
      return tx.query<Jump[]>(sql.JUMP_PAGE, [
        run.runId,
        run.period,
        run.comparedWith,
        limits.percent,
        limits.yuan,
        filter.category ?? null,
        filter.regionCode ?? null,
        filter.direction ?? null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        limit,
      ]);
    });
  }

  private async month(tx: Tx, bills: string, params: readonly string[]): Promise<MonthFigures> {
    const groups = await tx.query<BillGroup[]>(sql.groupsOf(bills), [...params]);
    const byCircuit = groups.some((group) => group.accounts < group.bills);
    return { groups, circuits: byCircuit ? await tx.query<CircuitAccounts[]>(sql.circuitsOf(bills), [...params]) : [] };
  }

  private async pairs(tx: Tx, run: RunKeys, limits: JumpLimits): Promise<Pairs> {
    const params = [run.runId, run.period, run.comparedWith, limits.percent, limits.yuan, sql.CHANGE_BOUNDS, SAMPLES];
    const [row] = await tx.query<Pairs[]>(sql.PAIRS, params);
    return row ?? { pairs: 0, jumps: 0, bands: {}, jumpBills: [] };
  }

  private striking(tx: Tx, run: RunKeys, condition: string, order: string): Promise<SampleBill[]> {
    return tx.query<SampleBill[]>(sql.strikingBills(condition, order), [run.runId, run.period, run.comparedWith, SAMPLES]);
  }

  private async exceptions(tx: Tx, run: RunKeys): Promise<ExceptionCount[]> {
    const rows = await tx.query<Omit<ExceptionCount, 'trend'>[]>(sql.EXCEPTIONS, [run.runId, run.comparedWith]);
    return rows.map((row) => ({ ...row, trend: trendOf(row.found, row.lastFound) }));
  }

  private tariffs(tx: Tx, { runId, period }: RunKeys): Promise<TariffUse[]> {
    const { from, to } = monthPeriod(period);
    return tx.query<TariffUse[]>(sql.TARIFFS, [period, runId, from, to]);
  }

  private async population(tx: Tx, runId: string, total: TotalsRow): Promise<PopulationCounts> {
    const [row] = await tx.query<(PopulationCounts & { amount: string; excludedMembers: number; openExceptions: number })[]>(sql.POPULATION, [runId]);
    if (!row) throw new Error('an aggregate has a row');
    const { amount, excludedMembers, openExceptions, ...counts } = row;
    const holds =
      counts.pending === 0 &&
      counts.billed === total.accounts &&
      counts.excluded === excludedMembers &&
      counts.exceptions === openExceptions &&
      dec(amount).equals(dec(total.amount));
    if (holds) return counts;
    const counted = `${String(counts.billed)} + ${String(counts.excluded)} + ${String(counts.exceptions)}, ${amount}`;
    const found = `${String(total.accounts)} + ${String(excludedMembers)} + ${String(openExceptions)}, ${total.amount}`;
    throw new AppError('BILLING.POPULATION_DIFFERS', { params: { counted, found } });
  }
}

const EMPTY: TotalsRow = { key: 'total', accounts: 0, energyKwh: '0', amount: '0.00', lastAccounts: 0, lastEnergyKwh: '0', lastAmount: '0.00' };

/** Bands out of the numbers of `width_bucket` over CHANGE_BOUNDS. */
export function bandsOf(counts: Readonly<Record<string, number>>): ChangeBand[] {
  const bounds = sql.CHANGE_BOUNDS;
  return Array.from({ length: bounds.length + 1 }, (_, band) => ({
    from: bounds[band - 1] ?? null,
    to: bounds[band] ?? null,
    bills: counts[String(band)] ?? 0,
  }));
}

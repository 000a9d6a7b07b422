import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../../platform/database';
import { bandsOf } from '../checks/check.repository';
import { CHANGE_BOUNDS, circuitsOf, groupsOf, RUN_BILLS } from '../checks/check-statements';
import { type BillGroup, type CircuitAccounts, countOf, type MonthFigures, totalsBy } from '../checks/check-totals';
import type { ComparedBill, ComparedFilter, ComparedRuns, Comparison } from './comparison';
import { BILL_BY_BILL, DIFFERENCES, REFERENCE } from './comparison-statements';

interface DifferenceRow {
  readonly both: number;
  readonly moreBills: number;
  readonly lessBills: number;
  readonly moreAmount: string;
  readonly lessAmount: string;
  readonly bands: Readonly<Record<string, number>>;
}

const NO_TOTAL = { key: 'total', accounts: 0, energyKwh: '0', amount: '0.00', lastAccounts: 0, lastEnergyKwh: '0', lastAmount: '0.00' };
const NO_PAIRS: DifferenceRow = { both: 0, moreBills: 0, lessBills: 0, moreAmount: '0.00', lessAmount: '0.00', bands: {} };

/** Sets the bills of two runs against each other, set-based. */
@Injectable()
export class ComparisonRepository {
  constructor(private readonly database: Database) {}

  /** The run that another one is compared with by itself, or undefined. */
  async reference(runId: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ withRunId: string }>(REFERENCE, [runId]);
    return row?.withRunId;
  }

  compare(runs: ComparedRuns): Promise<Comparison> {
    return this.reading(async (tx) => {
      const one = await this.figures(tx, runs.period, runs.runId);
      const two = await this.figures(tx, runs.withPeriod, runs.withRunId);
      const [pairs = NO_PAIRS] = await tx.query<DifferenceRow[]>(DIFFERENCES, [...sidesOf(runs), CHANGE_BOUNDS]);
      const [total = NO_TOTAL] = totalsBy('total', one, two);
      return {
        ...runs,
        total,
        byCategory: totalsBy('category', one, two),
        byRegion: totalsBy('regionCode', one, two),
        both: pairs.both,
        more: { bills: pairs.moreBills, amount: pairs.moreAmount },
        less: { bills: pairs.lessBills, amount: pairs.lessAmount },
        equal: pairs.both - pairs.moreBills - pairs.lessBills,
        onlyInRun: countOf(one, 'bills') - pairs.both,
        onlyInOther: countOf(two, 'bills') - pairs.both,
        changes: bandsOf(pairs.bands),
      };
    });
  }

  /** Bill by bill, the biggest difference first, after the one of this size and place. */
  bills(runs: ComparedRuns, { category, regionCode, direction, accountNo }: ComparedFilter, limit: number, after?: readonly string[]): Promise<ComparedBill[]> {
    const filter = [category, regionCode, direction, accountNo, after?.[0], after?.[1]].map((value) => value ?? null);
    return this.reading((tx) => tx.query<ComparedBill[]>(BILL_BY_BILL, [...sidesOf(runs), ...filter, limit]));
  }

  private reading<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.database.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '2min'; set local work_mem = '64MB'`);
      return work(tx);
    });
  }

  private async figures(tx: Tx, period: string, runId: string): Promise<MonthFigures> {
    const groups = await tx.query<BillGroup[]>(groupsOf(RUN_BILLS), [period, runId]);
    const byCircuit = groups.some((group) => group.accounts < group.bills);
    return { groups, circuits: byCircuit ? await tx.query<CircuitAccounts[]>(circuitsOf(RUN_BILLS), [period, runId]) : [] };
  }
}

const sidesOf = ({ runId, period, withRunId, withPeriod }: ComparedRuns): string[] => [runId, period, withRunId, withPeriod];

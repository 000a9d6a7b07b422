import { Injectable } from '@nestjs/common';
import { AppError } from '../../../../platform/errors';
import { RunQueries, type RunRow } from '../run-queries';
import type { RunState } from '../run-states';
import type { ComparedBill, ComparedFilter, ComparedRuns, Comparison } from './comparison';
import { ComparisonRepository } from './comparison.repository';

/** States in which a run has all of its bills. */
const WHOLE: readonly RunState[] = ['computed', 'checked', 'verified', 'released'];

/** What another tariff would do: a trial against a real run, as a whole and bill by bill. Reads only. */
@Injectable()
export class CompareRuns {
  constructor(
    private readonly runs: RunQueries,
    private readonly comparisons: ComparisonRepository,
  ) {}

  /**
   * Throws BILLING.RUN_NOT_FOUND, BILLING.RUN_STATE for a run that is not computed, and BILLING.NOTHING_TO_COMPARE_WITH
   * where no run is named and the period has no regular one.
   */
  async compare(runId: string, withRunId: string | undefined): Promise<Comparison> {
    return this.comparisons.compare(await this.pair(runId, withRunId));
  }

  /** As `compare`, bill by bill. */
  async bills(runId: string, withRunId: string | undefined, filter: ComparedFilter, limit: number, after?: readonly string[]): Promise<ComparedBill[]> {
    return this.comparisons.bills(await this.pair(runId, withRunId), filter, limit, after);
  }

  private async pair(runId: string, given: string | undefined): Promise<ComparedRuns> {
    const run = await this.whole(runId);
    const withRunId = given ?? (await this.comparisons.reference(runId));
    if (withRunId === undefined) throw new AppError('BILLING.NOTHING_TO_COMPARE_WITH', { params: { period: run.period } });
    const other = await this.whole(withRunId);
    return { runId, period: run.period, withRunId, withPeriod: other.period };
  }

  private async whole(runId: string): Promise<RunRow> {
    const run = await this.runs.run(runId);
    if (!WHOLE.includes(run.state)) throw new AppError('BILLING.RUN_STATE', { params: { state: run.state, allowed: WHOLE.join(', ') } });
    return run;
  }
}

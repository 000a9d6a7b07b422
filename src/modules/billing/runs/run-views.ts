import { Injectable } from '@nestjs/common';
import { count, round, text } from '../../../core/quantity';
import { ExceptionRow, remediesFor } from './exception-queries';
import type { ExceptionView } from './dto/exception.dto';
import type { RunSummaryView, RunVerificationView, RunView } from './dto/run.view';
import { IntervalQueries } from './intervals/interval-queries';
import { RunQueries, type RunRow } from './run-queries';

/** Percent with one decimal, cut down, so that 100.0 means done. */
function percentOf(part: number, whole: number): string {
  if (whole === 0) return '0.0';
  return text(round(count(part).times(100).div(count(whole)), 1, 'down'), 1);
}

/** A run as lists show it. */
export function summaryOf(row: RunRow): RunSummaryView {
  const { runId, period, kind, state, population, accounts, billed, excluded, exceptions, totalAmount, createdBy, releasedBy } = row;
  return {
    runId,
    period,
    kind,
    state,
    population,
    counts: { accounts, pending: accounts - billed - excluded - exceptions, billed, excluded, exceptions },
    totalAmount,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    releasedBy,
    releasedAt: row.releasedAt?.toISOString() ?? null,
  };
}

/** An exception as the work list shows it. */
export function exceptionView({ released, ...row }: ExceptionRow): ExceptionView {
  return {
    ...row,
    remedies: remediesFor({ ...row, released }),
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}

/** Puts a run's full view together. */
@Injectable()
export class RunViews {
  constructor(
    private readonly queries: RunQueries,
    private readonly intervals: IntervalQueries,
  ) {}

  /** Throws BILLING.RUN_NOT_FOUND. */
  async view(runId: string): Promise<RunView> {
    const row = await this.queries.run(runId);
    const pace = await this.queries.pace(runId);
    const summary = summaryOf(row);
    const { counts } = summary;
    return {
      ...summary,
      frozenRevision: row.frozenRevision,
      resultHash: row.resultHash,
      tariffs: row.tariffs,
      waitsFor: row.state === 'draft' ? ((await this.queries.waiting(runId)) ?? null) : null,
      verification: await this.verification(row),
      progress: {
        percent: percentOf(counts.accounts - counts.pending, counts.accounts),
        accountsPerSecond: pace.accountsPerSecond,
        startedAt: pace.startedAt?.toISOString() ?? null,
        expectedEnd: pace.expectedEnd?.toISOString() ?? null,
        intervals: await this.intervals.counts(runId),
        workers: (await this.queries.workers(runId)).map((worker) => ({ ...worker, lastSeenAt: worker.lastSeenAt.toISOString() })),
      },
      transitions: (await this.queries.transitions(runId)).map((each) => ({ ...each, changedAt: each.changedAt.toISOString() })),
    };
  }

  /** The verification that holds now: one that was taken back, or that another result had, is history. */
  private async verification({ runId, state }: RunRow): Promise<RunVerificationView | null> {
    if (state !== 'verified' && state !== 'released') return null;
    const found = await this.queries.verification(runId);
    return found === undefined ? null : { ...found, verifiedAt: found.verifiedAt.toISOString() };
  }
}

import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../../platform/auth';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf } from '../../../../platform/http';
import { Idempotent } from '../../../../platform/idempotency';
import { RUNS_TAG } from '../../billing.tags';
import { RunQueries } from '../run-queries';
import { IntervalQueries, type IntervalRow } from './interval-queries';
import { IntervalListQuery, IntervalView, ResumeBody, ResumedView } from './interval.dto';
import { ResumeIntervals } from './resume-intervals';

/** An interval as lists show it. */
export function intervalView(row: IntervalRow): IntervalView {
  return { ...row, notBefore: row.notBefore?.toISOString() ?? null, faultAt: row.faultAt?.toISOString() ?? null };
}

/** The pieces of a run's work: which were given up, and putting them back to work. */
@ApiTags(RUNS_TAG)
@Controller('v1/billing-runs/:runId')
export class IntervalsController {
  constructor(
    private readonly runs: RunQueries,
    private readonly intervals: IntervalQueries,
    private readonly resumeIntervals: ResumeIntervals,
  ) {}

  @Get('intervals')
  @Permit('billing.run.read')
  @Operation({ summary: 'List the intervals of a run with their attempts and faults', errors: ['BILLING.RUN_NOT_FOUND'], responseType: pageOf(IntervalView) })
  async list(@Param('runId', IdParam) runId: string, @Query() query: IntervalListQuery): Promise<Page<IntervalView>> {
    await this.runs.run(runId);
    const [after] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.intervals.list(runId, query.state, query.limit + 1, after), query.limit, (row) => [String(row.intervalNo)], intervalView);
  }

  @Post('resumption')
  @Permit('billing.run.create')
  @Idempotent()
  @Operation({
    summary: 'Put parked intervals of a run back to work, once what they failed with is mended',
    status: 202,
    errors: ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.NOTHING_PARKED'],
    responseType: ResumedView,
  })
  async resume(@Param('runId', IdParam) runId: string, @Body() body: ResumeBody, @CurrentActor() actor: Actor): Promise<ResumedView> {
    const resumed = await this.resumeIntervals.resume(runId, actor, body.reason, body.intervalNo ?? null);
    return { runId, resumed: resumed.length };
  }
}

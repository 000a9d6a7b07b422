import { Body, Controller, Get, MessageEvent, Param, Post, Query, Req, Res, Sse, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { decodeCursor, IdParam, languageOf, Operation, Page, pageFrom, pageOf, PageQuery } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { RUNS_TAG } from '../billing.tags';
import { CheckRun, type RunCheck } from './checks/check-run';
import { CreateRun } from './create-run';
import { DiscardRun } from './discard-run';
import { RunCheckView } from './dto/check.view';
import { CheckBody, ReasonBody, RunListQuery, StartRunBody } from './dto/run.input';
import { ReleaseView, RunSummaryView, RunView } from './dto/run.view';
import { ReleaseRun } from './release-run';
import { RunEvents } from './run-events';
import { RunExists } from './run-exists.guard';
import { RunQueries } from './run-queries';
import { RunViews, summaryOf } from './run-views';

const checkView = (check: RunCheck): RunCheckView => ({ ...check, madeAt: check.madeAt.toISOString() });

/** Starting and watching billing runs. */
@ApiTags(RUNS_TAG)
@Controller('v1/billing-runs')
export class RunsController {
  constructor(
    private readonly createRun: CreateRun,
    private readonly queries: RunQueries,
    private readonly views: RunViews,
    private readonly events: RunEvents,
  ) {}

  @Post()
  @Permit('billing.run.create')
  @Idempotent()
  @Operation({
    summary: 'Start a billing run; the one that runs already for this period, kind and population is answered again',
    status: 202,
    errors: ['BILLING.POPULATION_UNKNOWN', 'BILLING.TRIAL_TARIFF_UNKNOWN', 'BILLING.NOTHING_TO_REBILL', 'BILLING.PERIOD_DETACHED'],
    responseType: RunView,
  })
  async start(@Body() body: StartRunBody, @CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<RunView> {
    const { runId } = await this.createRun.create(body, actor);
    response.setHeader('Location', `/v1/billing-runs/${runId}`);
    return this.views.view(runId);
  }

  @Get()
  @Permit('billing.run.read')
  @Operation({ summary: 'List billing runs, the newest first', responseType: pageOf(RunSummaryView) })
  async list(@Query() query: RunListQuery): Promise<Page<RunSummaryView>> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.queries.runs(query, query.limit + 1, before), query.limit, (row) => [row.runId], summaryOf);
  }

  @Get(':runId')
  @Permit('billing.run.read')
  @Operation({ summary: 'Show a billing run with counts, progress and history', errors: ['BILLING.RUN_NOT_FOUND'], responseType: RunView })
  show(@Param('runId', IdParam) runId: string): Promise<RunView> {
    return this.views.view(runId);
  }

  @Sse(':runId/events')
  @UseGuards(RunExists)
  @Permit('billing.run.read')
  @Operation({
    summary: 'Follow a billing run as server-sent events',
    description: 'An event "run" with the run\'s view every second while it changes; the stream ends when nothing is pending, or with an event "error" that carries a problem.',
    errors: ['BILLING.RUN_NOT_FOUND'],
    produces: 'text/event-stream',
    example: 'event: run\ndata: {"runId":"17","state":"computing"}\n\n',
  })
  follow(@Param('runId', IdParam) runId: string, @Req() request: Request): Observable<MessageEvent> {
    return this.events.follow(runId, languageOf(request));
  }
}

/** Decisions about a run: check, release, discard. */
@ApiTags(RUNS_TAG)
@Controller('v1/billing-runs/:runId')
export class RunDecisionsController {
  constructor(
    private readonly checkRun: CheckRun,
    private readonly releaseRun: ReleaseRun,
    private readonly discardRun: DiscardRun,
    private readonly views: RunViews,
  ) {}

  @Post('checks')
  @Permit('billing.run.verify')
  @Operation({
    summary: 'Compare a computed run with the month before and mark it checked',
    errors: ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.SUB_METER_BILLS_DIFFER', 'BILLING.POPULATION_DIFFERS'],
    responseType: RunCheckView,
  })
  async check(@Param('runId', IdParam) runId: string, @Body() body: CheckBody, @CurrentActor() actor: Actor): Promise<RunCheckView> {
    return checkView(await this.checkRun.check(runId, actor, { percent: body.jumpPercent, yuan: body.jumpYuan }));
  }

  @Get('checks')
  @Permit('billing.run.read')
  @Operation({ summary: 'List the check reports of a run, the newest first', errors: ['BILLING.RUN_NOT_FOUND'], responseType: pageOf(RunCheckView) })
  async checks(@Param('runId', IdParam) runId: string, @Query() query: PageQuery): Promise<Page<RunCheckView>> {
    await this.views.view(runId);
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.checkRun.list(runId, query.limit + 1, before), query.limit, (row) => [row.checkId], checkView);
  }

  @Post('release')
  @Permit('billing.run.release')
  @Idempotent()
  @Operation({
    summary: 'Release a checked run: its bills become valid and receivables are opened; never by the person who started it',
    status: 200,
    errors: ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.TRIAL_NOT_RELEASED', 'BILLING.RUN_EMPTY', 'BILLING.OTHER_PERIOD_COMPUTING', 'APPROVAL.SAME_PERSON'],
    responseType: ReleaseView,
  })
  async release(@Param('runId', IdParam) runId: string, @Body() body: ReasonBody, @CurrentActor() actor: Actor): Promise<ReleaseView> {
    return { runId, ...(await this.releaseRun.release(runId, actor, body.reason)) };
  }

  @Post('discard')
  @Permit('billing.run.discard')
  @Operation({
    summary: 'Throw an unreleased run away; its drafts are removed, and the period can be computed again',
    status: 202,
    errors: ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.OTHER_PERIOD_COMPUTING'],
    responseType: RunView,
  })
  async discard(@Param('runId', IdParam) runId: string, @Body() body: ReasonBody, @CurrentActor() actor: Actor): Promise<RunView> {
    await this.discardRun.discard(runId, actor, body.reason);
    return this.views.view(runId);
  }
}

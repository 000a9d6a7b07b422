import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../../platform/auth';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf, PageQuery, TextParam } from '../../../../platform/http';
import { Idempotent } from '../../../../platform/idempotency';
import { RUNS_TAG } from '../../billing.tags';
import { ReasonBody } from '../dto/run.input';
import { RunQueries } from '../run-queries';
import { SampleBody, SampleSummaryView, SampleView, VerdictsBody } from './dto/sample.dto';
import { DrawSample, freshSeed } from './draw-sample';
import { JudgeSample } from './judge-sample';
import { SampleRepository } from './sample.repository';
import { sampleSummary, SampleViews } from './sample-views';

const BILL_NO = new TextParam({ maxLength: 17, pattern: /^\d{17}$/ });

/** Bills of a checked run that people look at before it is verified. */
@ApiTags(RUNS_TAG)
@Controller('v1/billing-runs/:runId/samples')
export class SamplesController {
  constructor(
    private readonly runs: RunQueries,
    private readonly samples: SampleRepository,
    private readonly views: SampleViews,
    private readonly drawing: DrawSample,
    private readonly judging: JudgeSample,
  ) {}

  @Post()
  @Permit('billing.run.verify')
  @Idempotent()
  @Operation({
    summary: 'Draw a sample of a checked run: at random from each category and plan, the largest bills, and the biggest jumps',
    errors: ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE'],
    responseType: SampleView,
  })
  async draw(@Param('runId', IdParam) runId: string, @Body() body: SampleBody, @CurrentActor() actor: Actor): Promise<SampleView> {
    const { random, largest, jumps, seed = freshSeed() } = body;
    return this.views.view(runId, await this.drawing.draw(runId, { random, largest, jumps, seed }, actor));
  }

  @Get()
  @Permit('billing.run.read')
  @Operation({ summary: 'List the samples of a run, the newest first', errors: ['BILLING.RUN_NOT_FOUND'], responseType: pageOf(SampleSummaryView) })
  async list(@Param('runId', IdParam) runId: string, @Query() query: PageQuery): Promise<Page<SampleSummaryView>> {
    await this.runs.run(runId);
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.samples.list(runId, query.limit + 1, before), query.limit, (row) => [row.sampleId], sampleSummary);
  }

  @Get(':sampleId')
  @Permit('billing.run.read')
  @Operation({ summary: "Show a sample: each bill with last month's beside it, and what was found", errors: ['BILLING.SAMPLE_NOT_FOUND'], responseType: SampleView })
  show(@Param('runId', IdParam) runId: string, @Param('sampleId', IdParam) sampleId: string): Promise<SampleView> {
    return this.views.view(runId, sampleId);
  }

  @Post(':sampleId/verdicts')
  @Permit('billing.run.verify')
  @Operation({
    summary: 'Say which bills of a sample are right and which are wrong; a wrong one keeps the run from being verified until it is settled',
    status: 200,
    errors: ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.SAMPLE_NOT_FOUND', 'BILLING.SAMPLE_BILL_REFUSED'],
    responseType: SampleView,
  })
  async judge(
    @Param('runId', IdParam) runId: string,
    @Param('sampleId', IdParam) sampleId: string,
    @Body() body: VerdictsBody,
    @CurrentActor() actor: Actor,
  ): Promise<SampleView> {
    const judgements = body.verdicts.map(({ billNo, verdict, note = null }) => ({ billNo, verdict, note }));
    await this.judging.judge(runId, sampleId, judgements, actor);
    return this.views.view(runId, sampleId);
  }

  @Post(':sampleId/bills/:billNo/override')
  @Permit('billing.run.verify')
  @Operation({
    summary: 'Let a bill through that was found wrong, with a reason',
    status: 200,
    errors: ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.SAMPLE_NOT_FOUND', 'BILLING.SAMPLE_BILL_NOT_WRONG'],
    responseType: SampleView,
  })
  async override(
    @Param('runId', IdParam) runId: string,
    @Param('sampleId', IdParam) sampleId: string,
    @Param('billNo', BILL_NO) billNo: string,
    @Body() body: ReasonBody,
    @CurrentActor() actor: Actor,
  ): Promise<SampleView> {
    await this.judging.override(runId, sampleId, billNo, actor, body.reason);
    return this.views.view(runId, sampleId);
  }
}

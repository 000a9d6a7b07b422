import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Permit } from '../../../../platform/auth';
import { decodeCursor, IdParam, isId, languageOf, Operation, Page, pageFrom, pageOf } from '../../../../platform/http';
import { PAGE_POLICY } from '../../bills/page/style';
import { RUNS_TAG } from '../../billing.tags';
import { comparisonPage } from '../page/comparison-page';
import { RunQueries } from '../run-queries';
import { CompareRuns } from './compare-runs';
import type { ComparedBill } from './comparison';
import { ComparedBillsQuery, ComparedBillView, ComparisonPageQuery, ComparisonQuery, ComparisonView } from './comparison.dto';

const AMOUNT = /^\d{1,16}(\.\d{1,2})?$/;
const REFUSALS = ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.NOTHING_TO_COMPARE_WITH'] as const;
/** Bills that the page names, of each side. */
const NAMED = 20;

const billView = ({ size: _size, place: _place, ...bill }: ComparedBill): ComparedBillView => bill;

/** A trial against a real run. */
@ApiTags(RUNS_TAG)
@Controller('v1/billing-runs/:runId/comparison')
export class ComparisonController {
  constructor(
    private readonly comparison: CompareRuns,
    private readonly runs: RunQueries,
  ) {}

  @Get()
  @Permit('billing.run.read')
  @Operation({
    summary: 'Compare a run, such as a trial under another tariff, with a real one: totals, by category and region, and whose bills cost more or less',
    errors: REFUSALS,
    responseType: ComparisonView,
  })
  compare(@Param('runId', IdParam) runId: string, @Query() query: ComparisonQuery): Promise<ComparisonView> {
    return this.comparison.compare(runId, query.with);
  }

  @Get('accounts')
  @Permit('billing.run.read')
  @Operation({ summary: 'Compare two runs account by account, the biggest difference first', errors: REFUSALS, responseType: pageOf(ComparedBillView) })
  async accounts(@Param('runId', IdParam) runId: string, @Query() query: ComparedBillsQuery): Promise<Page<ComparedBillView>> {
    const after = decodeCursor(query.cursor, 2, (value, index) => (index === 0 ? AMOUNT.test(value) : isId(value)));
    const rows = await this.comparison.bills(runId, query.with, query, query.limit + 1, after);
    return pageFrom(rows, query.limit, ({ size, place }) => [size, place], billView);
  }

  @Get('page')
  @Permit('billing.run.read')
  @Header('Content-Security-Policy', PAGE_POLICY)
  @Operation({
    summary: 'Show the comparison of two runs as a page to read or print',
    description: 'One self-contained HTML document in Chinese or English with plots, and a table under each.',
    errors: REFUSALS,
    produces: 'text/html',
    example: '<!doctype html><html lang="en"><head><title>Comparison of runs 18 and 17</title></head><body>…</body></html>',
  })
  async page(@Param('runId', IdParam) runId: string, @Query() query: ComparisonPageQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    const language = query.lang ?? languageOf(request);
    const comparison = await this.comparison.compare(runId, query.with);
    const [more, less] = await Promise.all((['more', 'less'] as const).map((direction) => this.comparison.bills(runId, comparison.withRunId, { direction }, NAMED)));
    const { tariffs } = await this.runs.run(runId);
    response.setHeader('Content-Language', language);
    response.vary('Accept-Language');
    response.type('text/html').send(comparisonPage({ comparison, tariffs, more: more ?? [], less: less ?? [] }, language));
  }
}

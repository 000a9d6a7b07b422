import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { addMonths } from '../../../../core/calendar';
import { Permit } from '../../../../platform/auth';
import { decodeCursor, IdParam, isId, languageOf, Operation, Page, pageFrom, pageOf } from '../../../../platform/http';
import { BillPageQuery } from '../../bills/dto/bill-list.query';
import { PAGE_POLICY } from '../../bills/page/style';
import { RUNS_TAG } from '../../billing.tags';
import { JumpView } from '../dto/check.view';
import { JumpQuery } from '../dto/run.input';
import { checkPage } from '../page/check-page';
import { RunQueries } from '../run-queries';
import { CheckRun } from './check-run';
import { CheckRepository, type Jump } from './check.repository';

const AMOUNT = /^\d{1,16}(\.\d{1,2})?$/;

const jumpView = ({ accountNo, billNo, category, regionCode, amount, lastAmount, change }: Jump): JumpView => ({ accountNo, billNo, category, regionCode, amount, lastAmount, change });

/** What a check found, to be read by people: as a page, and bill by bill. */
@ApiTags(RUNS_TAG)
@Controller('v1/billing-runs/:runId')
export class ChecksController {
  constructor(
    private readonly runs: RunQueries,
    private readonly checks: CheckRun,
    private readonly figures: CheckRepository,
  ) {}

  @Get('checks/:checkId/page')
  @Permit('billing.run.read')
  @Header('Content-Security-Policy', PAGE_POLICY)
  @Operation({
    summary: 'Show a check report as a page to read or print',
    description: 'One self-contained HTML document in Chinese or English: totals against the month before by category and region, changes, striking bills, exceptions, tariffs; a table under every plot.',
    errors: ['BILLING.CHECK_NOT_FOUND'],
    produces: 'text/html',
    example: '<!doctype html><html lang="en"><head><title>Check of the billing run 17 2026-05</title></head><body>…</body></html>',
  })
  async page(
    @Param('runId', IdParam) runId: string,
    @Param('checkId', IdParam) checkId: string,
    @Query() query: BillPageQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const language = query.lang ?? languageOf(request);
    const page = checkPage(runId, await this.checks.one(runId, checkId), language);
    response.setHeader('Content-Language', language);
    response.vary('Accept-Language');
    response.type('text/html').send(page);
  }

  @Get('jumps')
  @Permit('billing.run.read')
  @Operation({
    summary: 'List the bills of a run that differ from the month before by more than both limits, the biggest change first',
    errors: ['BILLING.RUN_NOT_FOUND'],
    responseType: pageOf(JumpView),
  })
  async jumps(@Param('runId', IdParam) runId: string, @Query() query: JumpQuery): Promise<Page<JumpView>> {
    const { period } = await this.runs.run(runId);
    const after = decodeCursor(query.cursor, 2, (value, index) => (index === 0 ? AMOUNT.test(value) : isId(value)));
    const keys = { runId, period, comparedWith: addMonths(period, -1) };
    const limits = { percent: query.jumpPercent, yuan: query.jumpYuan };
    const rows = await this.figures.jumps(keys, limits, query, query.limit + 1, after);
    return pageFrom(rows, query.limit, (row) => [row.change, row.billId], jumpView);
  }
}

import { Controller, Get, Header, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { etagOf, languageOf, Operation, type Page, pageOf, TextParam } from '../../../platform/http';
import { BILLS_TAG } from '../billing.tags';
import { DocumentView } from '../documents/dto/document.view';
import { BillListQuery, BillPageQuery } from './dto/bill-list.query';
import { BillSummaryView } from './dto/bill-summary.view';
import { BillView } from './dto/bill.view';
import { ExplanationView } from './dto/explanation.view';
import { ReplayView } from './dto/replay.view';
import { ExplainBill } from './explain-bill';
import { PAGE_POLICY } from './page/style';
import { ReadBills } from './read-bills';
import { ReplayBill } from './replay-bill';

const BILL_NO = new TextParam({ maxLength: 17, pattern: /^\d{17}$/ });

/** Stored bills. What a caller may not see answers like an absent bill. */
@ApiTags(BILLS_TAG)
@Controller('v1/bills')
export class BillsController {
  constructor(
    private readonly bills: ReadBills,
    private readonly explanations: ExplainBill,
    private readonly replays: ReplayBill,
  ) {}

  @Get()
  @Permit('billing.bill.read')
  @Operation({
    summary: 'List bills by account, period or run',
    description: 'Later periods come first. Bills of runs that are not released are shown to staff with billing.run.read only.',
    responseType: pageOf(BillSummaryView),
  })
  list(@CurrentActor() actor: Actor, @Query() query: BillListQuery): Promise<Page<BillSummaryView>> {
    return this.bills.list(actor, query);
  }

  @Get(':billNo')
  @Permit('billing.bill.read')
  @Operation({
    summary: 'Read a bill with its lines, references and workings',
    errors: ['BILLING.BILL_NOT_FOUND', 'BILLING.PERIOD_DETACHED'],
    responseType: BillView,
  })
  async read(@CurrentActor() actor: Actor, @Param('billNo', BILL_NO) billNo: string, @Res({ passthrough: true }) response: Response): Promise<BillView> {
    const view = await this.bills.view(actor, billNo);
    response.setHeader('ETag', etagOf(`${view.resultHash.slice(0, 32)}-${view.standing}`));
    return view;
  }

  @Get(':billNo/document')
  @Permit('billing.bill.read')
  @Operation({
    summary: 'Read the calculation document that a bill was computed from',
    description: 'Tariffs are named by content hash. Sent to POST /v1/calculations, it gives the same bill.',
    errors: ['BILLING.BILL_NOT_FOUND', 'BILLING.PERIOD_DETACHED'],
    responseType: DocumentView,
  })
  async document(@CurrentActor() actor: Actor, @Param('billNo', BILL_NO) billNo: string, @Res({ passthrough: true }) response: Response): Promise<DocumentView> {
    const { head, stored } = await this.bills.document(actor, billNo);
    response.setHeader('ETag', etagOf(head.documentHash));
    return { billNo: head.billNo, documentHash: head.documentHash, engineVersion: head.engineVersion, document: stored.document };
  }

  @Get(':billNo/explanation')
  @Permit('billing.bill.read')
  @Operation({
    summary: 'Explain a bill in sentences',
    errors: ['BILLING.BILL_NOT_FOUND', 'BILLING.PERIOD_DETACHED'],
    responseType: ExplanationView,
  })
  explanation(@CurrentActor() actor: Actor, @Param('billNo', BILL_NO) billNo: string, @Req() request: Request): Promise<ExplanationView> {
    return this.explanations.explain(actor, billNo, languageOf(request));
  }

  @Get(':billNo/page')
  @Permit('billing.bill.read')
  @Header('Content-Security-Policy', PAGE_POLICY)
  @Operation({
    summary: 'Show a bill as a page to read or print',
    description: 'One self-contained HTML document in Chinese or English, from the readings to the amount due.',
    errors: ['BILLING.BILL_NOT_FOUND', 'BILLING.PERIOD_DETACHED'],
    produces: 'text/html',
    example: '<!doctype html><html lang="en"><head><title>Electricity bill 20260500000000124</title></head><body>…</body></html>',
  })
  async page(
    @CurrentActor() actor: Actor,
    @Param('billNo', BILL_NO) billNo: string,
    @Query() query: BillPageQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const language = query.lang ?? languageOf(request);
    const page = await this.bills.page(actor, billNo, language);
    response.setHeader('Content-Language', language);
    response.vary('Accept-Language');
    response.type('text/html').send(page);
  }

  @Post(':billNo/replays')
  @Permit('billing.bill.replay')
  @Operation({
    summary: 'Compute a stored bill once more and compare',
    description: 'Nothing is written. Says whether the stored document still gives the stored bill, and if not, where they differ.',
    errors: ['BILLING.BILL_NOT_FOUND', 'BILLING.PERIOD_DETACHED', 'BILLING.TARIFF_UNKNOWN'],
    status: 200,
    responseType: ReplayView,
  })
  replay(@CurrentActor() actor: Actor, @Param('billNo', BILL_NO) billNo: string): Promise<ReplayView> {
    return this.replays.replay(actor, billNo);
  }
}

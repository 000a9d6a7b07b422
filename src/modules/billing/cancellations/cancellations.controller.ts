import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf, TextParam } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { CANCELLATIONS_TAG } from '../billing.tags';
import { RunView } from '../runs/dto/run.view';
import { RunViews } from '../runs/run-views';
import { previewOf } from './cancellation-views';
import { DecideCancellation } from './decide-cancellation';
import { CancellationDecision, CancellationListQuery, CancellationPreviewView, CancellationRequestView, NewCancellation } from './dto/cancellation.dto';
import { ReadCancellations } from './read-cancellations';
import { RebillRequest } from './rebill-request';
import { RequestCancellation } from './request-cancellation';

const BILL_NO = new TextParam({ maxLength: 17, pattern: /^\d{17}$/ });

/** Asking for issued bills to be cancelled. */
@ApiTags(CANCELLATIONS_TAG)
@Controller('v1/bills/:billNo')
export class BillCancellationController {
  constructor(private readonly cancellation: RequestCancellation) {}

  @Get('cancellation-preview')
  @Permit('billing.cancellation.read')
  @Operation({
    summary: 'List the bills that would be cancelled together with a bill, and why',
    errors: ['BILLING.BILL_NOT_FOUND', 'BILLING.BILL_NOT_ISSUED', 'BILLING.DEPENDENT_NOT_RELEASED', 'BILLING.TOO_MANY_DEPENDENTS'],
    responseType: CancellationPreviewView,
  })
  async preview(@Param('billNo', BILL_NO) billNo: string, @CurrentActor() actor: Actor): Promise<CancellationPreviewView> {
    return previewOf(billNo, await this.cancellation.preview(actor, billNo));
  }

  @Post('cancellation-requests')
  @Permit('billing.cancellation.request')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Ask for an issued bill to be cancelled; it stays in force until a second person agrees',
    errors: [
      'BILLING.BILL_NOT_FOUND', 'BILLING.BILL_NOT_ISSUED', 'BILLING.DEPENDENT_BILLS_EXIST', 'BILLING.DEPENDENT_NOT_RELEASED', 'BILLING.TOO_MANY_DEPENDENTS',
      'BILLING.CANCELLATION_ALREADY_REQUESTED', 'BILLING.PERIOD_DETACHED',
    ],
    responseType: CancellationRequestView,
  })
  request(@Param('billNo', BILL_NO) billNo: string, @Body() body: NewCancellation, @CurrentActor() actor: Actor): Promise<CancellationRequestView> {
    return this.cancellation.request(actor, billNo, body);
  }
}

/** What became of the requests. */
@ApiTags(CANCELLATIONS_TAG)
@Controller('v1/cancellation-requests')
export class CancellationRequestsController {
  constructor(
    private readonly requests: ReadCancellations,
    private readonly decisions: DecideCancellation,
    private readonly rebill: RebillRequest,
    private readonly runs: RunViews,
  ) {}

  @Get()
  @Permit('billing.cancellation.read')
  @Operation({ summary: 'List requests to cancel bills, the newest first', responseType: pageOf(CancellationRequestView) })
  async list(@Query() query: CancellationListQuery): Promise<Page<CancellationRequestView>> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.requests.list({ ...query, before, limit: query.limit + 1 }), query.limit, (row) => [row.requestId], (row) => row);
  }

  @Get(':requestId')
  @Permit('billing.cancellation.read')
  @Operation({ summary: 'Show a request to cancel bills, with their successors', errors: ['BILLING.CANCELLATION_NOT_FOUND'], responseType: CancellationRequestView })
  show(@Param('requestId', IdParam) requestId: string): Promise<CancellationRequestView> {
    return this.requests.one(requestId);
  }

  @Post(':requestId/approval')
  @Permit('billing.cancellation.approve')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Cancel the bills as the second person: journals are reversed, and what was paid becomes credit for the successors',
    errors: [
      'BILLING.CANCELLATION_NOT_FOUND', 'BILLING.CANCELLATION_DECIDED', 'BILLING.DEPENDENTS_CHANGED', 'BILLING.DEPENDENT_NOT_RELEASED',
      'BILLING.TOO_MANY_DEPENDENTS', 'BILLING.OTHER_PERIOD_COMPUTING', 'BILLING.SAME_PERIOD_COMPUTING',
      'COLLECTION.BILL_IN_INSTALMENTS', 'APPROVAL.SAME_PERSON', 'APPROVAL.ALREADY_GIVEN',
    ],
    responseType: CancellationRequestView,
  })
  approve(@Param('requestId', IdParam) requestId: string, @Body() { reason }: CancellationDecision, @CurrentActor() actor: Actor): Promise<CancellationRequestView> {
    return this.decisions.approve(requestId, reason, actor);
  }

  @Post(':requestId/refusal')
  @Permit('billing.cancellation.decline')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Let the bills stand: the second person declines, or whoever asked withdraws',
    errors: ['BILLING.CANCELLATION_NOT_FOUND', 'BILLING.CANCELLATION_DECIDED'],
    responseType: CancellationRequestView,
  })
  decline(@Param('requestId', IdParam) requestId: string, @Body() { reason }: CancellationDecision, @CurrentActor() actor: Actor): Promise<CancellationRequestView> {
    return this.decisions.decline(requestId, reason, actor);
  }

  @Post(':requestId/rebill')
  @Permit('billing.run.create')
  @Idempotent()
  @Operation({
    summary: 'Bill the accounts of a request again: starts a rebill run over its oldest month without successors',
    description: 'The next month is started in the same way when this run is released, since each month goes on from the one before.',
    status: 202,
    errors: ['BILLING.CANCELLATION_NOT_FOUND', 'BILLING.NOTHING_TO_REBILL'],
    responseType: RunView,
  })
  async startRebill(@Param('requestId', IdParam) requestId: string, @CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<RunView> {
    const runId = await this.rebill.start(requestId, actor);
    response.setHeader('Location', `/v1/billing-runs/${runId}`);
    return this.runs.view(runId);
  }
}

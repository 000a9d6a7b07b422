import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf, TextParam } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { PREPAYMENTS_TAG } from '../collection.tags';
import { TurnDownInput } from '../requests/request.dto';
import { type RequestKind, TurnDown } from '../requests/turn-down';
import { NewRefund, RefundListQuery, RefundView } from './dto/refund.dto';
import { RefundPrepayment } from './refund-prepayment';
import { RefundRepository } from './refund.repository';

const REFUNDS: RequestKind = {
  table: 'prepayment_refunds',
  id: 'refund_id',
  subject: 'prepayment-refund',
  area: 'collection.refund',
  notFound: 'COLLECTION.REFUND_NOT_FOUND',
  done: 'COLLECTION.REFUND_ALREADY_PAID',
};

/** Prepayment that goes back to the customer. */
@ApiTags(PREPAYMENTS_TAG)
@Controller('v1')
export class RefundsController {
  constructor(
    private readonly refunds: RefundPrepayment,
    private readonly turnDown: TurnDown,
    private readonly repository: RefundRepository,
  ) {}

  @Get('prepayment-refunds')
  @Permit('collection.refund.read')
  @Operation({ summary: 'List refunds of prepayment, the newest first', responseType: pageOf(RefundView) })
  async list(@Query() query: RefundListQuery): Promise<Page<RefundView>> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.repository.list(query, before), query.limit, ({ refundId }) => [refundId], (row) => row);
  }

  @Get('prepayment-refunds/:refundId')
  @Permit('collection.refund.read')
  @Operation({ summary: 'Show a refund', errors: ['COLLECTION.REFUND_NOT_FOUND'], responseType: RefundView })
  show(@Param('refundId', IdParam) refundId: string): Promise<RefundView> {
    return this.repository.one(refundId);
  }

  @Post('accounts/:accountNo/prepayment-refunds')
  @Permit('collection.refund.request')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Pay prepayment back: at once up to the limit of a day, else with the approval of a second person',
    errors: ['COLLECTION.ACCOUNT_NOT_FOUND', 'COLLECTION.PREPAYMENT_TOO_SMALL'],
    responseType: RefundView,
  })
  request(
    @Param('accountNo', new TextParam({ maxLength: 10, pattern: /^[0-9]{10}$/ })) accountNo: string,
    @Body() input: NewRefund,
    @CurrentActor() actor: Actor,
  ): Promise<RefundView> {
    return this.refunds.request(accountNo, input, actor);
  }

  @Post('prepayment-refunds/:refundId/approval')
  @Permit('collection.refund.approve')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Approve a refund as the second person: it is paid out now',
    errors: ['COLLECTION.REFUND_NOT_FOUND', 'COLLECTION.REFUND_ALREADY_PAID', 'COLLECTION.REQUEST_TURNED_DOWN', 'COLLECTION.PREPAYMENT_TOO_SMALL', 'APPROVAL.SAME_PERSON', 'APPROVAL.ALREADY_GIVEN'],
    responseType: RefundView,
  })
  approve(@Param('refundId', IdParam) refundId: string, @CurrentActor() actor: Actor): Promise<RefundView> {
    return this.refunds.approve(refundId, actor);
  }

  @Post('prepayment-refunds/:refundId/rejection')
  @Permit('collection.refund.approve')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Reject a refund as the second person',
    errors: ['COLLECTION.REFUND_NOT_FOUND', 'COLLECTION.REFUND_ALREADY_PAID', 'COLLECTION.REQUEST_TURNED_DOWN', 'APPROVAL.SAME_PERSON'],
    responseType: RefundView,
  })
  reject(@Param('refundId', IdParam) refundId: string, @Body() { reason }: TurnDownInput, @CurrentActor() actor: Actor): Promise<RefundView> {
    return this.turnDown.reject(REFUNDS, refundId, reason, actor, (tx, id) => this.repository.view(tx, id));
  }

  @Post('prepayment-refunds/:refundId/withdrawal')
  @Permit('collection.refund.request')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Withdraw a refund that the caller asked for',
    errors: ['COLLECTION.REFUND_NOT_FOUND', 'COLLECTION.REFUND_ALREADY_PAID', 'COLLECTION.REQUEST_TURNED_DOWN', 'COLLECTION.NOT_THE_REQUESTER'],
    responseType: RefundView,
  })
  withdraw(@Param('refundId', IdParam) refundId: string, @Body() { reason }: TurnDownInput, @CurrentActor() actor: Actor): Promise<RefundView> {
    return this.turnDown.withdraw(REFUNDS, refundId, reason, actor, (tx, id) => this.repository.view(tx, id));
  }
}

import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, TextParam } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { PREPAYMENTS_TAG } from '../collection.tags';
import { NewRefund, RefundView } from './dto/refund.dto';
import { RefundPrepayment } from './refund-prepayment';

/** Prepayment that goes back to the customer. */
@ApiTags(PREPAYMENTS_TAG)
@Controller('v1')
export class RefundsController {
  constructor(private readonly refunds: RefundPrepayment) {}

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
    errors: ['COLLECTION.REFUND_NOT_FOUND', 'COLLECTION.REFUND_ALREADY_PAID', 'COLLECTION.PREPAYMENT_TOO_SMALL', 'APPROVAL.SAME_PERSON', 'APPROVAL.ALREADY_GIVEN'],
    responseType: RefundView,
  })
  approve(@Param('refundId', IdParam) refundId: string, @CurrentActor() actor: Actor): Promise<RefundView> {
    return this.refunds.approve(refundId, actor);
  }
}

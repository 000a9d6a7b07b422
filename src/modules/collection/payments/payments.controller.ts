import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { wholeNumber } from '../../../platform/database';
import { decodeCursor, IdParam, languageOf, Operation, Page, pageFrom, pageOf, TextParam } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { PAYMENTS_TAG } from '../collection.tags';
import { NewPayment, PaymentListQuery, PaymentSummaryView, PaymentView, ReceiptQuery, ReturnInput, ReversalInput } from './dto/payment.dto';
import { receiptOf } from './payment-receipt';
import { ReadPayments } from './read-payments';
import { ReturnTender } from './return-tender';
import { ReversePayment } from './reverse-payment';
import { TakePayment } from './take-payment';

const TENDER_NO = new TextParam({ maxLength: 2, pattern: /^[1-9]\d?$/ });

/** Money that comes in, and what can go wrong with it. */
@ApiTags(PAYMENTS_TAG)
@Controller('v1/payments')
export class PaymentsController {
  constructor(
    private readonly takePayment: TakePayment,
    private readonly reversePayment: ReversePayment,
    private readonly returnTender: ReturnTender,
    private readonly payments: ReadPayments,
  ) {}

  @Post()
  @Permit('collection.payment.create')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Take a payment over open receivables, the oldest first; the rest becomes prepayment',
    errors: ['COLLECTION.ACCOUNT_NOT_FOUND', 'COLLECTION.RECEIVABLE_NOT_OPEN', 'COLLECTION.PARTIAL_NOT_ALLOWED', 'COLLECTION.VALUE_DATE_REFUSED', 'COLLECTION.CLAIM_NOT_OPEN', 'COLLECTION.PREPAYMENT_NOT_FOR_THIS', 'COLLECTION.PREPAYMENT_TOO_SMALL', 'RECEIVABLES.TENDERS_TOO_SMALL', 'RECEIVABLES.CHANGE_NOT_FROM_CASH'],
    responseType: PaymentView,
    requestExample: { amount: '218.40', tenders: [{ kind: 'cash', amount: '300.00' }], accountNos: ['1000000014'] },
  })
  create(@Body() input: NewPayment, @CurrentActor() actor: Actor): Promise<PaymentView> {
    return this.takePayment.execute(input, actor);
  }

  @Get()
  @Permit('collection.payment.read')
  @Operation({ summary: 'List payments, the newest first', responseType: pageOf(PaymentSummaryView) })
  async list(@Query() query: PaymentListQuery): Promise<Page<PaymentSummaryView>> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.payments.list(query, before), query.limit, ({ paymentId }) => [paymentId], (row) => row);
  }

  @Get(':paymentId')
  @Permit('collection.payment.read')
  @Operation({ summary: 'Show a payment with its tenders and what it settled', errors: ['COLLECTION.PAYMENT_NOT_FOUND'], responseType: PaymentView })
  read(@Param('paymentId', IdParam) paymentId: string): Promise<PaymentView> {
    return this.payments.one(paymentId);
  }

  @Get(':paymentId/receipt')
  @Permit('collection.payment.read')
  @Operation({
    summary: 'Print the receipt of a payment in Chinese or English',
    errors: ['COLLECTION.PAYMENT_NOT_FOUND'],
    produces: 'text/plain',
    example: '电费收据\n收据号: 202606020000007001\n缴费日期: 2026-06-02\n\n户号 1000000014, 电费年月 2026-05: 电费 218.40 元\n实收金额: 218.40 元\n',
  })
  async receipt(@Param('paymentId', IdParam) paymentId: string, @Query() query: ReceiptQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    const language = query.lang ?? languageOf(request);
    const receipt = receiptOf(await this.payments.one(paymentId), language);
    response.setHeader('Content-Language', language);
    response.vary('Accept-Language');
    response.type('text/plain').send(receipt);
  }

  @Post(':paymentId/reversal')
  @Permit('collection.payment.reverse')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Reverse a payment as a whole on its own business day',
    errors: ['COLLECTION.PAYMENT_NOT_FOUND', 'COLLECTION.PAYMENT_ALREADY_REVERSED', 'COLLECTION.REVERSAL_NOT_SAME_DAY', 'COLLECTION.TENDER_ALREADY_RETURNED', 'COLLECTION.PREPAYMENT_USED'],
    responseType: PaymentView,
  })
  reverse(@Param('paymentId', IdParam) paymentId: string, @Body() { reason }: ReversalInput, @CurrentActor() actor: Actor): Promise<PaymentView> {
    return this.reversePayment.execute(paymentId, reason, actor);
  }

  @Post(':paymentId/tenders/:tenderNo/return')
  @Permit('collection.tender.return')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Record that a cheque or direct debit came back: what it paid is owed again',
    errors: ['COLLECTION.PAYMENT_NOT_FOUND', 'COLLECTION.TENDER_NOT_FOUND', 'COLLECTION.TENDER_NOT_RETURNABLE', 'COLLECTION.TENDER_ALREADY_RETURNED', 'COLLECTION.PAYMENT_ALREADY_REVERSED'],
    responseType: PaymentView,
  })
  return(
    @Param('paymentId', IdParam) paymentId: string,
    @Param('tenderNo', TENDER_NO) tenderNo: string,
    @Body() { reason }: ReturnInput,
    @CurrentActor() actor: Actor,
  ): Promise<PaymentView> {
    return this.returnTender.execute(paymentId, wholeNumber(tenderNo), reason, actor);
  }
}

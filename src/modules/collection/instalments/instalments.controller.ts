import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { RECEIVABLES_TAG } from '../collection.tags';
import { TurnDownInput } from '../requests/request.dto';
import { type RequestKind, TurnDown } from '../requests/turn-down';
import { AgreeInstalments } from './agree-instalments';
import { InstalmentAgreementView, InstalmentListQuery, NewInstalments } from './dto/instalment.dto';
import { InstalmentRepository } from './instalment.repository';

const AGREEMENTS: RequestKind = {
  table: 'instalment_agreements',
  id: 'agreement_id',
  subject: 'instalment-agreement',
  area: 'collection.instalment',
  notFound: 'COLLECTION.INSTALMENTS_NOT_FOUND',
  done: 'COLLECTION.INSTALMENTS_ALREADY_APPROVED',
};

/** Debts that are paid in parts by agreement. */
@ApiTags(RECEIVABLES_TAG)
@Controller('v1/instalment-agreements')
export class InstalmentsController {
  constructor(
    private readonly agree: AgreeInstalments,
    private readonly turnDown: TurnDown,
    private readonly agreements: InstalmentRepository,
  ) {}

  @Post()
  @Permit('collection.instalment.request')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Write down that debts are paid in parts, which add up to what is owed today; a second person must agree',
    errors: [
      'COLLECTION.ACCOUNT_NOT_FOUND', 'COLLECTION.RECEIVABLE_NOT_OPEN', 'COLLECTION.INSTALMENTS_ALREADY_AGREED', 'COLLECTION.INSTALMENTS_BEYOND_RULE',
      'RECEIVABLES.PARTS_NOT_IN_ORDER', 'RECEIVABLES.PARTS_NOT_THE_DEBT',
    ],
    responseType: InstalmentAgreementView,
    requestExample: { accountNo: '1000000014', parts: [{ dueOn: '2026-07-10', amount: '600.00' }, { dueOn: '2026-08-10', amount: '412.00' }], reason: 'illness in the family' },
  })
  request(@Body() input: NewInstalments, @CurrentActor() actor: Actor): Promise<InstalmentAgreementView> {
    return this.agree.request(input, actor);
  }

  @Get()
  @Permit('collection.instalment.read')
  @Operation({ summary: 'List instalment agreements, the newest first', responseType: pageOf(InstalmentAgreementView) })
  async list(@Query() query: InstalmentListQuery): Promise<Page<InstalmentAgreementView>> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.agreements.list(query, before), query.limit, ({ agreementId }) => [agreementId], (row) => row);
  }

  @Get(':agreementId')
  @Permit('collection.instalment.read')
  @Operation({ summary: 'Show an instalment agreement with what has been paid of its parts', errors: ['COLLECTION.INSTALMENTS_NOT_FOUND'], responseType: InstalmentAgreementView })
  show(@Param('agreementId', IdParam) agreementId: string): Promise<InstalmentAgreementView> {
    return this.agreements.one(agreementId);
  }

  @Post(':agreementId/approval')
  @Permit('collection.instalment.approve')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Agree to instalments as the second person: they are in force from the day of the agreement',
    errors: [
      'COLLECTION.INSTALMENTS_NOT_FOUND', 'COLLECTION.REQUEST_TURNED_DOWN', 'COLLECTION.INSTALMENTS_ALREADY_APPROVED', 'COLLECTION.INSTALMENTS_OUTDATED',
      'APPROVAL.SAME_PERSON', 'APPROVAL.ALREADY_GIVEN',
    ],
    responseType: InstalmentAgreementView,
  })
  approve(@Param('agreementId', IdParam) agreementId: string, @CurrentActor() actor: Actor): Promise<InstalmentAgreementView> {
    return this.agree.approve(agreementId, actor);
  }

  @Post(':agreementId/rejection')
  @Permit('collection.instalment.approve')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Reject instalments as the second person',
    errors: ['COLLECTION.INSTALMENTS_NOT_FOUND', 'COLLECTION.INSTALMENTS_ALREADY_APPROVED', 'COLLECTION.REQUEST_TURNED_DOWN', 'APPROVAL.SAME_PERSON'],
    responseType: InstalmentAgreementView,
  })
  reject(@Param('agreementId', IdParam) agreementId: string, @Body() { reason }: TurnDownInput, @CurrentActor() actor: Actor): Promise<InstalmentAgreementView> {
    return this.turnDown.reject(AGREEMENTS, agreementId, reason, actor, (tx, id) => this.agreements.view(tx, id));
  }

  @Post(':agreementId/withdrawal')
  @Permit('collection.instalment.request')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Withdraw instalments that the caller asked for',
    errors: ['COLLECTION.INSTALMENTS_NOT_FOUND', 'COLLECTION.INSTALMENTS_ALREADY_APPROVED', 'COLLECTION.REQUEST_TURNED_DOWN', 'COLLECTION.NOT_THE_REQUESTER'],
    responseType: InstalmentAgreementView,
  })
  withdraw(@Param('agreementId', IdParam) agreementId: string, @Body() { reason }: TurnDownInput, @CurrentActor() actor: Actor): Promise<InstalmentAgreementView> {
    return this.turnDown.withdraw(AGREEMENTS, agreementId, reason, actor, (tx, id) => this.agreements.view(tx, id));
  }

  @Post(':agreementId/cancellation')
  @Permit('collection.instalment.cancel')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'End an instalment agreement early: the whole is due',
    errors: ['COLLECTION.INSTALMENTS_NOT_FOUND', 'COLLECTION.INSTALMENTS_NOT_ACTIVE'],
    responseType: InstalmentAgreementView,
  })
  cancel(@Param('agreementId', IdParam) agreementId: string, @Body() { reason }: TurnDownInput, @CurrentActor() actor: Actor): Promise<InstalmentAgreementView> {
    return this.agree.cancel(agreementId, reason, actor);
  }
}

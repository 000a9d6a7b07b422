import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit, requireOwn } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf, TextParam } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { RECEIVABLES_TAG } from '../collection.tags';
import { ReceivableQueries } from '../receivable-queries';
import { CancellationCredits } from './cancellation-credits';
import { CancellationCreditView, CreditListQuery, CreditRelease } from './dto/credit.dto';

/** What cancelled bills left on their accounts. */
@ApiTags(RECEIVABLES_TAG)
@Controller('v1')
export class CreditsController {
  constructor(
    private readonly receivables: ReceivableQueries,
    private readonly credits: CancellationCredits,
  ) {}

  @Get('accounts/:accountNo/cancellation-credits')
  @Permit('collection.statement.read')
  @Operation({
    summary: 'List what cancelled bills of an account had moved, and what of it waits for their successors; customers see their own accounts only',
    errors: ['COLLECTION.ACCOUNT_NOT_FOUND'],
    responseType: pageOf(CancellationCreditView),
  })
  async list(
    @Param('accountNo', new TextParam({ maxLength: 10, pattern: /^[0-9]{10}$/ })) accountNo: string,
    @Query() query: CreditListQuery,
    @CurrentActor() actor: Actor,
  ): Promise<Page<CancellationCreditView>> {
    const owner = await this.receivables.owner(accountNo);
    if (!owner) throw new AppError('COLLECTION.ACCOUNT_NOT_FOUND');
    requireOwn(actor, owner, 'COLLECTION.ACCOUNT_NOT_FOUND');
    const [after] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.credits.ofAccount(accountNo, query.limit + 1, after), query.limit, (row) => [row.cancellationId], (row) => row);
  }

  @Post('cancellation-credits/:cancellationId/release')
  @Permit('collection.credit.free')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Let the credit of a cancelled bill be used for any debt, because no successor is waited for',
    errors: ['COLLECTION.CREDIT_NOT_FOUND', 'COLLECTION.CREDIT_FREED'],
    responseType: CancellationCreditView,
  })
  release(@Param('cancellationId', IdParam) cancellationId: string, @Body() { reason }: CreditRelease, @CurrentActor() actor: Actor): Promise<CancellationCreditView> {
    return this.credits.free(cancellationId, reason, actor);
  }
}

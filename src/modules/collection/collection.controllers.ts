import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit, requireOwn } from '../../platform/auth';
import { AppError } from '../../platform/errors';
import { decodeCursor, Operation, Page, pageFrom, pageOf } from '../../platform/http';
import { ReceivableListQuery, ReceivableView } from './dto/collection.views';
import { ReceivableQueries } from './receivable-queries';
import { RECEIVABLES_TAG } from './collection.tags';

/** What is owed. */
@ApiTags(RECEIVABLES_TAG)
@Controller('v1/receivables')
export class ReceivablesController {
  constructor(private readonly queries: ReceivableQueries) {}

  @Get()
  @Permit('collection.receivable.read')
  @Operation({
    summary: 'List the receivables of an account with their late-payment charge as of a day, the oldest first; customers see their own accounts only',
    errors: ['COLLECTION.ACCOUNT_NOT_FOUND'],
    responseType: pageOf(ReceivableView),
  })
  async list(@Query() query: ReceivableListQuery, @CurrentActor() actor: Actor): Promise<Page<ReceivableView>> {
    const owner = await this.queries.owner(query.accountNo);
    if (!owner) throw new AppError('COLLECTION.ACCOUNT_NOT_FOUND');
    requireOwn(actor, owner, 'COLLECTION.ACCOUNT_NOT_FOUND');
    const [after] = decodeCursor(query.cursor, 1) ?? [];
    const rows = await this.queries.ofAccount(query.accountNo, query.asOf, query.limit + 1, after);
    return pageFrom(rows, query.limit, (row) => [row.receivableId], (row) => row);
  }
}

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit, requireOwn } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import { decodeCursor, Operation, Page, pageFrom, pageOf, TextParam } from '../../../platform/http';
import { RECEIVABLES_TAG } from '../collection.tags';
import { ReceivableQueries } from '../receivable-queries';
import { AccountStatement } from './account-statement';
import { Ageing } from './ageing';
import { AgeingQuery, AgeingView, MovementView, StatementQuery } from './dto/statement.dto';

/** What happened on an account, and how old the debts are. */
@ApiTags(RECEIVABLES_TAG)
@Controller('v1')
export class StatementsController {
  constructor(
    private readonly receivables: ReceivableQueries,
    private readonly statement: AccountStatement,
    private readonly ageing: Ageing,
  ) {}

  @Get('accounts/:accountNo/statement')
  @Permit('collection.statement.read')
  @Operation({
    summary: 'List every movement of an account with its cause and the balance after it; customers see their own accounts only',
    errors: ['COLLECTION.ACCOUNT_NOT_FOUND'],
    responseType: pageOf(MovementView),
  })
  async movements(
    @Param('accountNo', new TextParam({ maxLength: 10, pattern: /^[0-9]{10}$/ })) accountNo: string,
    @Query() query: StatementQuery,
    @CurrentActor() actor: Actor,
  ): Promise<Page<MovementView>> {
    const owner = await this.receivables.owner(accountNo);
    if (!owner) throw new AppError('COLLECTION.ACCOUNT_NOT_FOUND');
    requireOwn(actor, owner, 'COLLECTION.ACCOUNT_NOT_FOUND');
    const [after] = decodeCursor(query.cursor, 1) ?? [];
    const rows = await this.statement.movements(accountNo, query, after);
    return pageFrom(rows, query.limit, (row) => [row.journalId], (row) => row);
  }

  @Get('receivables/ageing')
  @Permit('collection.receivable.read')
  @Operation({ summary: 'Report the open receivables by how long they are overdue on a day', responseType: AgeingView })
  report(@Query() query: AgeingQuery): Promise<AgeingView> {
    return this.ageing.report(query);
  }
}

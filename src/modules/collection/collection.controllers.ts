import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit, requireOwn } from '../../platform/auth';
import { AppError } from '../../platform/errors';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf } from '../../platform/http';
import { JournalView, LedgerBalancesView, ReceivableListQuery, ReceivableView } from './dto/collection.views';
import { LedgerQueries } from './ledger-queries';
import { ReceivableQueries } from './receivable-queries';
import { LEDGER_TAG, RECEIVABLES_TAG } from './collection.tags';

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

/** The books. */
@ApiTags(LEDGER_TAG)
@Controller('v1/ledger')
export class LedgerController {
  constructor(private readonly queries: LedgerQueries) {}

  @Get('balances')
  @Permit('collection.ledger.read')
  @Operation({ summary: 'Show the balance of every ledger account', responseType: LedgerBalancesView })
  async balances(): Promise<LedgerBalancesView> {
    return { items: await this.queries.balances() };
  }

  @Get('journals/:journalId')
  @Permit('collection.ledger.read')
  @Operation({ summary: 'Show a journal with its entries', errors: ['LEDGER.JOURNAL_NOT_FOUND'], responseType: JournalView })
  async journal(@Param('journalId', IdParam) journalId: string): Promise<JournalView> {
    const journal = await this.queries.journal(journalId);
    if (!journal) throw new AppError('LEDGER.JOURNAL_NOT_FOUND');
    return journal;
  }
}

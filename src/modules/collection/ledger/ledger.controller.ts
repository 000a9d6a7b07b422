import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Permit } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import { IdParam, Operation } from '../../../platform/http';
import { LEDGER_TAG } from '../collection.tags';
import { JournalView, LedgerBalancesView } from './dto/ledger.views';
import { LedgerQueries } from './ledger-queries';

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

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Permit } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import { IdParam, Operation, TextParam } from '../../../platform/http';
import { LEDGER_TAG } from '../collection.tags';
import { JournalView, LedgerBalancesView } from './dto/ledger.views';
import { LedgerHeadView, LedgerVerificationView, SEAL_NO, SealDetailView, VerificationQuery } from './dto/seal.views';
import { LedgerQueries } from './ledger-queries';
import { SealRepository } from './seal.repository';
import { VerifyLedger } from './verify-ledger';
import { anchorOf } from './verify-seals';

/** The books. */
@ApiTags(LEDGER_TAG)
@Controller('v1/ledger')
export class LedgerController {
  constructor(
    private readonly queries: LedgerQueries,
    private readonly seals: SealRepository,
    private readonly verifyLedger: VerifyLedger,
  ) {}

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

  @Get('head')
  @Permit('collection.ledger.read')
  @Operation({ summary: 'Show the last seal over the books, to be written down elsewhere, and what is not sealed yet', responseType: LedgerHeadView })
  head(): Promise<LedgerHeadView> {
    return this.seals.head();
  }

  @Get('seals/:sealNo')
  @Permit('collection.ledger.read')
  @Operation({ summary: 'Show a seal over the books', errors: ['LEDGER.SEAL_NOT_FOUND'], responseType: SealDetailView })
  async seal(@Param('sealNo', new TextParam({ maxLength: 18, pattern: SEAL_NO })) sealNo: string): Promise<SealDetailView> {
    const seal = await this.seals.seal(sealNo);
    if (!seal) throw new AppError('LEDGER.SEAL_NOT_FOUND');
    return seal;
  }

  @Get('verification')
  @Permit('collection.ledger.verify')
  @Operation({
    summary: 'Recompute the seals over the next 100,000 journals from the books, and name the first row that is not as it was sealed',
    responseType: LedgerVerificationView,
  })
  verification(@Query() { afterSealNo, anchor }: VerificationQuery): Promise<LedgerVerificationView> {
    return this.verifyLedger.stretch(afterSealNo ?? '0', anchorOf(anchor));
  }
}

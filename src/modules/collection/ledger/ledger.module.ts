import { Module } from '@nestjs/common';
import { LedgerController } from './ledger.controller';
import { LedgerQueries } from './ledger-queries';
import { SealLedger } from './seal-ledger';
import { SealRepository } from './seal.repository';
import './seal.gauges';
import { VerifyLedger } from './verify-ledger';

/** The books: what was booked, and the seals over it. */
@Module({ controllers: [LedgerController], providers: [LedgerQueries, SealRepository, SealLedger, VerifyLedger] })
export class LedgerModule {}

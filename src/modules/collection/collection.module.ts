import { Global, Module } from '@nestjs/common';
import { RECEIVABLES_PORT } from '../billing';
import { LedgerController, ReceivablesController } from './collection.controllers';
import './collection.errors';
import { Debts } from './debts/debts';
import { LedgerQueries } from './ledger-queries';
import { OpenReceivables } from './open-receivables';
import { ReceivableQueries } from './receivable-queries';

/** Receivables and ledger. Global, since billing asks for its port without importing this module. */
@Global()
@Module({
  controllers: [ReceivablesController, LedgerController],
  providers: [Debts, LedgerQueries, ReceivableQueries, OpenReceivables, { provide: RECEIVABLES_PORT, useExisting: OpenReceivables }],
  exports: [RECEIVABLES_PORT],
})
export class CollectionModule {}

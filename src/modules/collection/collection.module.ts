import { Global, Module } from '@nestjs/common';
import { RECEIVABLES_PORT } from '../billing';
import { ReceivablesController } from './collection.controllers';
import './collection.errors';
import { ClaimRepository } from './claims/claim.repository';
import { ClaimsController } from './claims/claims.controller';
import { CancellationCredits } from './credits/cancellation-credits';
import { CreditsController } from './credits/credits.controller';
import { Debts } from './debts/debts';
import { AgreeInstalments } from './instalments/agree-instalments';
import { InstalmentRepository } from './instalments/instalment.repository';
import { InstalmentsController } from './instalments/instalments.controller';
import { KeepInstalments } from './instalments/keep-instalments';
import { LedgerModule } from './ledger/ledger.module';
import { OpenReceivables } from './open-receivables';
import { PaymentRepository } from './payments/payment.repository';
import { PaymentsController } from './payments/payments.controller';
import { ReadPayments } from './payments/read-payments';
import { ReturnTender } from './payments/return-tender';
import { ReversePayment } from './payments/reverse-payment';
import { TakePayment } from './payments/take-payment';
import { RefundPrepayment } from './prepayments/refund-prepayment';
import { RefundRepository } from './prepayments/refund.repository';
import { RefundsController } from './prepayments/refunds.controller';
import { ReceivableQueries } from './receivable-queries';
import { TurnDown } from './requests/turn-down';
import { AccountStatement } from './statement/account-statement';
import { Ageing } from './statement/ageing';
import { StatementsController } from './statement/statements.controller';
import { WriteOffReceivable } from './write-offs/write-off-receivable';
import { WriteOffRepository } from './write-offs/write-off.repository';
import { WriteOffsController } from './write-offs/write-offs.controller';

const PAYMENTS = [PaymentRepository, ReadPayments, TakePayment, ReversePayment, ReturnTender, RefundPrepayment, RefundRepository, WriteOffReceivable, WriteOffRepository, TurnDown, CancellationCredits, AccountStatement, Ageing];

const AGREEMENTS_AND_CLAIMS = [ClaimRepository, AgreeInstalments, InstalmentRepository, KeepInstalments];

/** Receivables, payments and ledger. Global, since billing asks for its port without importing this module. */
@Global()
@Module({
  imports: [LedgerModule],
  controllers: [PaymentsController, RefundsController, WriteOffsController, InstalmentsController, ClaimsController, CreditsController, StatementsController, ReceivablesController],
  providers: [...PAYMENTS, ...AGREEMENTS_AND_CLAIMS, Debts, ReceivableQueries, OpenReceivables, { provide: RECEIVABLES_PORT, useExisting: OpenReceivables }],
  exports: [RECEIVABLES_PORT],
})
export class CollectionModule {}

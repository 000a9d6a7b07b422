import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers';
import { MeteringModule } from '../metering';
import { TariffModule } from '../tariff';
import { AuditBill } from './audit/audit-bill';
import { BillAuditsController } from './audit/bill-audits.controller';
import './billing.errors';
import { BillAccess } from './bills/bill-access';
import { BillReader } from './bills/bill-reader';
import { BillWriter } from './bills/bill-writer';
import { BillsController } from './bills/bills.controller';
import { ExplainBill } from './bills/explain-bill';
import { ReadBills } from './bills/read-bills';
import { ReplayBill } from './bills/replay-bill';
import './calculation.errors';
import { CANCELLATION_CONTROLLERS, CANCELLATION_PROVIDERS } from './cancellations';
import { BillDocuments } from './documents/bill-documents';
import { FrozenPointsRepository } from './documents/frozen-points.repository';
import { PreviousBillsRepository } from './documents/previous-bills.repository';
import { SubMeterAgreement } from './documents/sub-meter-agreement';
import { TouchedBillsRepository } from './documents/touched-bills.repository';
import { ConfirmationRepository } from './inputs/confirmation.repository';
import { ConfirmFinding } from './inputs/confirm-finding';
import { ReadTouchedBills } from './inputs/read-touched-bills';
import { SharedAmountRepository } from './inputs/shared-amount.repository';
import { SharedAmounts } from './inputs/shared-amounts';
import { BillingInputsController } from './inputs/billing-inputs.controller';
import { DetachedPeriods } from './periods/detached-periods';
import './periods/period.errors';
import { BillComputation } from './preview/bill-computation';
import { CalculationsController } from './preview/calculations.controller';
import { ComputeDocument } from './preview/compute-document';
import { PreviewAccount } from './preview/preview-account';
import { RUN_CONTROLLERS, RUN_PROVIDERS } from './runs';

const DOCUMENTS = [BillDocuments, PreviousBillsRepository, FrozenPointsRepository, SubMeterAgreement, TouchedBillsRepository, SharedAmountRepository, ConfirmationRepository];
const BILLS = [BillWriter, BillReader, BillAccess, ReadBills, ExplainBill, ReplayBill];
const COMPUTING = [DetachedPeriods, BillComputation, ComputeDocument, AuditBill, PreviewAccount, SharedAmounts, ConfirmFinding, ReadTouchedBills];

/** Bills from readings, terms and prices: previews, runs over the population, and what became of them. */
@Module({
  imports: [CustomersModule, TariffModule, MeteringModule],
  controllers: [BillsController, CalculationsController, BillAuditsController, BillingInputsController, ...RUN_CONTROLLERS, ...CANCELLATION_CONTROLLERS],
  providers: [...DOCUMENTS, ...BILLS, ...COMPUTING, ...RUN_PROVIDERS, ...CANCELLATION_PROVIDERS],
  exports: [BillDocuments, BillComputation, BillWriter, ...RUN_PROVIDERS],
})
export class BillingModule {}

import './cancellation.errors';
import { CancellationRepository } from './cancellation.repository';
import { BillCancellationController, CancellationRequestsController } from './cancellations.controller';
import { DecideCancellation } from './decide-cancellation';
import { DependentBills } from './dependent-bills';
import { ReadCancellations } from './read-cancellations';
import { RebillRequest } from './rebill-request';
import { RequestCancellation } from './request-cancellation';

/** What the billing module declares for taking issued bills back. */
export const CANCELLATION_CONTROLLERS = [BillCancellationController, CancellationRequestsController];
export const CANCELLATION_PROVIDERS = [CancellationRepository, DecideCancellation, DependentBills, ReadCancellations, RebillRequest, RequestCancellation];

import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { type CancellationRequest, requestOf, requestsOf } from './cancellation-views';
import { CancellationRepository, type RequestFilter } from './cancellation.repository';

/** Shows requests to cancel bills, with the bills and their successors. */
@Injectable()
export class ReadCancellations {
  constructor(
    private readonly database: Database,
    private readonly repository: CancellationRepository,
  ) {}

  /** Throws BILLING.CANCELLATION_NOT_FOUND. */
  one(requestId: string): Promise<CancellationRequest> {
    return this.database.transaction((tx) => requestOf(tx, this.repository, requestId));
  }

  /** From the newest on. */
  list(filter: RequestFilter): Promise<CancellationRequest[]> {
    return this.database.transaction(async (tx) => requestsOf(tx, this.repository, await this.repository.list(tx, filter)));
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import type { PaymentListQuery, PaymentSummaryView, PaymentView } from './dto/payment.dto';
import { PaymentRepository } from './payment.repository';

/** Reading of payments. */
@Injectable()
export class ReadPayments {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
  ) {}

  one(paymentId: string): Promise<PaymentView> {
    return this.database.transaction((tx) => this.payments.view(tx, paymentId));
  }

  /** From the newest on, one more than the limit. */
  list(query: PaymentListQuery, before: string | undefined): Promise<PaymentSummaryView[]> {
    return this.database.transaction((tx) => this.payments.list(tx, query, before));
  }
}

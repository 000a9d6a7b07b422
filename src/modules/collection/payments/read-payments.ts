import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import type { PaymentView } from './dto/payment.dto';
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
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { DisclosureInput, DisclosureView } from '../dto/customer.dto';
import { CustomersRepository } from '../repositories/customers.repository';
import { SealPersonalData } from './seal-personal-data';

/** Shows personal data in full. Who looked, when and why is recorded before anything is shown. */
@Injectable()
export class DiscloseCustomer {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomersRepository,
    private readonly seal: SealPersonalData,
    private readonly audit: Audit,
  ) {}

  async execute(actor: Actor, customerId: string, input: DisclosureInput): Promise<DisclosureView> {
    const row = await this.customers.find(customerId);
    if (!row) throw new AppError('CUSTOMERS.CUSTOMER_NOT_FOUND');
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actor,
        action: 'customers.customer.disclose',
        subjectType: 'customer',
        subjectId: customerId,
        detail: { reason: input.reason },
      }),
    );
    return this.seal.open(row);
  }
}

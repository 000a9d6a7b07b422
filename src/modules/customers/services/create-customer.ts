import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import type { CustomerInput, CustomerView } from '../dto/customer.dto';
import { CustomersRepository } from '../repositories/customers.repository';
import { customerView, SealPersonalData } from './seal-personal-data';

/** Records a customer. The database refuses a second one with the same identity document. */
@Injectable()
export class CreateCustomer {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomersRepository,
    private readonly seal: SealPersonalData,
    private readonly audit: Audit,
  ) {}

  async execute(actor: Actor, input: CustomerInput): Promise<CustomerView> {
    const sealed = this.seal.customer(input);
    return this.database.transaction(async (tx) => {
      const row = await this.customers.insert(tx, sealed);
      const detail = { kind: row.kind, identityKind: row.identity_kind };
      await this.audit.record(tx, { actor, action: 'customers.customer.create', subjectType: 'customer', subjectId: row.customer_id, detail });
      return customerView(row);
    });
  }
}

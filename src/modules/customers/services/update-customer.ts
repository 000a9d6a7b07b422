import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { requireVersion } from '../../../platform/http';
import type { CustomerChange, CustomerInput, CustomerView } from '../dto/customer.dto';
import { CustomersRepository } from '../repositories/customers.repository';
import { customerView, SealPersonalData } from './seal-personal-data';

/** Changes a customer's personal data, where nobody else changed it since it was read. */
@Injectable()
export class UpdateCustomer {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomersRepository,
    private readonly seal: SealPersonalData,
    private readonly audit: Audit,
  ) {}

  async execute(actor: Actor, customerId: string, ifMatch: string | undefined, change: CustomerChange): Promise<CustomerView> {
    return this.database.transaction(async (tx) => {
      const current = await this.customers.lock(tx, customerId);
      if (!current) throw new AppError('CUSTOMERS.CUSTOMER_NOT_FOUND');
      requireVersion(ifMatch, current.version);
      const known = this.seal.open(current);
      const next = this.seal.customer({
        kind: current.kind as CustomerInput['kind'],
        name: change.name ?? known.name,
        identity: change.identity === undefined ? known.identity : change.identity,
        phone: change.phone === undefined ? known.phone : change.phone,
      });
      const row = await this.customers.update(tx, customerId, next);
      const fields = (['name', 'identity', 'phone'] as const).filter((name) => change[name] !== undefined);
      const detail = { fields, reason: change.reason, version: row.version };
      await this.audit.record(tx, { actor, action: 'customers.customer.update', subjectType: 'customer', subjectId: customerId, detail });
      return customerView(row);
    });
  }
}

import { Injectable } from '@nestjs/common';
import { type Actor, ownScope, requireOwn } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { CustomerQuery, CustomerView } from '../dto/customer.dto';
import { CustomersRepository } from '../repositories/customers.repository';
import { customerView, SealPersonalData } from './seal-personal-data';

/** Customers as they are shown: masked, and to a customer only itself. */
@Injectable()
export class ReadCustomers {
  constructor(
    private readonly customers: CustomersRepository,
    private readonly seal: SealPersonalData,
  ) {}

  async one(actor: Actor, customerId: string): Promise<CustomerView> {
    requireOwn(actor, { customerId }, 'CUSTOMERS.CUSTOMER_NOT_FOUND');
    const row = await this.customers.find(customerId);
    if (!row) throw new AppError('CUSTOMERS.CUSTOMER_NOT_FOUND');
    return customerView(row);
  }

  async list(actor: Actor, query: CustomerQuery): Promise<Page<CustomerView>> {
    const [after = '0'] = decodeCursor(query.cursor, 1) ?? [];
    const scope = ownScope(actor);
    const hashed = (text: string | undefined): Buffer | null => (text === undefined ? null : this.seal.hash(text));
    const filter = {
      kind: query.kind ?? null,
      nameHash: hashed(query.name),
      phoneHash: hashed(query.phone),
      identityHash: hashed(query.identityNumber),
      onlyCustomerId: scope === null ? null : (scope.customerId ?? '0'),
    };
    const rows = await this.customers.list(filter, after, query.limit + 1);
    return pageFrom(rows, query.limit, (row) => [row.customer_id], customerView);
  }
}

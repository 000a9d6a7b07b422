import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';

/** Personal data of a customer as it is stored. */
export interface SealedCustomer {
  readonly kind: string;
  readonly nameEnc: Buffer;
  readonly nameHash: Buffer;
  readonly nameMasked: string;
  readonly identityKind: string | null;
  readonly identityEnc: Buffer | null;
  readonly identityHash: Buffer | null;
  readonly identityMasked: string | null;
  readonly phoneEnc: Buffer | null;
  readonly phoneHash: Buffer | null;
  readonly phoneMasked: string | null;
}

export interface CustomerRow {
  readonly customer_id: string;
  readonly kind: string;
  readonly name_enc: Buffer;
  readonly name_hash: Buffer;
  readonly name_masked: string;
  readonly identity_kind: string | null;
  readonly identity_enc: Buffer | null;
  readonly identity_hash: Buffer | null;
  readonly identity_masked: string | null;
  readonly phone_enc: Buffer | null;
  readonly phone_hash: Buffer | null;
  readonly phone_masked: string | null;
  readonly version: number;
  readonly created_at: Date;
}

export interface CustomerFilter {
  readonly kind: string | null;
  readonly nameHash: Buffer | null;
  readonly phoneHash: Buffer | null;
  readonly identityHash: Buffer | null;
  readonly onlyCustomerId: string | null;
}

/** Columns of a sealed customer in the order of `sealedValues`. */
export const SEALED_COLUMNS = [
  'kind', 'name_enc', 'name_hash', 'name_masked',
  'identity_kind', 'identity_enc', 'identity_hash', 'identity_masked',
  'phone_enc', 'phone_hash', 'phone_masked',
] as const;

/** The values of a sealed customer in the order of `SEALED_COLUMNS`. */
export function sealedValues(customer: SealedCustomer): unknown[] {
  return [
    customer.kind, customer.nameEnc, customer.nameHash, customer.nameMasked,
    customer.identityKind, customer.identityEnc, customer.identityHash, customer.identityMasked,
    customer.phoneEnc, customer.phoneHash, customer.phoneMasked,
  ];
}

/** SQL of customers. */
@Injectable()
export class CustomersRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, customer: SealedCustomer): Promise<CustomerRow> {
    const places = SEALED_COLUMNS.map((_, index) => `$${String(index + 1)}`).join(', ');
    const rows = await tx.query<CustomerRow[]>(
      `INSERT INTO customers (${SEALED_COLUMNS.join(', ')}) VALUES (${places}) RETURNING *`,
      sealedValues(customer),
    );
    return one(rows);
  }

  async update(tx: Tx, customerId: string, customer: SealedCustomer): Promise<CustomerRow> {
    const sets = SEALED_COLUMNS.map((column, index) => `${column} = $${String(index + 2)}`).join(', ');
    const rows = await tx.query<CustomerRow[]>(
      `UPDATE customers SET ${sets}, version = version + 1, updated_at = app_now() WHERE customer_id = $1 RETURNING *`,
      [customerId, ...sealedValues(customer)],
    );
    return one(rows);
  }

  /** The customer, locked until the transaction ends. */
  async lock(tx: Tx, customerId: string): Promise<CustomerRow | undefined> {
    const rows = await tx.query<CustomerRow[]>('SELECT * FROM customers WHERE customer_id = $1 FOR UPDATE', [customerId]);
    return rows[0];
  }

  async find(customerId: string): Promise<CustomerRow | undefined> {
    const rows = await this.database.query<CustomerRow>('SELECT * FROM customers WHERE customer_id = $1', [customerId]);
    return rows[0];
  }

  /** Customers after a cursor in the order of their ids. */
  list(filter: CustomerFilter, after: string, limit: number): Promise<CustomerRow[]> {
    return this.database.query<CustomerRow>(
      `SELECT * FROM customers
       WHERE customer_id > $1
         AND ($2::text IS NULL OR kind = $2)
         AND ($3::bytea IS NULL OR name_hash = $3)
         AND ($4::bytea IS NULL OR phone_hash = $4)
         AND ($5::bytea IS NULL OR identity_hash = $5)
         AND ($6::bigint IS NULL OR customer_id = $6)
       ORDER BY customer_id LIMIT $7`,
      [after, filter.kind, filter.nameHash, filter.phoneHash, filter.identityHash, filter.onlyCustomerId, limit],
    );
  }
}

function one<Row>(rows: readonly Row[]): Row {
  const row = rows[0];
  if (row === undefined) throw new Error('the statement answered no row');
  return row;
}

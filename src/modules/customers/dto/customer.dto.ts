import { EnumField, IdField, InstantField, IntField, ObjectField, PageQuery, TextField } from '../../../platform/http';
import { CUSTOMER_KINDS } from '../customers.codes';
import { IdentityInput, IdentityView } from './identity.dto';

/** A new customer. Name, document and telephone are stored encrypted. */
export class CustomerInput {
  @EnumField({ values: CUSTOMER_KINDS, description: 'Person or organisation.', example: 'person' })
  kind!: (typeof CUSTOMER_KINDS.codes)[number];

  @TextField({ description: 'Name of the person, or registered name of the organisation.', example: '王秀兰', maxLength: 200 })
  name!: string;

  @ObjectField(() => IdentityInput, { description: 'Identity document; one document belongs to one customer.', optional: true, nullable: true })
  identity?: IdentityInput | null;

  @TextField({ description: 'Telephone number.', example: '13816542079', maxLength: 32, pattern: /^[0-9+() -]{5,32}$/, optional: true, nullable: true })
  phone?: string | null;
}

/** What changes of a customer; absent fields stay. */
export class CustomerChange {
  @TextField({ description: 'New name.', example: '王秀兰', maxLength: 200, optional: true })
  name?: string;

  @ObjectField(() => IdentityInput, { description: 'New identity document; null removes it.', optional: true, nullable: true })
  identity?: IdentityInput | null;

  @TextField({ description: 'New telephone number; null removes it.', example: '13816542080', maxLength: 32, pattern: /^[0-9+() -]{5,32}$/, optional: true, nullable: true })
  phone?: string | null;

  @TextField({ description: 'Why it is changed, for the audit.', example: 'Customer reported a new number at the counter', maxLength: 200 })
  reason!: string;
}

/** A customer as it is shown: personal data masked. */
export class CustomerView {
  @IdField({ description: 'Identity of the customer.', example: '1024' })
  customerId!: string;

  @EnumField({ values: CUSTOMER_KINDS, description: 'Person or organisation.', example: 'person' })
  kind!: string;

  @TextField({ description: 'Name, masked.', example: '王**', maxLength: 400 })
  name!: string;

  @ObjectField(() => IdentityView, { description: 'Identity document, masked; null where none is recorded.', nullable: true })
  identity!: IdentityView | null;

  @TextField({ description: 'Telephone number, masked; null where none is recorded.', example: '138****2079', maxLength: 64, nullable: true })
  phone!: string | null;

  @IntField({ description: 'Version, also in the ETag; an update names it in If-Match.', example: 1 })
  version!: number;

  @InstantField({ description: 'When the customer was recorded.', example: '2026-01-05T02:10:00.000Z' })
  createdAt!: string;
}

/** Filters of the list of customers; personal data are looked up by their exact value. */
export class CustomerQuery extends PageQuery {
  @EnumField({ values: CUSTOMER_KINDS, description: 'Only persons or only organisations.', example: 'person', optional: true })
  kind?: string;

  @TextField({ description: 'Exact name.', example: '王秀兰', maxLength: 200, optional: true })
  name?: string;

  @TextField({ description: 'Exact telephone number.', example: '13816542079', maxLength: 32, optional: true })
  phone?: string;

  @TextField({ description: 'Exact number of the identity document.', example: '310101198803151234', maxLength: 40, optional: true })
  identityNumber?: string;
}

/** Why somebody must see personal data in full; kept in the audit. */
export class DisclosureInput {
  @TextField({ description: 'Why the data must be seen in full.', example: 'Contract to be printed at the counter', minLength: 4, maxLength: 200 })
  reason!: string;
}

/** A customer's personal data in full. */
export class DisclosureView {
  @IdField({ description: 'Identity of the customer.', example: '1024' })
  customerId!: string;

  @TextField({ description: 'Name.', example: '王秀兰', maxLength: 200 })
  name!: string;

  @ObjectField(() => IdentityInput, { description: 'Identity document; null where none is recorded.', nullable: true })
  identity!: IdentityInput | null;

  @TextField({ description: 'Telephone number; null where none is recorded.', example: '13816542079', maxLength: 32, nullable: true })
  phone!: string | null;
}

import { DateField, EnumField, FlagField, IdField, ListField, ObjectField, PageQuery, TextField } from '../../../platform/http';
import { USAGE_CATEGORIES } from '../customers.codes';
import { TermsValues, TermsView } from './terms.dto';

/** A new account with the terms that it begins with. */
export class AccountInput {
  @IdField({ description: 'Customer.', example: '1024' })
  customerId!: string;

  @IdField({ description: 'Premise.', example: '2048' })
  premiseId!: string;

  @DateField({ description: 'First day of supply; also the first day of the terms.', example: '2026-01-01' })
  openedOn!: string;

  @TextField({ description: 'Number in another system; belongs to one account for ever.', example: 'LEGACY-00017', maxLength: 64, optional: true, nullable: true })
  externalReference?: string | null;

  @ObjectField(() => TermsValues, { description: 'First terms.' })
  terms!: TermsValues;
}

/** The end of an account. */
export class AccountClosing {
  @DateField({ description: 'First day on which the account is no longer supplied.', example: '2026-08-01' })
  closedOn!: string;

  @TextField({ description: 'Why it is closed.', example: 'Premise demolished', maxLength: 200 })
  reason!: string;
}

export class AccountView {
  @IdField({ description: 'Identity of the account.', example: '9001' })
  accountId!: string;

  @TextField({ description: 'Account number: 9 digits and a check digit.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @IdField({ description: 'Customer.', example: '1024' })
  customerId!: string;

  @IdField({ description: 'Premise.', example: '2048' })
  premiseId!: string;

  @TextField({ description: 'Region.', example: 'CN-SH', maxLength: 32 })
  regionCode!: string;

  @TextField({ description: 'Name of the customer, masked.', example: '王**', maxLength: 400 })
  customerName!: string;

  @TextField({ description: 'Address, masked.', example: '上海市徐汇区天平路***', maxLength: 600 })
  address!: string;

  @TextField({ description: 'Number in another system.', example: 'LEGACY-00017', maxLength: 64, nullable: true })
  externalReference!: string | null;

  @DateField({ description: 'First day of supply.', example: '2026-01-01' })
  openedOn!: string;

  @DateField({ description: 'First day without supply; null while open.', example: '2026-08-01', nullable: true })
  closedOn!: string | null;
}

/** An account with all versions of its terms. */
export class AccountDetailView extends AccountView {
  @ListField(() => TermsView, { description: 'Terms in order of time.', maxItems: 1000 })
  terms!: TermsView[];
}

/** Filters of the list of accounts. */
export class AccountQuery extends PageQuery {
  @TextField({ description: 'Exact account number.', example: '1000000014', maxLength: 10, pattern: /^[0-9]{10}$/, optional: true })
  accountNo?: string;

  @IdField({ description: 'Accounts of this customer.', example: '1024', optional: true })
  customerId?: string;

  @TextField({ description: 'Accounts in this region.', example: 'CN-SH', maxLength: 32, optional: true })
  regionCode?: string;

  @TextField({ description: 'Exact external reference.', example: 'LEGACY-00017', maxLength: 64, optional: true })
  externalReference?: string;

  @EnumField({ values: USAGE_CATEGORIES, description: 'Accounts whose terms of today have this category.', example: 'residential', optional: true })
  category?: string;

  @FlagField({ description: 'True for accounts not closed, false for closed ones.', example: true, optional: true })
  open?: boolean;
}

import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { AccountInput } from '../dto/account.dto';
import { AccountsRepository } from '../repositories/accounts.repository';
import { PremisesRepository } from '../repositories/premises.repository';
import { CustomersRepository } from '../repositories/customers.repository';
import { insertVersion } from '../repositories/dated-rows';
import { TERMS_TABLE, termsColumns } from '../repositories/terms.repository';
import { JudgeTerms } from './judge-terms';

/** Opens an account for a customer at a premise, with the terms that it begins with. Answers its id. */
@Injectable()
export class OpenAccount {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly customers: CustomersRepository,
    private readonly premises: PremisesRepository,
    private readonly judge: JudgeTerms,
    private readonly audit: Audit,
  ) {}

  async execute(actor: Actor, input: AccountInput): Promise<string> {
    const errors = await this.judge.problems(input.terms, 'terms');
    if (errors.length > 0) throw new AppError('CUSTOMERS.TERMS_INVALID', { errors });
    return this.database.transaction(async (tx) => {
      if (!(await this.customers.lock(tx, input.customerId))) throw new AppError('CUSTOMERS.CUSTOMER_NOT_FOUND');
      const regionCode = await this.premises.regionOf(tx, input.premiseId);
      if (regionCode === undefined) throw new AppError('CUSTOMERS.PREMISE_NOT_FOUND');
      const [accountNo = ''] = await this.accounts.reserveNumbers(tx, 1);
      const { customerId, premiseId, openedOn } = input;
      const externalReference = input.externalReference ?? null;
      const id = await this.accounts.insert(tx, { accountNo, customerId, premiseId, regionCode, externalReference, openedOn });
      const first = { key: [id], values: termsColumns(input.terms), from: openedOn, to: null };
      await insertVersion(tx, TERMS_TABLE, first, { userId: actor.userId, reason: 'first terms' });
      const detail = { accountNo, openedOn, category: input.terms.category, priceBook: input.terms.priceBook, planId: input.terms.planId };
      await this.audit.record(tx, { actor, action: 'customers.account.open', subjectType: 'account', subjectId: id, detail });
      return id;
    });
  }
}

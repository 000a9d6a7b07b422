import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { AppError, fieldError } from '../../../platform/errors';
import { AccountDirectory } from '../../customers';
import { exceptionText } from '../calculation.errors';
import type { AccountException } from '../documents/assembled';
import { BillComputation } from './bill-computation';
import { toCalculationView } from './calculation-views';
import type { PreviewsView } from './dto/calculation.view';

/** Shows the bills that an account would get now for a month: the work of a run without its last step. */
@Injectable()
export class PreviewAccount {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountDirectory,
    private readonly computation: BillComputation,
  ) {}

  /** Throws BILLING.ACCOUNT_NOT_FOUND, and BILLING.ACCOUNT_IS_EXCEPTION with each reason for which no bill can be made. */
  async preview(accountNo: string, period: string): Promise<PreviewsView> {
    const computed = await this.database.transaction(async (tx) => {
      const account = (await this.accounts.byNumbers(tx, [accountNo])).get(accountNo);
      if (!account) throw new AppError('BILLING.ACCOUNT_NOT_FOUND');
      return this.computation.compute(tx, { accountIds: [account.accountId], period, frozenRevision: null }, (bill) => bill);
    });
    if (computed.exceptions.length > 0) throw new AppError('BILLING.ACCOUNT_IS_EXCEPTION', { errors: computed.exceptions.map(asError) });
    return { items: computed.bills.map(({ bill, document }) => ({ ...toCalculationView(bill), document })) };
  }
}

function asError({ code, subject, params }: AccountException): ReturnType<typeof fieldError> {
  const { en, zh } = exceptionText(code);
  const figures = Object.entries(params).map(([name, value]) => `${name} ${value}`).join(', ');
  const message = figures === '' ? { en, zh } : { en: `${en} (${figures})`, zh: `${zh}（${figures}）` };
  return fieldError(subject, code, message, params['allowed']);
}

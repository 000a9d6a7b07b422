import { Injectable } from '@nestjs/common';
import { addMonths, monthOf } from '../../../core/calendar';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { AccountDirectory } from '../../customers';
import { TouchedBillsRepository } from '../documents/touched-bills.repository';
import type { TouchedBillsView } from './dto/touched-bill.dto';

/** How far back it is looked, months: three years, after which a debt lapses. */
const MONTHS_BACK = 36;
const LIMIT = 200;

/** Shows which billed periods of an account were touched by changes that were recorded afterwards. */
@Injectable()
export class ReadTouchedBills {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountDirectory,
    private readonly bills: TouchedBillsRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws BILLING.ACCOUNT_NOT_FOUND. */
  async list(accountNo: string): Promise<TouchedBillsView> {
    return this.database.transaction(async (tx) => {
      const account = (await this.accounts.byNumbers(tx, [accountNo])).get(accountNo);
      if (!account) throw new AppError('BILLING.ACCOUNT_NOT_FOUND');
      const since = `${addMonths(monthOf(this.clock.today()), -MONTHS_BACK)}-01`;
      const items = await this.bills.ofAccount(tx, account.accountId, since, LIMIT);
      return { items: items.map((bill) => ({ ...bill, parts: bill.parts.map((part) => ({ part })), code: 'BILLING.BILLED_PERIOD_TOUCHED' })) };
    });
  }
}

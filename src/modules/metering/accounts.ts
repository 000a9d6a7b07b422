import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database';
import { AccountDirectory, type AccountEntry } from '../customers';
import { refuse } from './metering.errors';

/** Accounts as the metering module needs them, by their numbers. */
@Injectable()
export class MeteringAccounts {
  constructor(private readonly directory: AccountDirectory) {}

  /** Accounts by number; unknown numbers are left out. */
  find(tx: Tx, accountNos: readonly string[]): Promise<Map<string, AccountEntry>> {
    return this.directory.byNumbers(tx, accountNos);
  }

  /** The account of a number, or METERING.ACCOUNT_NOT_FOUND naming the field. */
  async require(tx: Tx, accountNo: string, field = 'accountNo'): Promise<AccountEntry> {
    const account = (await this.find(tx, [accountNo])).get(accountNo);
    if (account) return account;
    throw refuse('METERING.ACCOUNT_NOT_FOUND', field, 'UNKNOWN', { en: 'is not the number of an account', zh: '不是已有的户号' });
  }
}

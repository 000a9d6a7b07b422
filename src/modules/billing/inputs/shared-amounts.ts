import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../customers';
import type { Actor } from '../../../platform/auth';
import { Audit } from '../../../platform/audit';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { EnterSharedAmount, SharedAmountsView, SharedAmountView } from './dto/shared-amount.dto';
import { SharedAmountRepository } from './shared-amount.repository';

/** Enters and shows the monthly amounts that are shared out to an account. */
@Injectable()
export class SharedAmounts {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountDirectory,
    private readonly amounts: SharedAmountRepository,
    private readonly audit: Audit,
  ) {}

  /** Enters an amount; one of the same name and month is superseded by it. Throws BILLING.ACCOUNT_NOT_FOUND. */
  enter(actor: Actor, accountNo: string, input: EnterSharedAmount): Promise<SharedAmountView> {
    return this.database.transaction(async (tx) => {
      const accountId = await this.accountId(tx, accountNo);
      const { period, name, titleZh, titleEn, amount, inPowerFactorBase = true } = input;
      const replaced = await this.amounts.supersede(tx, { accountId, period, name });
      const recorded = await this.amounts.insert(tx, { accountId, period, name, titleZh, titleEn, amount, inPowerFactorBase, recordedBy: actor.userId });
      await this.audit.record(tx, {
        actor,
        action: 'billing.shared-amount.enter',
        subjectType: 'account',
        subjectId: accountId,
        detail: { period, name, amount, replaced },
      });
      return recorded;
    });
  }

  /** The amounts in force of an account and month. Throws BILLING.ACCOUNT_NOT_FOUND. */
  async list(accountNo: string, period: string): Promise<SharedAmountsView> {
    const accountId = await this.database.transaction((tx) => this.accountId(tx, accountNo));
    return { items: await this.amounts.inForce(accountId, period) };
  }

  private async accountId(tx: Tx, accountNo: string): Promise<string> {
    const found = await this.accounts.byNumbers(tx, [accountNo]);
    const account = found.get(accountNo);
    if (!account) throw new AppError('BILLING.ACCOUNT_NOT_FOUND');
    return account.accountId;
  }
}

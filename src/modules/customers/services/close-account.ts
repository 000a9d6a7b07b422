import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import type { AccountClosing, AccountDetailView } from '../dto/account.dto';
import { AccountsRepository } from '../repositories/accounts.repository';
import { endVersions } from '../repositories/dated-rows';
import { CIRCUITS_TABLE, STATES_TABLE } from '../repositories/supply.repository';
import { TERMS_TABLE } from '../repositories/terms.repository';
import { AccountChanges } from './account-changes';
import { ReadAccounts } from './read-accounts';

/** Closes an account on a day: its terms, circuits and transformers end with it. */
@Injectable()
export class CloseAccount {
  constructor(
    private readonly changes: AccountChanges,
    private readonly accounts: AccountsRepository,
    private readonly read: ReadAccounts,
  ) {}

  async execute(actor: Actor, accountId: string, { closedOn, reason }: AccountClosing): Promise<AccountDetailView> {
    const note = { action: 'customers.account.close', detail: { closedOn, reason } };
    await this.changes.change(actor, accountId, note, async (tx) => {
      const by = { userId: actor.userId, reason };
      await this.accounts.close(tx, accountId, closedOn, reason);
      await endVersions(tx, TERMS_TABLE, 'account_id = $1', accountId, closedOn, by);
      await endVersions(tx, CIRCUITS_TABLE, 'account_id = $1', accountId, closedOn, by);
      const ownStates = 'transformer_id IN (SELECT transformer_id FROM transformers WHERE account_id = $1)';
      await endVersions(tx, STATES_TABLE, ownStates, accountId, closedOn, by);
    });
    return this.read.one(actor, accountId);
  }
}

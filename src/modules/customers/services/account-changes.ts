import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { type AccountRow, AccountsRepository } from '../repositories/accounts.repository';
import { type DatedRow, type DatedTable, firstDay, versionOn } from '../repositories/dated-rows';

/** What a change tells the audit. */
export interface ChangeNote {
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The frame of every change to an account: locked, open, recorded who and why, all or nothing. */
@Injectable()
export class AccountChanges {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly audit: Audit,
  ) {}

  /** Runs a change on a locked account. Throws where the account is absent or closed. */
  async change(actor: Actor, accountId: string, note: ChangeNote, work: (tx: Tx, account: AccountRow) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const account = await this.accounts.lock(tx, accountId);
      if (!account) throw new AppError('CUSTOMERS.ACCOUNT_NOT_FOUND');
      if (account.closed_on !== null) throw new AppError('CUSTOMERS.ACCOUNT_CLOSED');
      await work(tx, account);
      await this.audit.record(tx, { actor, action: note.action, subjectType: 'account', subjectId: accountId, detail: note.detail });
    });
  }

  /** The version that a change from a day on splits. Throws where nothing is in force on that day. */
  async inForce(tx: Tx, dated: DatedTable, key: readonly unknown[], day: string): Promise<DatedRow> {
    const version = await versionOn(tx, dated, key, day);
    if (version) return version;
    throw new AppError('CUSTOMERS.NOTHING_IN_FORCE', { params: { from: (await firstDay(tx, dated, key)) ?? '-' } });
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { Audit } from '../../../platform/audit';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { AccountDirectory } from '../../customers';
import { ConfirmationRepository } from './confirmation.repository';
import type { ConfirmFindingInput } from './dto/confirmation.dto';

/** Lets a bill be issued in spite of a finding that a person has looked at. */
@Injectable()
export class ConfirmFinding {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountDirectory,
    private readonly confirmations: ConfirmationRepository,
    private readonly audit: Audit,
  ) {}

  /** Throws BILLING.ACCOUNT_NOT_FOUND. A finding that is confirmed already stays so. */
  async confirm(actor: Actor, accountNo: string, { period, code, subject = '', reason }: ConfirmFindingInput): Promise<void> {
    await this.database.transaction(async (tx) => {
      const account = (await this.accounts.byNumbers(tx, [accountNo])).get(accountNo);
      if (!account) throw new AppError('BILLING.ACCOUNT_NOT_FOUND');
      const { accountId } = account;
      await this.confirmations.insert(tx, { accountId, period, code, subject, reason, recordedBy: actor.userId });
      await this.audit.record(tx, {
        actor,
        action: 'billing.finding.confirm',
        subjectType: 'account',
        subjectId: accountId,
        detail: { period, code, subject, reason },
      });
    });
  }
}

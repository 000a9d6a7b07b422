import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import type { TermsChange, TermsView } from '../dto/terms.dto';
import { splitVersion } from '../repositories/dated-rows';
import { TERMS_TABLE, termsColumns } from '../repositories/terms.repository';
import { AccountChanges } from './account-changes';
import { JudgeTerms } from './judge-terms';
import { ReadAccounts } from './read-accounts';

/** Gives an account new terms from a day on; what was in force holds up to that day. Answers all versions. */
@Injectable()
export class ChangeTerms {
  constructor(
    private readonly changes: AccountChanges,
    private readonly judge: JudgeTerms,
    private readonly read: ReadAccounts,
  ) {}

  async execute(actor: Actor, accountId: string, change: TermsChange): Promise<TermsView[]> {
    const errors = await this.judge.problems(change, '');
    if (errors.length > 0) throw new AppError('CUSTOMERS.TERMS_INVALID', { errors });
    const { validFrom: day, reason } = change;
    const note = { action: 'customers.terms.change', detail: { validFrom: day, reason, category: change.category, planId: change.planId } };
    await this.changes.change(actor, accountId, note, async (tx) => {
      const inForce = await this.changes.inForce(tx, TERMS_TABLE, [accountId], day);
      const split = { key: [accountId], inForce, day, values: termsColumns(change) };
      await splitVersion(tx, TERMS_TABLE, split, { userId: actor.userId, reason });
    });
    return this.read.terms(actor, accountId);
  }
}

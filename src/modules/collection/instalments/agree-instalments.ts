import { Injectable } from '@nestjs/common';
import { checkParts } from '../../../core/receivables';
import { dec, sum, text } from '../../../core/quantity';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { FourEyes } from '../../../platform/four-eyes';
import { type Debt, Debts } from '../debts/debts';
import type { InstalmentAgreementView, NewInstalments } from './dto/instalment.dto';
import { InstalmentRepository } from './instalment.repository';

/**
 * Lets debts be paid in parts: one person writes the agreement down over what is owed on that day, a second one agrees.
 * From then on money counts on the parts, the oldest first, and the bills may be paid in part.
 */
@Injectable()
export class AgreeInstalments {
  constructor(
    private readonly database: Database,
    private readonly debts: Debts,
    private readonly agreements: InstalmentRepository,
    private readonly fourEyes: FourEyes,
    private readonly audit: Audit,
  ) {}

  request(input: NewInstalments, actor: Pick<Actor, 'userId'>): Promise<InstalmentAgreementView> {
    return this.database.transaction(async (tx) => {
      const [account] = await tx.query<{ accountId: string }[]>('select account_id as "accountId" from accounts where account_no = $1', [input.accountNo]);
      if (!account) throw new AppError('COLLECTION.ACCOUNT_NOT_FOUND');
      const terms = await this.agreements.terms(tx, account.accountId);
      const debts = await this.owedBy(tx, account.accountId, input.receivableIds, terms.today);
      const owed = sum(debts.flatMap(({ outstanding, lateCharge }) => [outstanding, lateCharge]));
      const parts = input.parts.map(({ dueOn, amount }) => ({ dueOn, amount: dec(amount) }));
      checkParts(parts, owed, terms.today);
      if (parts.length > terms.maximumParts || parts.some(({ dueOn }) => dueOn > terms.lastDay)) {
        throw new AppError('COLLECTION.INSTALMENTS_BEYOND_RULE', { params: { maximumParts: String(terms.maximumParts), lastDay: terms.lastDay } });
      }
      const { accountId } = account;
      const agreementId = await this.agreements.insert(tx, { accountId, total: text(owed, 2), terms, reason: input.reason, requestedBy: actor.userId, debts, parts: input.parts });
      await this.audit.record(tx, { actor, action: 'collection.instalment.request', subjectType: 'instalment-agreement', subjectId: agreementId, detail: { total: text(owed, 2), parts: parts.length, reason: input.reason } });
      return this.agreements.view(tx, agreementId);
    });
  }

  approve(agreementId: string, actor: Pick<Actor, 'userId'>): Promise<InstalmentAgreementView> {
    return this.database.transaction(async (tx) => {
      const { state, requestedBy, receivableIds } = await this.agreements.lock(tx, agreementId);
      if (state === 'rejected' || state === 'withdrawn') throw new AppError('COLLECTION.REQUEST_TURNED_DOWN');
      if (state !== 'requested') throw new AppError('COLLECTION.INSTALMENTS_ALREADY_APPROVED');
      await this.fourEyes.approve(tx, { subjectType: 'instalment-agreement', subjectId: agreementId, action: 'approve', requestedBy, actor });
      await this.debts.lock(tx, receivableIds);
      if (!(await this.agreements.isUpToDate(tx, agreementId))) throw new AppError('COLLECTION.INSTALMENTS_OUTDATED');
      await this.agreements.approve(tx, agreementId, actor.userId);
      await this.audit.record(tx, { actor, action: 'collection.instalment.approve', subjectType: 'instalment-agreement', subjectId: agreementId });
      return this.agreements.view(tx, agreementId);
    });
  }

  /** Ends an agreement early: the whole is due again from today on. */
  cancel(agreementId: string, reason: string, actor: Pick<Actor, 'userId'>): Promise<InstalmentAgreementView> {
    return this.database.transaction(async (tx) => {
      const { receivableIds } = await this.agreements.lock(tx, agreementId);
      await this.agreements.noteCourse(tx, { receivableIds });
      const { state } = await this.agreements.lock(tx, agreementId);
      if (state !== 'active') throw new AppError('COLLECTION.INSTALMENTS_NOT_ACTIVE');
      await this.agreements.cancel(tx, agreementId, actor.userId, reason);
      await this.audit.record(tx, { actor, action: 'collection.instalment.cancel', subjectType: 'instalment-agreement', subjectId: agreementId, detail: { reason } });
      return this.agreements.view(tx, agreementId);
    });
  }

  /** The debts that are to be paid in parts, locked, as of today; what an earlier agreement has come to is noted before. */
  private async owedBy(tx: Tx, accountId: string, receivableIds: readonly string[] | undefined, today: string): Promise<Debt[]> {
    const ids = await this.debts.lockOpen(tx, receivableIds ? { receivableIds } : { accountIds: [accountId] });
    if (ids.length === 0 || (receivableIds && ids.length !== new Set(receivableIds).size)) throw new AppError('COLLECTION.RECEIVABLE_NOT_OPEN');
    await this.agreements.noteCourse(tx, { receivableIds: ids });
    const debts = await this.debts.load(tx, ids, today);
    if (debts.some((debt) => debt.accountId !== accountId)) throw new AppError('COLLECTION.RECEIVABLE_NOT_OPEN');
    return debts;
  }
}

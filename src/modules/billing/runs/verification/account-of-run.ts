import { Injectable } from '@nestjs/common';
import { dec, text } from '../../../../core/quantity';
import type { Actor } from '../../../../platform/auth';
import { Audit } from '../../../../platform/audit';
import { Database, type Tx } from '../../../../platform/database';
import type { WrittenAccounts } from '../account-billing';
import { MemberRepository } from '../member.repository';
import { type LockedRun, RunStates } from '../run-states';
import { AccountBillsRepository, type BilledMember } from './account-bills.repository';
import type { SampleSettlement } from './sample';
import { SampleRepository } from './sample.repository';

interface Correction {
  readonly how: Exclude<SampleSettlement, 'overridden'>;
  readonly accountNo: string;
  readonly actor: Actor;
  readonly reason: string;
}

interface Recount {
  readonly to: 'billed' | 'exceptions';
  /** New less old amount, yuan. */
  readonly amount: string;
  readonly frozenRevision: string;
}

interface Renewal extends Pick<WrittenAccounts, 'alreadyBilled' | 'stored'> {
  readonly frozenRevision: string;
}

/** The place of one account in a run that is not released: its drafts, its count, and the samples that it is in. */
@Injectable()
export class AccountOfRun {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly bills: AccountBillsRepository,
    private readonly members: MemberRepository,
    private readonly samples: SampleRepository,
    private readonly audit: Audit,
  ) {}

  /** The run, locked for change, and the account in it. Throws BILLING.RUN_NOT_FOUND and BILLING.RUN_STATE. */
  async lock(tx: Tx, runId: string, accountNo: string): Promise<{ run: LockedRun; member: BilledMember | undefined }> {
    const run = await this.states.lock(tx, runId, 'change');
    this.states.require(run, ['computed', 'checked', 'verified']);
    return { run, member: await this.bills.find(tx, run, accountNo) };
  }

  /** A revision for this account alone; the lock on all inputs is held only while it is drawn. */
  async cut(): Promise<string> {
    const [row] = await this.database.query<{ revision: string }>('select freeze_inputs() as revision');
    if (!row) throw new Error('a function without a row');
    return row.revision;
  }

  async remove(tx: Tx, run: LockedRun, member: BilledMember): Promise<void> {
    await this.bills.remove(tx, run.period, member.billIds);
  }

  async leaveOut(tx: Tx, run: LockedRun, member: BilledMember, actor: Actor, reason: string): Promise<void> {
    await this.members.excludeByDecision(tx, run.runId, member.accountId, actor.userId, reason);
    await this.bills.count(tx, run.runId, member.intervalNo, 'excluded', text(dec(member.totalAmount).negated(), 2));
  }

  async recount(tx: Tx, run: LockedRun, member: BilledMember, { to, amount, frozenRevision }: Recount): Promise<void> {
    await this.members.setOwnRevision(tx, run.runId, member.accountId, frozenRevision);
    await this.bills.count(tx, run.runId, member.intervalNo, to, amount);
  }

  /** An account whose exception was computed again: as of which revision, left out where it is billed already, and its bills to be looked at. */
  async renew(tx: Tx, run: LockedRun, accountId: string, { frozenRevision, alreadyBilled, stored }: Renewal): Promise<void> {
    await this.members.setOwnRevision(tx, run.runId, accountId, frozenRevision);
    await this.members.excludeBilled(tx, run.runId, alreadyBilled);
    await this.samples.addRecomputed(tx, run, [], stored.map(({ billId }) => billId));
  }

  /** The drawn bills are dealt with; the ones in their place are to be looked at; what was checked is no longer what would be released. */
  async settle(tx: Tx, run: LockedRun, member: BilledMember, { how, accountNo, actor, reason }: Correction): Promise<void> {
    const sampleIds = await this.samples.settleAccount(tx, run.runId, member.accountId, how, actor.userId, reason);
    const inPlace = how === 'excluded' ? [] : await this.bills.idsOf(tx, run, accountNo);
    await this.samples.addRecomputed(tx, run, sampleIds, inPlace);
    if (run.state !== 'computed') await this.states.move(tx, run, 'computed', { by: actor.userId, reason: `account ${accountNo}: ${reason}`.slice(0, 500) });
    const detail = { accountNo, how, reason };
    await this.audit.record(tx, { actor, action: 'billing.run.correct', subjectType: 'billing-run', subjectId: run.runId, detail });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { FourEyes } from '../../../platform/four-eyes';
import { requireNoOtherPeriodComputing } from '../runs/period-order';
import { RECEIVABLES_PORT, type ReceivablesPort } from '../runs/receivables.port';
import { type CancellationRequest, requestOf } from './cancellation-views';
import { CancellationRepository, type LockedRequest, type RequestedBillRow } from './cancellation.repository';
import { DependentBills } from './dependent-bills';

/**
 * The second person's part. An approval takes all bills of the request out of force, closes their receivables and
 * reverses their journals in one transaction, or does nothing.
 */
@Injectable()
export class DecideCancellation {
  constructor(
    private readonly database: Database,
    private readonly dependents: DependentBills,
    private readonly repository: CancellationRepository,
    private readonly fourEyes: FourEyes,
    private readonly audit: Audit,
    @Inject(RECEIVABLES_PORT) private readonly receivables: ReceivablesPort,
  ) {}

  /** What was paid between request and approval counts. */
  approve(requestId: string, reason: string, actor: Actor): Promise<CancellationRequest> {
    return this.database.transaction(async (tx) => {
      const bills = await this.repository.billsOf(tx, [requestId]);
      // Before any row is locked: runs wait for each other in this order.
      for (const runId of new Set(bills.map((bill) => bill.runId))) await requireNoOtherPeriodComputing(tx, runId);
      await this.requireNotComputing(tx, bills);
      const request = await this.lockUndecided(tx, requestId);
      await this.fourEyes.approve(tx, { subjectType: 'cancellation-request', subjectId: requestId, action: 'cancel', requestedBy: request.requestedBy, actor });
      await this.requireUnchanged(tx, bills);
      await this.repository.decide(tx, requestId, 'approved', actor.userId, reason);
      if ((await this.repository.setCancelled(tx, requestId)) !== bills.length) throw new AppError('BILLING.DEPENDENTS_CHANGED');
      const detail = { reason, bills: bills.map(({ billNo }) => billNo) };
      await this.audit.record(tx, { actor, action: 'billing.cancellation.approve', subjectType: 'cancellation-request', subjectId: requestId, detail });
      const view = await requestOf(tx, this.repository, requestId);
      await this.receivables.closeFor(tx, bills.map(({ cancellationId, period, billId, accountId }) => ({ cancellationId, period, billId, accountId })));
      return view;
    });
  }

  /** Lets the bills stand: the second person declines, or whoever asked withdraws. */
  decline(requestId: string, reason: string, actor: Actor): Promise<CancellationRequest> {
    return this.database.transaction(async (tx) => {
      await this.lockUndecided(tx, requestId);
      await this.repository.decide(tx, requestId, 'declined', actor.userId, reason);
      await this.audit.record(tx, { actor, action: 'billing.cancellation.decline', subjectType: 'cancellation-request', subjectId: requestId, detail: { reason } });
      return requestOf(tx, this.repository, requestId);
    });
  }

  /** A run of the same month reads what sub-meters in other accounts are billed with. Under the lock of the check before, none begins. */
  private async requireNotComputing(tx: Tx, bills: readonly RequestedBillRow[]): Promise<void> {
    const [run] = await tx.query<{ runId: string; period: string }[]>(
      `select run_id as "runId", period from billing_runs
        where kind <> 'trial' and frozen_revision is not null and state in ('draft', 'frozen', 'computing') and period = any($1::text[]) order by run_id limit 1`,
      [bills.map(({ period }) => period)],
    );
    if (run !== undefined) throw new AppError('BILLING.SAME_PERIOD_COMPUTING', { params: { ...run } });
  }

  private async lockUndecided(tx: Tx, requestId: string): Promise<LockedRequest> {
    const request = await this.repository.lock(tx, requestId);
    if (request === undefined) throw new AppError('BILLING.CANCELLATION_NOT_FOUND');
    if (request.state !== 'requested') throw new AppError('BILLING.CANCELLATION_DECIDED');
    return request;
  }

  /** A month that was released since the request depends on these bills too; whoever approves decides about a definite list. */
  private async requireUnchanged(tx: Tx, bills: readonly RequestedBillRow[]): Promise<void> {
    const asked = bills.find(({ cause }) => cause === 'asked-for');
    if (asked === undefined) throw new Error('a request without the bill that it asks for');
    const found = await this.dependents.of(tx, asked);
    const listed = new Set(bills.map(({ billId }) => billId));
    if (found.length !== listed.size || found.some(({ billId }) => !listed.has(billId))) throw new AppError('BILLING.DEPENDENTS_CHANGED');
  }
}

import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth';
import { Audit } from '../../../../platform/audit';
import { Database, type Tx } from '../../../../platform/database';
import { parseBillNo } from '../../bills/bill-number';
import type { CheckReport, SampleBill } from '../checks/check-report';
import { type LockedRun, RunStates } from '../run-states';
import type { SampleReason, SampleOrder } from './sample';
import { type DrawnBill, SampleRepository } from './sample.repository';

const SEEDS = 2 ** 47;

/** A seed for whoever brings none, decimal digits. */
export const freshSeed = (): string => String(randomInt(SEEDS));

/** Draws bills of a checked run for people to look at: at random by a stored seed, and the striking ones of its check. */
@Injectable()
export class DrawSample {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly samples: SampleRepository,
    private readonly audit: Audit,
  ) {}

  /** Answers the id of the sample. Throws BILLING.RUN_NOT_FOUND and BILLING.RUN_STATE. */
  async draw(runId: string, order: SampleOrder, actor: Actor): Promise<string> {
    return this.database.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '2min'`);
      const run = await this.states.lock(tx, runId, 'change');
      this.states.require(run, ['checked']);
      const sampleId = await this.samples.insert(tx, runId, order, actor.userId);
      const drawn = [...(await this.samples.drawRandom(tx, run, order)), ...(await this.striking(tx, run, order))];
      await this.samples.addBills(tx, sampleId, run.period, drawn);
      const detail = { sampleId, ...order };
      await this.audit.record(tx, { actor, action: 'billing.run.sample', subjectType: 'billing-run', subjectId: runId, detail });
      return sampleId;
    });
  }

  private async striking(tx: Tx, run: LockedRun, { largest, jumps }: SampleOrder): Promise<DrawnBill[]> {
    const [check] = await tx.query<{ report: CheckReport }[]>(
      'select report from billing_run_checks where run_id = $1 order by check_id desc limit 1',
      [run.runId],
    );
    if (!check) throw new Error('a checked run has a check');
    return [...named(check.report.largestBills.slice(0, largest), 'largest'), ...named(check.report.jumpBills.slice(0, jumps), 'jump')];
  }
}

function named(bills: readonly SampleBill[], reason: SampleReason): DrawnBill[] {
  return bills.flatMap(({ billNo }) => {
    const parsed = parseBillNo(billNo);
    return parsed === null ? [] : [{ billId: parsed.billId, reason }];
  });
}

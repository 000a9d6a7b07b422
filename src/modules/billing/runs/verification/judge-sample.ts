import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth';
import { Audit } from '../../../../platform/audit';
import { Database, type Tx } from '../../../../platform/database';
import { AppError, fieldError } from '../../../../platform/errors';
import { RunStates } from '../run-states';
import type { Judgement } from './sample';
import { SampleRepository } from './sample.repository';

const OPEN_STATES = ['computed', 'checked', 'verified'] as const;

/** What people find when they look at the bills of a sample. */
@Injectable()
export class JudgeSample {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly samples: SampleRepository,
    private readonly audit: Audit,
  ) {}

  /** Records verdicts. A wrong bill takes a verified run back: it is verified again once the bill is settled. */
  async judge(runId: string, sampleId: string, judgements: readonly Judgement[], actor: Actor): Promise<void> {
    requireNotes(judgements);
    await this.database.transaction(async (tx) => {
      const run = await this.states.lock(tx, runId, 'change');
      await this.requireSample(tx, runId, sampleId);
      this.states.require(run, OPEN_STATES);
      const known = await this.samples.standings(tx, runId, sampleId, judgements.map(({ billNo }) => billNo));
      const errors = judgements.flatMap(({ billNo }, index) => {
        const standing = known.get(billNo);
        const field = `verdicts.${String(index)}.billNo`;
        if (standing === undefined) return [fieldError(field, 'UNKNOWN', { en: 'is not in this sample', zh: '不在该样本中' })];
        return standing.settled === null ? [] : [fieldError(field, 'SETTLED', { en: 'is settled already', zh: '已处理完毕' })];
      });
      if (errors.length > 0) throw new AppError('BILLING.SAMPLE_BILL_REFUSED', { errors });
      await this.samples.judge(tx, sampleId, judgements, actor.userId);
      const wrong = judgements.filter(({ verdict }) => verdict === 'wrong').map(({ billNo }) => billNo);
      if (wrong.length > 0 && run.state === 'verified') {
        await this.states.move(tx, run, 'checked', { by: actor.userId, reason: `bill ${wrong[0] ?? ''} was found wrong` });
      }
      const detail = { sampleId, right: judgements.length - wrong.length, wrong };
      await this.audit.record(tx, { actor, action: 'billing.run.judge', subjectType: 'billing-run', subjectId: runId, detail });
    });
  }

  /** Lets a bill through that was found wrong, with a reason that stands beside it for ever. Throws BILLING.SAMPLE_BILL_NOT_WRONG. */
  async override(runId: string, sampleId: string, billNo: string, actor: Actor, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const run = await this.states.lock(tx, runId, 'change');
      await this.requireSample(tx, runId, sampleId);
      this.states.require(run, OPEN_STATES);
      const standing = (await this.samples.standings(tx, runId, sampleId, [billNo])).get(billNo);
      if (standing?.verdict !== 'wrong' || standing.settled !== null) throw new AppError('BILLING.SAMPLE_BILL_NOT_WRONG');
      await this.samples.override(tx, sampleId, billNo, actor.userId, reason);
      const detail = { sampleId, billNo, reason };
      await this.audit.record(tx, { actor, action: 'billing.run.override', subjectType: 'billing-run', subjectId: runId, detail });
    });
  }

  private async requireSample(tx: Tx, runId: string, sampleId: string): Promise<void> {
    const rows = await tx.query<unknown[]>('select 1 from billing_run_samples where run_id = $1 and sample_id = $2', [runId, sampleId]);
    if (rows.length === 0) throw new AppError('BILLING.SAMPLE_NOT_FOUND');
  }
}

/** Whoever finds a bill wrong says what is wrong; nobody judges a bill twice in one call. */
function requireNotes(judgements: readonly Judgement[]): void {
  const seen = new Set<string>();
  const errors = judgements.flatMap(({ billNo, verdict, note }, index) => {
    const repeated = seen.has(billNo);
    seen.add(billNo);
    if (repeated) return [fieldError(`verdicts.${String(index)}.billNo`, 'REPEATED', { en: 'is judged twice', zh: '重复' })];
    if (verdict === 'right' || note !== null) return [];
    return [fieldError(`verdicts.${String(index)}.note`, 'REQUIRED', { en: 'is required for a wrong bill', zh: '有误的账单必须说明' })];
  });
  if (errors.length > 0) throw new AppError('REQUEST.INVALID', { errors });
}

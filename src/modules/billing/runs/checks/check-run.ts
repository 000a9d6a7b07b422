import { Injectable } from '@nestjs/common';
import { addMonths } from '../../../../core/calendar';
import type { Actor } from '../../../../platform/auth';
import { Audit } from '../../../../platform/audit';
import { Database } from '../../../../platform/database';
import { AppError } from '../../../../platform/errors';
import { SubMeterAgreement } from '../../documents/sub-meter-agreement';
import type { CheckReport, JumpLimits } from './check-report';
import { CheckRepository } from './check.repository';
import { RunStates } from '../run-states';

/** A report with who made it and when. */
export interface RunCheck {
  readonly checkId: string;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly report: CheckReport;
}

/** Compares a computed run with the month before and marks it checked; without a report nothing is released. */
@Injectable()
export class CheckRun {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly reports: CheckRepository,
    private readonly audit: Audit,
    private readonly subMeters: SubMeterAgreement,
  ) {}

  async check(runId: string, actor: Actor, limits: JumpLimits): Promise<RunCheck> {
    return this.database.transaction(async (tx) => {
      await tx.query(`set local statement_timeout = '5min'; set local work_mem = '64MB'`);
      const run = await this.states.lock(tx, runId, 'change');
      this.states.require(run, ['computed', 'checked', 'verified']);
      await this.subMeters.require(tx, runId, run.period);
      const keys = { runId, period: run.period, comparedWith: addMonths(run.period, -1) };
      const report = await this.reports.report(tx, keys, limits);
      const rows = await tx.query<{ check_id: string; made_at: Date }[]>(
        'insert into billing_run_checks (run_id, report, made_by) values ($1, $2, $3) returning check_id, made_at',
        [runId, JSON.stringify(report), actor.userId],
      );
      const row = rows[0];
      if (!row) throw new Error('the check was not recorded');
      await tx.query('update billing_runs set result_hash = $2 where run_id = $1', [runId, report.resultHash]);
      if (run.state === 'computed') await this.states.move(tx, run, 'checked', { by: actor.userId, reason: `check ${row.check_id}` });
      const detail = { checkId: row.check_id, resultHash: report.resultHash };
      await this.audit.record(tx, { actor, action: 'billing.run.check', subjectType: 'billing-run', subjectId: runId, detail });
      return { checkId: row.check_id, madeBy: actor.userId, madeAt: row.made_at, report };
    });
  }

  /** The reports of a run, the newest first. */
  list(runId: string, limit: number, before: string | undefined): Promise<RunCheck[]> {
    return this.database.query<RunCheck>(
      `select check_id as "checkId", made_by as "madeBy", made_at as "madeAt", report from billing_run_checks
        where run_id = $1 and ($2::bigint is null or check_id < $2) order by check_id desc limit $3`,
      [runId, before ?? null, limit],
    );
  }

  /** One report of a run. Throws BILLING.CHECK_NOT_FOUND. */
  async one(runId: string, checkId: string): Promise<RunCheck> {
    const [check] = await this.database.query<RunCheck>(
      `select check_id as "checkId", made_by as "madeBy", made_at as "madeAt", report from billing_run_checks where run_id = $1 and check_id = $2`,
      [runId, checkId],
    );
    if (!check) throw new AppError('BILLING.CHECK_NOT_FOUND');
    return check;
  }
}

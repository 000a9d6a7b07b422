import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';

/** A month whose lines and documents are away. */
export interface DetachedPeriod {
  readonly period: string;
  readonly bills: string;
  readonly lines: string;
  readonly documents: string;
  /** Bytes of the two tables with their indexes when they were detached. */
  readonly bytes: string;
  readonly reason: string;
  readonly detachedAt: Date;
}

/**
 * Takes the lines and documents of old months out of the partitioned tables, and puts them back. The conditions stand in
 * the database (`detach_period`, `attach_period`), under the lock that runs take to begin.
 */
@Injectable()
export class DetachedPeriods {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  list(): Promise<DetachedPeriod[]> {
    return this.database.query<DetachedPeriod>(
      `select period, bills, lines, documents, bytes, reason, detached_at as "detachedAt" from detached_periods order by period`,
    );
  }

  /** Throws BILLING.PERIOD_DETACHED, _UNKNOWN, _RECENT, _IN_USE, _NOT_CLOSED, _NEEDED. */
  async detach(period: string, actor: Actor, reason: string): Promise<DetachedPeriod> {
    await this.change(async (tx) => {
      await tx.query('select detach_period($1, $2, $3)', [period, actor.userId, reason]);
      await this.audit.record(tx, { actor, action: 'billing.period.detach', subjectType: 'billing-period', subjectId: period, detail: { reason } });
    });
    const found = (await this.list()).find((each) => each.period === period);
    if (!found) throw new Error('a period that was detached is in the list');
    return found;
  }

  /** Throws BILLING.PERIOD_NOT_DETACHED, _TABLES_MISSING, _CHANGED. */
  attach(period: string, actor: Actor, reason: string): Promise<void> {
    return this.change(async (tx) => {
      await tx.query('select attach_period($1)', [period]);
      await this.audit.record(tx, { actor, action: 'billing.period.attach', subjectType: 'billing-period', subjectId: period, detail: { reason } });
    });
  }

  private change(work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => {
      // A month of a large company is counted and compared row by row.
      await tx.query(`set local statement_timeout = '1h'`);
      await work(tx);
    });
  }
}

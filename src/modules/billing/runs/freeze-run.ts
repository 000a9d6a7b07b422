import { Injectable } from '@nestjs/common';
import { monthPeriod } from '../../../core/calendar';
import { Database, type Tx } from '../../../platform/database';
import { awaitingRebill, Population, populationCondition } from './population';
import { mayBegin, takeTurn } from './period-order';
import { LockedRun, RunStates } from './run-states';

/** Accounts of one interval: enough to read and write set-based, few enough to lose little when a worker dies. */
export const INTERVAL_ACCOUNTS = 500;

/** Days from the first of a month to the reading day of an account (`a`), by the route that it is on then, as of a revision. */
const readingDayOffset = (first: string, revision: string): string => `coalesce((
  select rr.reading_day - 1 from route_accounts ra join reading_routes rr using (route_id)
   where ra.account_id = a.account_id and ra.valid_from <= ${first}::date and (ra.valid_to is null or ra.valid_to > ${first}::date)
     and ra.recorded_revision <= ${revision} and (ra.superseded_revision is null or ra.superseded_revision > ${revision})), 0)`;

/** What came of an attempt to freeze a run. */
export type FreezeOutcome = 'frozen' | 'waits-for-other-period' | 'waits-for-purge' | 'nothing-to-do';

/**
 * Takes the clean cut through the inputs and writes down who is in the run. Two transactions: the first makes the
 * period's partitions and then draws the revision, so that it holds the lock that all writers of inputs share for one
 * statement, and leaves nothing behind where it fails; the second reads as of that revision and may take its time. Each step is done once however often it is called.
 */
@Injectable()
export class FreezeRun {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
  ) {}

  async freeze(runId: string): Promise<FreezeOutcome> {
    if (!(await this.drawRevision(runId))) return 'waits-for-other-period';
    return this.database.transaction(async (tx) => {
      // One at a time, so that no account becomes a member of two live runs of a period.
      await takeTurn(tx);
      const run = await this.states.lock(tx, runId, 'change');
      if (run.state !== 'draft') return 'nothing-to-do';
      if (await this.draftsRemain(tx, run)) return 'waits-for-purge';
      await this.writeMembers(tx, run);
      await this.writeIntervals(tx, runId);
      await this.states.move(tx, run, 'frozen', { by: null, reason: 'inputs frozen' });
      return 'frozen';
    });
  }

  /** Answers false where a run of another period must be computed first. */
  private async drawRevision(runId: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await takeTurn(tx);
      const run = await this.states.lock(tx, runId, 'change');
      if (run.state !== 'draft' || run.frozenRevision !== null) return true;
      if (!(await mayBegin(tx, runId))) return false;
      await tx.query('select ensure_period_partitions($1)', [run.period]);
      await tx.query(`update billing_runs set frozen_revision = freeze_inputs(), frozen_at = app_now() where run_id = $1`, [runId]);
      return true;
    });
  }

  /** Whether a discarded run of the same period still has bills that keep their accounts' places. */
  private async draftsRemain(tx: Tx, run: LockedRun): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `select 1 from billing_runs where period = $1 and kind <> 'trial' and $2 <> 'trial' and state = 'discarded' and purged_at is null limit 1`,
      [run.period, run.kind],
    );
    return rows.length > 0;
  }

  private async writeMembers(tx: Tx, run: LockedRun): Promise<void> {
    const [row] = await tx.query<{ population: Population; frozen_revision: string }[]>(
      'select population, frozen_revision from billing_runs where run_id = $1',
      [run.runId],
    );
    if (!row) throw new Error('a locked run is there');
    const { sql, names } = populationCondition(row.population);
    const period = monthPeriod(run.period);
    await tx.query(
      `insert into billing_run_members (run_id, account_id, interval_no, exclusion_code)
       select $4, a.account_id, (row_number() over (order by a.account_id) - 1) / $6 + 1,
         case when a.opened_on >= $5::date and a.opened_on >= $5::date + ${readingDayOffset('$5', '$1')} then 'NOT_YET_OPEN'
              when a.closed_revision <= $1 and a.closed_on <= $2::date then 'CLOSED'
              when taken.released then 'ALREADY_BILLED'
              when taken.released is not null or other.account_id is not null then 'IN_ANOTHER_RUN'
              when $7 = 'regular' and cancelled.account_id is not null then 'BILL_CANCELLED' end
         from accounts a
         left join (select b.account_id, bool_or(r.state = 'released') as released
                      from bills b join billing_runs r using (run_id)
                     where b.period = $8 and b.live and b.kind in ('periodic', 'final') and $7::text <> 'trial'
                     group by b.account_id) taken using (account_id)
         left join (select distinct m.account_id
                      from billing_run_members m join billing_runs r using (run_id)
                     where r.period = $8 and r.kind <> 'trial' and $7::text <> 'trial' and r.run_id <> $4
                       and r.state not in ('released', 'discarded') and m.exclusion_code is null) other using (account_id)
         left join (${awaitingRebill('$8')}) awaiting using (account_id)
         left join (select distinct account_id from bill_cancellations where period = $8 and state = 'approved') cancelled using (account_id)
        where a.recorded_revision <= $1 and ${sql} and ($7 <> 'rebill' or awaiting.account_id is not null)`,
      [row.frozen_revision, period.from, names, run.runId, period.to, INTERVAL_ACCOUNTS, run.kind, run.period],
    );
  }

  private async writeIntervals(tx: Tx, runId: string): Promise<void> {
    await tx.query(
      `insert into billing_run_intervals (run_id, interval_no, first_account_id, last_account_id, population, excluded, state, finished_at)
       select run_id, interval_no, min(account_id), max(account_id), count(*), count(exclusion_code),
              case when count(*) = count(exclusion_code) then 'done' else 'pending' end,
              case when count(*) = count(exclusion_code) then clock_timestamp() end
         from billing_run_members where run_id = $1 group by run_id, interval_no`,
      [runId],
    );
  }
}

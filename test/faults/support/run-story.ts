import { randomUUID } from 'node:crypto';
import { DriveRun, FreezeRun } from '../../../src/modules/billing/runs';
import { ComputeInterval } from '../../../src/modules/billing/runs/compute-interval';
import { IntervalRepository, type ClaimedInterval } from '../../../src/modules/billing/runs/interval.repository';
import type { RunFixture } from '../../integration/support/run-fixture';

export const START = { period: '2026-05', kind: 'regular', population: { by: 'all' } };

/** A run and what can be done to it, on a database of its own. */
export class Story {
  runId = '';

  constructor(readonly runs: RunFixture) {}

  async sql<Row>(text: string, params: unknown[] = []): Promise<Row[]> {
    return (await this.runs.database.owner.query(text, params)).rows as Row[];
  }

  async start(body: object = START, name = 'operator.ou'): Promise<string> {
    const headers = await this.runs.as('operator', name);
    const answer = await this.runs.http.post('/v1/billing-runs').set(headers).set('Idempotency-Key', randomUUID()).send(body).expect(202);
    return (answer.body as { runId: string }).runId;
  }

  async computing(body: object = START): Promise<string> {
    this.runId = await this.start(body);
    expect(await this.runs.app.get(FreezeRun).freeze(this.runId)).toBe('frozen');
    await this.sql(`update billing_runs set state = 'computing' where run_id = $1`, [this.runId]);
    return this.runId;
  }

  async claim(worker: string): Promise<ClaimedInterval> {
    const claimed = await this.runs.app.get(IntervalRepository).claim(this.runId, worker);
    if (!claimed) throw new Error('no interval was free');
    return claimed;
  }

  claimed(worker: string): Promise<ClaimedInterval | undefined> {
    return this.runs.app.get(IntervalRepository).claim(this.runId, worker);
  }

  compute(claim: ClaimedInterval): Promise<string> {
    return this.runs.app.get(ComputeInterval).run(claim).then(() => 'written', (error: Error) => error.name);
  }

  drive(): Promise<string> {
    return this.runs.app.get(DriveRun).drive(this.runId, new AbortController().signal);
  }

  leasesEnd(): Promise<unknown> {
    return this.sql(`update billing_run_intervals set lease_until = clock_timestamp() where state = 'computing'`);
  }

  /** What the run says that it billed, beside the bills that are there. */
  async counted(): Promise<{ counted: number; bills: number; accounts: number; state: string }> {
    const [row] = await this.sql<{ counted: number; bills: number; accounts: number; state: string }>(`
      select (select sum(billed)::int from billing_run_intervals where run_id = $1) as counted, (select count(*)::int from bills) as bills,
             (select count(distinct account_id)::int from bills) as accounts, (select state from billing_runs where run_id = $1) as state`, [this.runId]);
    if (!row) throw new Error('a row of sums');
    return row;
  }

  /** The application's role does something past the application: done, or the name of the constraint that refuses it. */
  behindTheBack(text: string, params: unknown[] = []): Promise<string> {
    return this.runs.database.app.query(text, params).then(() => 'done', (error: { constraint?: string; code?: string }) => error.constraint ?? error.code ?? 'refused');
  }
}

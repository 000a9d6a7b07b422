import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { DriveRun, FreezeRun, registerRunCommands } from '../../src/modules/billing/runs';
import { ComputeInterval } from '../../src/modules/billing/runs/compute-interval';
import { IntervalRepository, type ClaimedInterval } from '../../src/modules/billing/runs/interval.repository';
import { GiveUpInterval, SPLITS_PER_RUN } from '../../src/modules/billing/runs/intervals/give-up-interval';
import { JobQueue, Sweeper } from '../../src/platform/queue';
import { testCluster } from '../support/cluster';
import { connect } from '../support/database';
import { openRuns, type RunFixture } from './support/run-fixture';

jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

const ACCOUNTS = 1_200;
/** The 333rd of the first 500: alone after halves of 500, 250, 125, 63, 31, 16, 8, 4 and 2 accounts, which are 9 splits. */
const AT_FAULT = 333;
const SPLITS = 9;

interface IntervalAnswer { intervalNo: number; state: string; accounts: number; failures: number; losses: number; interruptions: number; notBefore: string | null; faultCode: string | null; correlationId: string | null }

describe('an interval that cannot be computed', () => {
  let runs: RunFixture;
  let runId: string;
  let operator: Record<string, string>;
  let tries: jest.SpyInstance;

  beforeEach(async () => {
    runs = await openRuns(ACCOUNTS);
    operator = await runs.as('operator');
    const { body } = await runs.http.post('/v1/billing-runs').set(operator).set('Idempotency-Key', randomUUID()).send({ period: '2026-05', kind: 'regular', population: { by: 'all' } }).expect(202);
    runId = (body as { runId: string }).runId;
    await runs.app.get(FreezeRun).freeze(runId);
    tries = jest.spyOn(runs.app.get(ComputeInterval), 'run');
  });
  afterEach(() => runs.close());

  const sql = async <Row>(text: string, params: unknown[] = []): Promise<Row[]> => (await runs.database.owner.query(text, params)).rows as Row[];
  const drive = () => runs.app.get(DriveRun).drive(runId, new AbortController().signal);
  /** What `ops run …` prints as JSON, as the operator. */
  const ops = async <Answer>(...words: string[]): Promise<Answer> => {
    const printed: unknown[] = [];
    const program = new Command().exitOverride();
    registerRunCommands(program, { config: () => Promise.reject(new Error('not needed')), app: () => Promise.resolve(runs.app), json: true, print: (value: unknown) => void printed.push(value) });
    await program.parseAsync(['node', 'ops', 'run', ...words, '--token', (operator['Authorization'] ?? '').replace('Bearer ', '')]);
    return printed[0] as Answer;
  };
  const skipPauses = () => sql('update billing_run_intervals set not_before = null');
  const intervals = async (query = ''): Promise<IntervalAnswer[]> =>
    ((await runs.http.get(`/v1/billing-runs/${runId}/intervals?limit=200${query}`).set(operator).expect(200)).body as { items: IntervalAnswer[] }).items;
  const view = async (): Promise<{ state: string; counts: Record<string, number>; progress: { intervals: Record<string, number> } }> => {
    const { body } = await runs.http.get(`/v1/billing-runs/${runId}`).set(operator).expect(200);
    const { accounts, pending, billed, excluded, exceptions } = body.counts as Record<string, number>;
    expect(accounts).toBe(ACCOUNTS);
    expect(Number(pending) + Number(billed) + Number(excluded) + Number(exceptions)).toBe(ACCOUNTS);
    return body;
  };
  /** What no worker would wait for in a test: pauses are skipped until nothing is left that a worker may claim. */
  const driveOn = async (): Promise<void> => {
    for (let round = 0; round < 40; round += 1) {
      await skipPauses();
      await drive();
      const { pending, computing } = (await view()).progress.intervals;
      if (pending === 0 && computing === 0) return;
    }
    throw new Error('the intervals were tried again and again');
  };
  /** The database refuses to take the interval's result, for a reason that no rule foresees. */
  const refuse = (when: string) => sql(`
    create or replace function break_interval() returns trigger language plpgsql as $$ begin raise exception 'no rule foresees this' using errcode = 'XX000'; end $$;
    create trigger break_interval before update on billing_run_intervals for each row when (new.state = 'done' and ${when}) execute function break_interval()`);
  const mend = () => sql('drop trigger break_interval on billing_run_intervals');
  const holdsAccountAtFault = `${String(AT_FAULT)} between new.first_account_id and new.last_account_id`;
  const resume = (body: object = { reason: 'mended' }, headers = operator) =>
    runs.http.post(`/v1/billing-runs/${runId}/resumption`).set(headers).set('Idempotency-Key', randomUUID()).send(body);

  it('is tried three times with growing pauses and then split, until the account at fault stands alone on the work list and all others are billed', async () => {
    await refuse(`new.billed > 0 and ${holdsAccountAtFault}`);
    await drive();
    const [first] = await intervals('&state=pending');
    expect(first).toMatchObject({ intervalNo: 1, failures: 1, losses: 0, interruptions: 0, faultCode: 'SQLSTATE.XX000' });
    expect(Date.parse(first?.notBefore ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect((await view()).progress.intervals).toEqual({ pending: 1, waiting: 1, computing: 0, done: 2, parked: 0 });
    expect(await runs.app.get(IntervalRepository).claim(runId, 'eager')).toBeUndefined();
    await driveOn();
    const done = await view();
    expect(done).toMatchObject({ state: 'computed', counts: { pending: 0, billed: ACCOUNTS - 1, excluded: 0, exceptions: 1 } });
    const { body } = await runs.http.get(`/v1/billing-runs/${runId}/exceptions`).set(operator).expect(200);
    expect(body.items).toMatchObject([{ accountNo: String(AT_FAULT).padStart(10, '0'), code: 'BILLING.UNEXPECTED', subject: 'SQLSTATE.XX000', state: 'open' }]);
    expect(body.items[0].correlationId).toMatch(/^[0-9a-f-]{36}$/);
    // Three attempts for the whole, and one for each smaller piece that held the account.
    const failed = (await Promise.allSettled(tries.mock.results.map(({ value }) => value as Promise<void>))).filter(({ status }) => status === 'rejected');
    expect(failed).toHaveLength(3 + SPLITS);
    expect(await intervals()).toHaveLength(3 + SPLITS);
    expect(await sql(`select 1 from billing_run_members m join billing_run_intervals i using (run_id, interval_no) where m.account_id not between i.first_account_id and i.last_account_id`)).toEqual([]);
    expect(await sql(`select i.interval_no from billing_run_intervals i where population <> (select count(*) from billing_run_members m where m.run_id = i.run_id and m.interval_no = i.interval_no)`)).toEqual([]);
  });

  it('that even alone cannot be set aside is parked with code and correlation id, wakes nobody, and goes on when a person resumes it', async () => {
    await refuse(holdsAccountAtFault);
    await driveOn();
    expect(await view()).toMatchObject({ state: 'computing', counts: { pending: 1, billed: ACCOUNTS - 1, exceptions: 0 }, progress: { intervals: { parked: 1, pending: 0 } } });
    const [parked] = await intervals('&state=parked');
    expect(parked).toMatchObject({ state: 'parked', accounts: 1, faultCode: 'SQLSTATE.XX000' });
    expect(parked?.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    await runs.app.get(Sweeper).sweepOnce();
    expect((await runs.app.get(JobQueue).counts()).find(({ job }) => job === 'billing.compute-intervals')).toMatchObject({ waiting: 0, active: 0 });
    expect(await ops<IntervalAnswer[]>('intervals', runId, '--state', 'parked')).toMatchObject([{ intervalNo: parked?.intervalNo, state: 'parked', correlationId: parked?.correlationId }]);
    await mend();
    for (const role of ['clerk', 'auditor'] as const) expect((await resume(undefined, await runs.as(role))).body.code).toBe('AUTH.NOT_PERMITTED');
    expect((await resume({ reason: 'mended', intervalNo: 2 })).body.code).toBe('BILLING.NOTHING_PARKED');
    expect((await resume({ reason: 'mended', intervalNo: parked?.intervalNo })).body).toEqual({ runId, resumed: 1 });
    await drive();
    expect(await view()).toMatchObject({ state: 'computed', counts: { pending: 0, billed: ACCOUNTS } });
    expect((await resume()).body.code).toBe('BILLING.RUN_STATE');
    expect(await sql(`select detail->>'reason' as reason from audit_events where action = 'billing.run.resume'`)).toEqual([{ reason: 'mended' }]);
  });

  it('because of a fault that is everywhere is not cut to pieces without end: the run parks what is left, and computes it once that is mended', async () => {
    await refuse('true');
    await driveOn();
    const stuck = await view();
    expect(stuck).toMatchObject({ state: 'computing', counts: { pending: ACCOUNTS, billed: 0 }, progress: { intervals: { parked: 3 + SPLITS_PER_RUN, pending: 0 } } });
    expect(tries.mock.calls.length).toBeLessThanOrEqual(3 * 3 + 2 * SPLITS_PER_RUN);
    await mend();
    expect((await ops<{ intervalNos: number[] }>('resume', runId, '--reason', 'mended')).intervalNos).toHaveLength(3 + SPLITS_PER_RUN);
    await drive();
    expect(await view()).toMatchObject({ state: 'computed', counts: { billed: ACCOUNTS } });
  });

  it('because the database goes away is interrupted as often as it likes: no attempt is used up', async () => {
    let cuts = 40;
    runs.computation.pause = () => {
      cuts -= 1;
      return cuts < 0 ? Promise.resolve() : Promise.reject(Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }));
    };
    for (let round = 0; round < 40; round += 1) {
      await skipPauses();
      expect(await drive()).toBe('held-up');
    }
    expect((await intervals()).map(({ failures, losses, interruptions, state }) => [state, failures, losses, interruptions])).toEqual([['pending', 0, 0, 40], ['pending', 0, 0, 0], ['pending', 0, 0, 0]]);
    await skipPauses();
    await drive();
    expect(await view()).toMatchObject({ state: 'computed', counts: { billed: ACCOUNTS } });
  });

  it('because its connection was cut in the middle waits, and is computed by itself afterwards', async () => {
    runs.computation.pause = async () => {
      runs.computation.pause = () => Promise.resolve();
      const admin = await connect(testCluster().adminUrl);
      const { rows } = await admin.query(`select pg_terminate_backend(pid) as ended from pg_stat_activity where datname = $1 and usename = 'wattledger_app' and state = 'idle in transaction'`, [runs.database.name]);
      await admin.end();
      expect(rows).toEqual([{ ended: true }]);
    };
    expect(await drive()).toBe('held-up');
    const [cut] = await intervals();
    expect(cut).toMatchObject({ state: 'pending', failures: 0, losses: 0, interruptions: 1 });
    await skipPauses();
    await drive();
    expect(await view()).toMatchObject({ state: 'computed', counts: { billed: ACCOUNTS } });
  });
});

describe('an interval whose workers end or fall silent', () => {
  let runs: RunFixture;
  let runId: string;

  beforeEach(async () => {
    runs = await openRuns(ACCOUNTS);
    const { body } = await runs.http.post('/v1/billing-runs').set(await runs.as('operator')).set('Idempotency-Key', randomUUID()).send({ period: '2026-05', kind: 'regular', population: { by: 'all' } }).expect(202);
    runId = (body as { runId: string }).runId;
    await runs.app.get(FreezeRun).freeze(runId);
    await runs.database.owner.query(`update billing_runs set state = 'computing' where run_id = $1`, [runId]);
  });
  afterEach(() => runs.close());

  const claim = (): Promise<ClaimedInterval | undefined> => runs.app.get(IntervalRepository).claim(runId, 'worker');
  const leasesEnd = () => runs.database.owner.query(`update billing_run_intervals set lease_until = clock_timestamp() where state = 'computing'`);
  const holds = async ({ intervalNo }: ClaimedInterval): Promise<boolean> => {
    const { rows } = await runs.database.owner.query('select $2 between first_account_id and last_account_id as holds from billing_run_intervals where interval_no = $1', [intervalNo, AT_FAULT]);
    return (rows[0] as { holds: boolean }).holds;
  };

  it('is split after the third takeover, until the account that ends workers is alone on the work list', async () => {
    let deaths = 0;
    for (let claimed = await claim(); claimed; claimed = await claim()) {
      if (await runs.app.get(GiveUpInterval).lostTooOften(claimed)) continue;
      if (await holds(claimed)) {
        deaths += 1;
        await leasesEnd();
      } else await runs.app.get(ComputeInterval).run(claimed);
    }
    expect(deaths).toBe(3 + SPLITS);
    await runs.app.get(DriveRun).completeIfDone(runId);
    const { rows } = await runs.database.owner.query(`
      select r.state, (select sum(billed)::int from billing_run_intervals) as billed, e.account_id as account, e.code, e.subject
        from billing_runs r join billing_exceptions e using (run_id)`);
    expect(rows).toEqual([{ state: 'computed', billed: ACCOUNTS - 1, account: String(AT_FAULT), code: 'BILLING.UNEXPECTED', subject: 'BILLING.WORKER_LOST' }]);
  });

  it('is not blamed for a restart of the database in between', async () => {
    for (let restart = 0; restart < 6; restart += 1) {
      expect(await claim()).toMatchObject({ intervalNo: 1, losses: 0, fence: restart + 1 });
      // As if the server had been started after the claim.
      await runs.database.owner.query(`update billing_run_intervals set claimed_at = '2000-01-01' where state = 'computing'`);
      await leasesEnd();
    }
  });

  it('cannot be parked without saying what was wrong with it', async () => {
    await expect(runs.database.app.query(`update billing_run_intervals set state = 'parked' where interval_no = 1`)).rejects.toMatchObject({ constraint: 'billing_run_intervals_parked_whole' });
  });
});

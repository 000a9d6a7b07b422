import { randomUUID } from 'node:crypto';
import { DriveRun, FreezeRun } from '../../src/modules/billing/runs';
import { ComputeInterval, FencedOff } from '../../src/modules/billing/runs/compute-interval';
import { IntervalFaultRepository } from '../../src/modules/billing/runs/intervals/interval-faults.repository';
import { IntervalRepository, type ClaimedInterval } from '../../src/modules/billing/runs/interval.repository';
import { computeIntervalsJob } from '../../src/modules/billing/runs/run-job-names';
import { JobQueue, Sweeper } from '../../src/platform/queue';
import { eventually } from '../support/wait';
import { openRuns, type RunFixture } from './support/run-fixture';

jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

const ACCOUNTS = 1_200;

describe('intervals of a run', () => {
  let runs: RunFixture;
  let runId: string;
  let intervals: IntervalRepository;
  let compute: ComputeInterval;

  beforeEach(async () => {
    runs = await openRuns(ACCOUNTS);
    intervals = runs.app.get(IntervalRepository);
    compute = runs.app.get(ComputeInterval);
    const operator = await runs.as('operator');
    const started = await runs.http.post('/v1/billing-runs').set(operator).set('Idempotency-Key', randomUUID()).send({ period: '2026-05', kind: 'regular', population: { by: 'all' } });
    runId = started.body.runId;
    await runs.app.get(FreezeRun).freeze(runId);
    await runs.database.owner.query(`update billing_runs set state = 'computing' where run_id = $1`, [runId]);
  });

  afterEach(() => runs.close());

  const claim = async (worker: string): Promise<ClaimedInterval> => {
    const claimed = await intervals.claim(runId, worker);
    if (!claimed) throw new Error('no interval was free');
    return claimed;
  };
  const leaseEnds = () => runs.database.owner.query(`update billing_run_intervals set lease_until = now() - interval '1 second' where state = 'computing'`);
  const bills = async () => {
    const { rows } = await runs.database.owner.query('select count(*)::int as bills, count(distinct account_id)::int as accounts from bills');
    return rows[0] as { bills: number; accounts: number };
  };
  const drive = () => runs.app.get(DriveRun).drive(runId, new AbortController().signal);

  it('are claimed one at a time, by however many workers at once', async () => {
    const claims = await Promise.all(Array.from({ length: 8 }, (_, worker) => intervals.claim(runId, String(worker))));
    const numbers = claims.flatMap((each) => (each ? [each.intervalNo] : []));
    expect(numbers.sort()).toEqual([1, 2, 3]);
    const { rows } = await runs.database.owner.query(`select count(*)::int as held from billing_run_intervals where state = 'computing'`);
    expect(rows).toEqual([{ held: 3 }]);
  });

  it('stay with their worker until the lease ends, and then go to the next one', async () => {
    for (const worker of ['a', 'b', 'c']) await claim(worker);
    await expect(intervals.claim(runId, 'd')).resolves.toBeUndefined();
    await leaseEnds();
    await expect(intervals.claim(runId, 'd')).resolves.toMatchObject({ intervalNo: 1, fence: 2 });
  });

  it('a worker that is paused beyond its lease writes nothing', async () => {
    const paused = await claim('paused');
    await leaseEnds();
    await drive();
    expect(await bills()).toEqual({ bills: ACCOUNTS, accounts: ACCOUNTS });
    await expect(compute.run(paused)).rejects.toBeInstanceOf(FencedOff);
    await runs.app.get(IntervalFaultRepository).interrupt(paused, { code: 'CONNECTION_LOST', correlationId: '0' });
    expect(await bills()).toEqual({ bills: ACCOUNTS, accounts: ACCOUNTS });
    const { rows } = await runs.database.owner.query('select state from billing_runs');
    expect(rows).toEqual([{ state: 'computed' }]);
  });

  it('a worker that is paused while it computes writes nothing either', async () => {
    let resume = (): void => undefined;
    const held = new Promise<void>((resolve) => { resume = resolve; });
    const paused = await claim('paused');
    let entered = (): void => undefined;
    const inside = new Promise<void>((resolve) => { entered = resolve; });
    runs.computation.pause = () => {
      runs.computation.pause = () => Promise.resolve();
      entered();
      return held;
    };
    const late = compute.run(paused);
    await inside;
    await leaseEnds();
    await drive();
    resume();
    await expect(late).rejects.toBeInstanceOf(FencedOff);
    expect(await bills()).toEqual({ bills: ACCOUNTS, accounts: ACCOUNTS });
  });

  it('without the fence the paused worker would try to write, and the counts would no longer add up', async () => {
    const paused = await claim('paused');
    await leaseEnds();
    await claim('next');
    jest.spyOn(intervals, 'proveFence').mockResolvedValue(true);
    await expect(compute.run(paused)).resolves.toBeUndefined();
  });

  it('nothing is written into a run that was discarded meanwhile', async () => {
    const claimed = await claim('slow');
    await runs.database.owner.query(`update billing_runs set state = 'discarded' where run_id = $1`, [runId]);
    await expect(compute.run(claimed)).rejects.toBeInstanceOf(FencedOff);
    expect(await bills()).toEqual({ bills: 0, accounts: 0 });
  });

  it('an account that was billed meanwhile by other means is left out, not billed twice', async () => {
    const claimed = await claim('first');
    await runs.database.owner.query(`select ensure_period_partitions('2026-05')`);
    await runs.database.owner.query(
      `insert into bills (period, bill_id, bill_no, run_id, account_id, account_no, kind, cycle_from, cycle_to, region_code, category, plan_id, currency,
         total_amount, net_amount, tax_amount, funds_amount, energy_kwh, line_count, tariff_hashes, engine_version, document_hash, result_hash)
       values ('2026-05', 999999, 'x', 0, 17, '0000000017', 'periodic', '2026-05-01', '2026-06-01', 'R1', 'residential', 'p', 'CNY', 0, 0, 0, 0, 0, 0, '{}', '1', '', '')`,
    );
    await compute.run(claimed);
    const { rows } = await runs.database.owner.query('select billed, excluded, exceptions from billing_run_intervals where interval_no = 1');
    expect(rows).toEqual([{ billed: 499, excluded: 1, exceptions: 0 }]);
  });

  it('the last interval completes the run once, however many workers see it', async () => {
    await Promise.all([drive(), drive(), drive(), drive()]);
    const { rows } = await runs.database.owner.query(`select count(*)::int as n from billing_run_transitions where to_state = 'computed'`);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('wake-ups of all slots come back once the queue lost them, and none is added to those that wait', async () => {
    const waiting = () => runs.app.get(JobQueue).waiting(computeIntervalsJob);
    expect(await waiting()).toBe(0);
    await runs.app.get(Sweeper).sweepOnce();
    expect(await waiting()).toBe(3);
    await claim('busy');
    await runs.app.get(Sweeper).sweepOnce();
    expect(await waiting()).toBe(3);
  });

  it('a wake-up that the queue lost is made up for by the sweep', async () => {
    await runs.work();
    await eventually('the run to be computed', async () => {
      const { rows } = await runs.database.owner.query('select state from billing_runs');
      return (rows[0] as { state: string }).state === 'computed' ? true : undefined;
    }, 45_000);
    expect(await bills()).toEqual({ bills: ACCOUNTS, accounts: ACCOUNTS });
  });
});

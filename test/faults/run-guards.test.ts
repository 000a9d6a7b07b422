import { FreezeRun } from '../../src/modules/billing/runs';
import { openRuns, type RunFixture } from '../integration/support/run-fixture';
import { connect } from '../support/database';
import { eventually } from '../support/wait';
import { patchSql } from './support/patched-sql';
import { START, Story } from './support/run-story';

jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

/** Two intervals. */
const ACCOUNTS = 700;

interface GuardCase {
  /** What keeps it from happening. */
  readonly guard: string;
  /** What then happens. */
  readonly without: string;
  /** The guard in a copy: an object of the test's own database that is dropped, or a piece of SQL that is changed on its way. */
  readonly broken: string | readonly [from: string, to: string, dropped?: string];
  readonly story: (story: Story) => Promise<unknown>;
  readonly holds: unknown;
  readonly then: unknown;
}

/** A worker is paused beyond its lease, another one computes its interval, the first goes on. */
const pausedWriter = async (story: Story): Promise<unknown> => {
  await story.computing();
  const paused = await story.claim('paused');
  await story.leasesEnd();
  await story.compute(await story.claim('next'));
  const late = await story.compute(paused);
  const { counted, bills } = await story.counted();
  return { late, counted, bills };
};

/** One worker has an interval, another asks for work until there is none. */
const secondWorker = async (story: Story): Promise<unknown> => {
  await story.computing();
  const first = await story.claim('first');
  const others = [await story.claimed('second'), await story.claimed('second')].map((each) => each?.intervalNo ?? null);
  return { first: first.intervalNo, others };
};

const deadWorker = async (story: Story): Promise<unknown> => {
  await story.computing();
  await story.claim('dead');
  await story.leasesEnd();
  await story.drive();
  return (await story.counted()).state;
};

const fiveStarts = async (story: Story): Promise<unknown> => {
  return new Set(await Promise.all(Array.from({ length: 5 }, (_, index) => story.start(START, `operator.${String(index)}`)))).size;
};

/** While a run computes, a bill of the same account and month comes into being by other means. */
const secondBill = async (story: Story): Promise<unknown> => {
  await story.computing();
  await story.sql(`
    insert into bills (period, bill_id, bill_no, run_id, account_id, account_no, kind, cycle_from, cycle_to, region_code, category, plan_id, currency,
      total_amount, net_amount, tax_amount, funds_amount, energy_kwh, line_count, tariff_hashes, engine_version, document_hash, result_hash)
    values ('2026-05', 999999, 'x', 0, 17, '0000000017', 'periodic', '2026-05-01', '2026-06-01', 'R1', 'residential', 'p', 'CNY', 0, 0, 0, 0, 0, 0, '{}', '1', '', '')`);
  await story.drive();
  const { bills, accounts } = await story.counted();
  return { accountsWithTwoBills: bills - accounts };
};

/** An interval is called done although one account of it is nowhere. */
const lostAccount = async (story: Story): Promise<unknown> => {
  await story.computing();
  await story.drive();
  return story.behindTheBack(`update billing_run_intervals set billed = billed - 1 where run_id = $1 and interval_no = 1`, [story.runId]);
};

const tooManyBilled = async (story: Story): Promise<unknown> => {
  await story.computing();
  return story.behindTheBack(`update billing_run_intervals set billed = population + 1 where run_id = $1 and interval_no = 1`, [story.runId]);
};

/** A clerk has written terms and not yet committed when the run freezes: the revisions of the run must not grow a row afterwards. */
const openEdit = async (story: Story): Promise<unknown> => {
  const clerk = await connect(story.runs.database.urls.app);
  const within = async (): Promise<number> => {
    const [row] = await story.sql<{ n: number }>(`select count(*)::int as n from account_terms t, billing_runs r where r.run_id = $1 and t.recorded_revision <= r.frozen_revision`, [story.runId]);
    return row?.n ?? 0;
  };
  try {
    story.runId = await story.start();
    await clerk.query('begin');
    await clerk.query(`insert into account_terms (account_id, valid_from, valid_to, category, voltage, price_book, plan_id, charge_method, power_factor_standard, household_size, recorded_by)
      values (17, '2019-01-01', '2019-02-01', 'residential', 'below-1kv', 'plain', 'plain', 'none', 'none', 9, 1)`);
    const cut = { done: false };
    const freeze = story.runs.app.get(FreezeRun).freeze(story.runId).then(() => { cut.done = true; });
    await eventually('the freeze to wait or to be done', async () =>
      cut.done || (await story.sql(`select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`)).length > 0);
    const atFreeze = cut.done ? await within() : null;
    await clerk.query('commit');
    await freeze;
    return { waited: atFreeze === null, slippedIn: (await within()) - (atFreeze ?? (await within())) };
  } finally {
    await clerk.end();
  }
};

/** June is started while May is being computed; then May is thrown away while June computes. */
const twoPeriods = async (story: Story): Promise<unknown> => {
  const may = await story.computing();
  const june = await story.start({ ...START, period: '2026-06' });
  const freeze = await story.runs.app.get(FreezeRun).freeze(june);
  const states = await story.sql<{ state: string }>('select state from billing_runs where run_id = any($1::bigint[]) and frozen_revision is not null', [[may, june]]);
  return { freeze, readingAtOnce: states.length };
};

const changeBehindAReader = async (story: Story): Promise<unknown> => {
  const may = await story.computing();
  await story.drive();
  const june = await story.start({ ...START, period: '2026-06' });
  await story.runs.app.get(FreezeRun).freeze(june);
  const { body, status } = await story.runs.http.post(`/v1/billing-runs/${may}/discard`).set(await story.runs.as('operator')).send({ reason: 'in between' });
  return status === 202 ? 'vanished under the reader' : (body as { code: string }).code;
};

/** The run's creator writes the release into the database himself. */
const ownRelease = async (story: Story): Promise<unknown> => {
  await story.computing();
  await story.drive();
  await story.sql(`alter table billing_runs disable trigger user`);
  return story.behindTheBack(`update billing_runs set state = 'released', released_by = created_by, released_at = now() where run_id = $1`, [story.runId]);
};

const ownApproval = async (story: Story): Promise<unknown> => {
  await story.runs.as('supervisor');
  return story.behindTheBack(`insert into approvals (subject_type, subject_id, action, requested_by, approved_by) select 'billing-run', '1', 'release', user_id, user_id from users limit 1`);
};

/** A run that computes is called released, by another person, without check and verification. */
const shortCut = async (story: Story): Promise<unknown> => {
  await story.computing();
  return story.behindTheBack(`update billing_runs set state = 'released', released_by = created_by + 1, released_at = now() where run_id = $1`, [story.runId]);
};

const otherCut = async (story: Story): Promise<unknown> => {
  await story.computing();
  return story.behindTheBack(`update billing_runs set frozen_revision = frozen_revision + 1000 where run_id = $1`, [story.runId]);
};

const CASES: readonly GuardCase[] = [
  {
    guard: 'the fence that a writer proves', without: 'a worker that was paused beyond its lease writes over the result: the run says that fewer accounts are billed than have bills',
    broken: [`and fence = $3 and state = 'computing' for update`, 'and $3::int is not null for update'], story: pausedWriter,
    holds: { late: 'FencedOff', counted: 500, bills: 500 }, then: { late: 'written', counted: 0, bills: 500 },
  },
  {
    guard: 'the lease of an interval', without: 'a second worker takes what the first is just computing',
    broken: ['o.lease_until < clock_timestamp()', 'o.lease_until is not null'], story: secondWorker,
    holds: { first: 1, others: [2, null] }, then: { first: 1, others: [1, 1] },
  },
  {
    guard: 'the end of a lease', without: 'what a dead worker held is never computed',
    broken: ['o.lease_until < clock_timestamp()', 'o.lease_until is null'], story: deadWorker,
    holds: 'computed', then: 'computing',
  },
  {
    guard: 'one live run for a period, kind and population', without: 'five starts are several runs',
    broken: [`on conflict (period, kind, population_hash) where state not in ('released', 'discarded') do nothing`, '', 'drop index billing_runs_one_live'], story: fiveStarts, holds: 1, then: 5,
  },
  {
    guard: 'one live bill for an account and month', without: 'an account has two bills',
    broken: 'drop index bills_one_live', story: secondBill, holds: { accountsWithTwoBills: 0 }, then: { accountsWithTwoBills: 1 },
  },
  {
    guard: 'the counts of a finished interval', without: 'an account is neither pending nor billed nor excluded nor an exception',
    broken: 'alter table billing_run_intervals drop constraint billing_run_intervals_done_whole', story: lostAccount, holds: 'billing_run_intervals_done_whole', then: 'done',
  },
  {
    guard: 'the counts of an interval at work', without: 'more accounts are billed than there are',
    broken: 'alter table billing_run_intervals drop constraint billing_run_intervals_counts_within', story: tooManyBilled, holds: 'billing_run_intervals_counts_within', then: 'done',
  },
  {
    guard: 'the lock on the inputs while the revision is drawn', without: 'an edit that was under way gets into the run after its freeze',
    broken: `create or replace function share_lock_inputs() returns trigger language plpgsql as $$ begin return null; end $$`, story: openEdit,
    holds: { waited: true, slippedIn: 0 }, then: { waited: false, slippedIn: 1 },
  },
  {
    guard: 'no two periods at a time', without: 'two months are computed at once, and one reads the other half made',
    broken: [`other.period <> own.period and`, 'false and'], story: twoPeriods,
    holds: { freeze: 'waits-for-other-period', readingAtOnce: 1 }, then: { freeze: 'frozen', readingAtOnce: 2 },
  },
  {
    guard: 'the period lock of finished runs', without: 'bills vanish under a run that reads them',
    broken: [`other.period <> own.period and`, 'false and'], story: changeBehindAReader,
    holds: 'BILLING.OTHER_PERIOD_COMPUTING', then: 'vanished under the reader',
  },
  {
    guard: 'the second person on the run', without: 'who started a run releases it',
    broken: 'alter table billing_runs drop constraint billing_runs_second_person', story: ownRelease, holds: 'billing_runs_second_person', then: 'done',
  },
  {
    guard: 'the second person of an approval', without: 'a person approves what the same person asked for',
    broken: 'alter table approvals drop constraint approvals_by_another_person', story: ownApproval, holds: 'approvals_by_another_person', then: 'done',
  },
  {
    guard: 'the order of states', without: 'a run is released that nobody checked',
    broken: 'drop trigger billing_runs_guard on billing_runs', story: shortCut, holds: 'billing_runs_order', then: 'done',
  },
  {
    guard: 'the revision that stays', without: 'a run reads other inputs at its end than at its beginning',
    broken: 'drop trigger billing_runs_guard on billing_runs', story: otherCut, holds: 'billing_runs_identity', then: 'done',
  },
];

/** Every story is told twice: on the product as it is, and on a copy in which one guard is broken. */
describe('a guard of the billing run', () => {
  let runs: RunFixture;
  beforeEach(async () => { runs = await openRuns(ACCOUNTS); });
  afterEach(() => runs.close());

  describe.each(CASES)('$guard → $without', ({ broken, story, holds, then }) => {
    it('as it is, this does not happen', async () => {
      expect(await story(new Story(runs))).toEqual(holds);
    });

    it('in a copy without it, it does', async () => {
      if (typeof broken === 'string') {
        await runs.database.owner.query(broken);
        expect(await story(new Story(runs))).toEqual(then);
        return;
      }
      const [from, to, dropped] = broken;
      if (dropped !== undefined) await runs.database.owner.query(dropped);
      const patch = patchSql(from, to);
      try {
        expect(await story(new Story(runs))).toEqual(then);
        expect(patch.hits()).toBeGreaterThan(0);
      } finally {
        patch.restore();
      }
    });
  });
});

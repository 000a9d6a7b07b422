import { randomUUID } from 'node:crypto';
import { eventually } from '../support/wait';
import { openRuns, type RunFixture } from './support/run-fixture';

// The computing itself has its own tests; here every bill follows from the account's number.
jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

const ACCOUNTS = 1_700;

interface RunAnswer {
  runId: string;
  state: string;
  resultHash: string | null;
  totalAmount: string;
  counts: { accounts: number; pending: number; billed: number; excluded: number; exceptions: number };
}

describe('a billing run', () => {
  let runs: RunFixture;
  let operator: Record<string, string>;
  let supervisor: Record<string, string>;

  beforeEach(async () => {
    runs = await openRuns(ACCOUNTS);
    operator = await runs.as('operator', 'operator.ou');
    supervisor = await runs.as('supervisor', 'supervisor.sun');
  });

  afterEach(() => runs.close());

  const start = (body: object = {}, headers = operator) =>
    runs.http
      .post('/v1/billing-runs')
      .set(headers)
      .set('Idempotency-Key', randomUUID())
      .send({ period: '2026-05', kind: 'regular', population: { by: 'all' }, ...body });

  const show = async (runId: string): Promise<RunAnswer> => (await runs.http.get(`/v1/billing-runs/${runId}`).set(operator).expect(200)).body as RunAnswer;

  const reaches = (runId: string, state: string): Promise<RunAnswer> =>
    eventually(`run ${runId} to be ${state}`, async () => {
      const run = await show(runId);
      const { accounts, pending, billed, excluded, exceptions } = run.counts;
      expect(pending + billed + excluded + exceptions).toBe(accounts);
      return run.state === state ? run : undefined;
    });

  const post = (path: string, headers: Record<string, string>, body: object = { reason: 'as planned' }) =>
    runs.http.post(path).set(headers).set('Idempotency-Key', randomUUID()).send(body);

  const computed = async (body: object = {}): Promise<RunAnswer> => {
    const { body: run } = (await start(body).expect(202)) as { body: RunAnswer };
    return reaches(run.runId, 'computed');
  };

  /** Checked, a sample found right, and marked verified. */
  const verified = async (runId: string): Promise<void> => {
    const path = `/v1/billing-runs/${runId}`;
    await post(`${path}/checks`, operator, {}).expect(201);
    const { body: sample } = await post(`${path}/samples`, operator, { random: 3, largest: 1, jumps: 0 }).expect(201);
    const verdicts = (sample.items as { billNo: string }[]).map(({ billNo }) => ({ billNo, verdict: 'right' }));
    if (verdicts.length > 0) await post(`${path}/samples/${String(sample.sampleId)}/verdicts`, operator, { verdicts }).expect(200);
    await post(`${path}/verification`, operator, { note: 'sample looked through' }).expect(200);
  };

  it('bills every account once, is checked, and is released by a second person only; receivables are the bills', async () => {
    await runs.work();
    const run = await computed();
    expect(run.counts).toEqual({ accounts: ACCOUNTS, pending: 0, billed: ACCOUNTS, excluded: 0, exceptions: 0 });
    await post(`/v1/billing-runs/${run.runId}/release`, supervisor).expect(409).expect(({ body }) => expect(body.code).toBe('BILLING.RUN_STATE'));
    const check = await post(`/v1/billing-runs/${run.runId}/checks`, operator, {}).expect(201);
    expect(check.body.report.total).toMatchObject({ accounts: ACCOUNTS, amount: run.totalAmount, lastAccounts: 0 });
    expect(check.body.report.resultHash).toBe(run.resultHash);
    await verified(run.runId);
    const both = await runs.as('supervisor', 'operator.ou');
    for (const headers of [operator, both]) {
      const refused = await post(`/v1/billing-runs/${run.runId}/release`, headers);
      expect(refused.status).toBe(403);
      expect(['AUTH.NOT_PERMITTED', 'APPROVAL.SAME_PERSON']).toContain(refused.body.code);
    }
    const released = await post(`/v1/billing-runs/${run.runId}/release`, supervisor).expect(200);
    expect(released.body).toEqual({ runId: run.runId, receivables: ACCOUNTS, credits: 0, amount: run.totalAmount });
    const { rows } = await runs.database.owner.query(
      `select (select sum(amount) from receivables)::text as receivables, (select sum(total_amount) from bills)::text as bills,
              (select sum(amount) from journal_entries)::text as ledger, (select count(*) from bills b join receivables r using (period, bill_id) where r.amount = b.total_amount)::int as pairs`,
    );
    expect(rows).toEqual([{ receivables: run.totalAmount, bills: run.totalAmount, ledger: '0.00', pairs: ACCOUNTS }]);
    const balances = await runs.http.get('/v1/ledger/balances').set(supervisor).expect(200);
    expect(balances.body.items.find((item: { ledgerCode: string }) => item.ledgerCode === '1122').balance).toBe(run.totalAmount);
    const receivables = await runs.http.get('/v1/receivables?accountNo=0000000008').set(operator).expect(200);
    expect(receivables.body.items).toMatchObject([{ amount: '10.17', period: '2026-05' }]);
    await post(`/v1/billing-runs/${run.runId}/discard`, operator).expect(409);
  });

  it('fifty starts at the same time are one run, and computing it never bills an account twice', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => start()));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    const ids = new Set(answers.map((answer) => (answer.body as RunAnswer).runId));
    expect(ids.size).toBe(1);
    expect(answers[0]?.headers.location).toBe(`/v1/billing-runs/${[...ids][0] ?? ''}`);
    await runs.work();
    await reaches([...ids][0] ?? '', 'computed');
    const { rows } = await runs.database.owner.query('select count(*)::int as bills, count(distinct account_id)::int as accounts from bills');
    expect(rows).toEqual([{ bills: ACCOUNTS, accounts: ACCOUNTS }]);
  });

  it('without the guard of the live run the fifty starts would be many', async () => {
    await runs.database.owner.query('drop index billing_runs_one_live');
    const answers = await Promise.all(Array.from({ length: 5 }, () => start()));
    expect(answers.every((answer) => answer.status === 202 && answer.body.runId === answers[0]?.body.runId)).toBe(false);
  });

  it('a released month computed again changes nothing', async () => {
    await runs.work();
    const first = await computed();
    await verified(first.runId);
    await post(`/v1/billing-runs/${first.runId}/release`, supervisor).expect(200);
    const again = await computed();
    expect(again.runId).not.toBe(first.runId);
    expect(again.counts).toEqual({ accounts: ACCOUNTS, pending: 0, billed: 0, excluded: ACCOUNTS, exceptions: 0 });
    await verified(again.runId);
    await expect(post(`/v1/billing-runs/${again.runId}/release`, supervisor)).resolves.toMatchObject({ status: 200, body: { receivables: 0, amount: '0.00' } });
  });

  it('a discarded run leaves no bill behind, and the next one has the same result', async () => {
    await runs.work();
    const first = await computed();
    await post(`/v1/billing-runs/${first.runId}/discard`, operator).expect(202);
    const second = await computed();
    expect(second.runId).not.toBe(first.runId);
    expect(second.resultHash).toBe(first.resultHash);
    const { rows } = await runs.database.owner.query('select distinct run_id from bills');
    expect(rows).toEqual([{ run_id: second.runId }]);
  });

  it('accounts of another live run are left out, so that nobody is billed by two runs', async () => {
    await runs.work();
    const part = await computed({ population: { by: 'region', regionCodes: ['R1'] } });
    const whole = await computed();
    expect(whole.counts.excluded).toBe(part.counts.billed);
    const { rows } = await runs.database.owner.query('select exclusion_code as code, count(*)::int as n from billing_run_members where exclusion_code is not null group by 1');
    expect(rows).toEqual([{ code: 'IN_ANOTHER_RUN', n: part.counts.billed }]);
  });

  it('edits that are made after the freeze do not reach the run', async () => {
    const { runId } = (await start().expect(202)).body as RunAnswer;
    let edited: Promise<unknown> | undefined;
    runs.computation.pause = async () => {
      edited ??= runs.database.owner.query(`
        with old as (update account_terms set superseded_revision = nextval('input_revision') where superseded_revision is null returning *)
        insert into account_terms (account_id, valid_from, category, voltage, price_book, plan_id, charge_method, power_factor_standard, household_size, recorded_by)
        select account_id, '2020-01-02', category, voltage, price_book, plan_id, charge_method, power_factor_standard, 99, 1 from old`);
      await edited;
    };
    await runs.work();
    const run = await reaches(runId, 'computed');
    const { rows } = await runs.database.owner.query(`select sum((1 + account_id % 9) * 1.13)::numeric(18,2)::text as expected from accounts`);
    expect(run.totalAmount).toBe(rows[0].expected);
  });

  it('unknown regions, missing lists and lists that do not belong are refused with field and reason', async () => {
    const unknown = await start({ population: { by: 'region', regionCodes: ['R1', 'X9'] } }).expect(422);
    expect(unknown.body).toMatchObject({ code: 'BILLING.POPULATION_UNKNOWN', errors: [{ field: 'population.regionCodes' }] });
    const missing = await start({ population: { by: 'accounts' } }).expect(400);
    expect(missing.body).toMatchObject({ code: 'REQUEST.INVALID', errors: [{ field: 'population.accountNos', code: 'REQUIRED' }] });
    await start({ population: { by: 'all', routeCodes: ['A1'] } }).expect(400);
    await start({ period: '2026-13' }).expect(400);
  });

  it('a trial touches nothing that counts, and cannot be released', async () => {
    await runs.work();
    const trial = await computed({ kind: 'trial' });
    expect(trial.counts.billed).toBe(ACCOUNTS);
    await post(`/v1/billing-runs/${trial.runId}/checks`, operator, {}).expect(201);
    await post(`/v1/billing-runs/${trial.runId}/release`, supervisor).expect(422).expect(({ body }) => expect(body.code).toBe('BILLING.TRIAL_NOT_RELEASED'));
    const regular = await computed();
    expect(regular.counts.billed).toBe(ACCOUNTS);
    expect(regular.resultHash).toBe(trial.resultHash);
  });

  it('customers and agents see neither runs, nor exceptions, nor receivables of what is not released', async () => {
    await runs.work();
    const run = await computed();
    for (const role of ['customer', 'agent'] as const) {
      const headers = await runs.as(role, `${role}.wang`);
      for (const path of ['', `/${run.runId}`, `/${run.runId}/exceptions`, `/${run.runId}/checks`, `/${run.runId}/events`]) {
        await runs.http.get(`/v1/billing-runs${path}`).set(headers).expect(403);
      }
      await post(`/v1/billing-runs/${run.runId}/release`, headers).expect(403);
    }
    const receivables = await runs.http.get('/v1/receivables?accountNo=0000000008').set(operator).expect(200);
    expect(receivables.body.items).toEqual([]);
  });

  it('is refused by the database, too, when its creator releases it behind the application’s back', async () => {
    await runs.work();
    const run = await computed();
    await verified(run.runId);
    const release = `update billing_runs set state = 'released', released_by = created_by, released_at = now() where run_id = ${run.runId}`;
    await expect(runs.database.app.query(release)).rejects.toMatchObject({ constraint: 'billing_runs_second_person' });
    await expect(runs.database.app.query(`update billing_runs set created_by = 99 where run_id = ${run.runId}`)).rejects.toMatchObject({ constraint: 'billing_runs_identity' });
    await expect(runs.database.app.query(`update billing_runs set state = 'draft' where run_id = ${run.runId}`)).rejects.toMatchObject({ constraint: 'billing_runs_order' });
    await runs.database.owner.query('alter table billing_runs drop constraint billing_runs_second_person');
    await expect(runs.database.app.query(release)).resolves.toBeDefined();
  });

  it('its progress can be followed as events until it waits for a person', async () => {
    const { runId } = (await start().expect(202)).body as RunAnswer;
    await runs.work();
    const stream = await runs.http.get(`/v1/billing-runs/${runId}/events`).set(operator).buffer(true).parse((response, done) => {
      let text = '';
      response.on('data', (chunk: Buffer) => { text += chunk.toString(); });
      response.on('end', () => { done(null, text); });
    });
    expect(stream.headers['content-type']).toContain('text/event-stream');
    expect(stream.body).toContain('event: run');
    expect(stream.body).toContain('"state":"computed"');
  });
});

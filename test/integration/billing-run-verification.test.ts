import { randomUUID } from 'node:crypto';
import { eventually } from '../support/wait';
import { openRuns, type RunFixture } from './support/run-fixture';

jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

interface Sampled {
  billNo: string;
  accountNo: string;
  amount: string;
  lastAmount: string | null;
  drawnAs: string[];
  verdict: string | null;
  settled: string | null;
}

interface Sample {
  sampleId: string;
  seed: string;
  bills: number;
  open: number;
  wrong: number;
  items: Sampled[];
}

const ACCOUNTS = 120;

describe('the look at single bills before a release', () => {
  let runs: RunFixture;
  let operator: Record<string, string>;
  let supervisor: Record<string, string>;
  let path: string;

  beforeEach(async () => {
    runs = await openRuns(ACCOUNTS);
    operator = await runs.as('operator', 'operator.ou');
    supervisor = await runs.as('supervisor', 'supervisor.sun');
    await runs.work();
    path = await computed('2026-05');
  });
  afterEach(() => runs.close());

  const post = (route: string, body: object, headers = operator) => runs.http.post(route).set(headers).set('Idempotency-Key', randomUUID()).send(body);
  const run = async () => (await runs.http.get(path).set(operator).expect(200)).body;

  async function computed(period: string): Promise<string> {
    const { body } = await post('/v1/billing-runs', { period, kind: 'regular', population: { by: 'all' } }).expect(202);
    const route = `/v1/billing-runs/${String(body.runId)}`;
    await eventually(`${route} to be computed`, async () => ((await runs.http.get(route).set(operator)).body.state === 'computed' ? true : undefined));
    return route;
  }

  const check = () => post(`${path}/checks`, {}).expect(201);
  const draw = async (body: object = { random: 10, largest: 2, jumps: 2, seed: '7' }): Promise<Sample> => (await post(`${path}/samples`, body).expect(201)).body as Sample;
  const judge = (sample: Sample, verdict: string, items = sample.items, note?: string) =>
    post(`${path}/samples/${sample.sampleId}/verdicts`, { verdicts: items.map(({ billNo }) => ({ billNo, verdict, ...(note === undefined ? {} : { note }) })) });
  const verify = () => post(`${path}/verification`, { note: 'looked through' });
  const refused = async (answer: ReturnType<typeof verify>): Promise<[number, string]> => {
    const { status, body } = await answer;
    return [status, body.code as string];
  };

  /** The household has another size: a new row of its terms in place of the old one. */
  const correct = (accountId: number, size: number) =>
    runs.database.owner.query(
      `with old as (update account_terms set superseded_revision = nextval('input_revision') where account_id = $1 and superseded_revision is null returning *)
       insert into account_terms (account_id, valid_from, category, voltage, price_book, plan_id, charge_method, power_factor_standard, household_size, recorded_by)
       select account_id, '2020-01-02', category, voltage, price_book, plan_id, charge_method, power_factor_standard, $2, 1 from old`,
      [accountId, size],
    );

  it('begins after the check: without a sample, with one that nobody looked at, and with a wrong bill there is no verification', async () => {
    expect(await refused(post(`${path}/samples`, {}))).toEqual([409, 'BILLING.RUN_STATE']);
    await check();
    expect(await refused(verify())).toEqual([409, 'BILLING.SAMPLE_MISSING']);
    const sample = await draw();
    expect(await refused(verify())).toEqual([409, 'BILLING.SAMPLE_UNFINISHED']);
    const [first, ...others] = sample.items;
    await judge(sample, 'right', others).expect(200).expect(({ body }) => expect(body).toMatchObject({ open: 1, wrong: 0 }));
    expect(await refused(judge(sample, 'wrong', first ? [first] : []))).toEqual([400, 'REQUEST.INVALID']);
    await judge(sample, 'wrong', first ? [first] : [], 'Energy of another meter').expect(200).expect(({ body }) => expect(body).toMatchObject({ open: 0, wrong: 1 }));
    expect(await refused(verify())).toEqual([409, 'BILLING.SAMPLE_WRONG']);
    expect(await refused(post(`${path}/release`, { reason: 'in a hurry' }, supervisor))).toEqual([409, 'BILLING.RUN_STATE']);
    const billNo = first?.billNo ?? '';
    await post(`${path}/samples/${sample.sampleId}/bills/${billNo}/override`, { reason: 'The meter was exchanged that day' }).expect(200);
    expect(await refused(post(`${path}/samples/${sample.sampleId}/bills/${billNo}/override`, { reason: 'again' }))).toEqual([409, 'BILLING.SAMPLE_BILL_NOT_WRONG']);
    expect(await refused(judge(sample, 'right', first ? [first] : []))).toEqual([422, 'BILLING.SAMPLE_BILL_REFUSED']);
    const { body } = await verify().expect(200);
    expect(body).toMatchObject({ state: 'verified', verification: { sampleId: sample.sampleId, note: 'looked through' } });
    await post(`${path}/release`, { reason: 'sample and totals seen' }, supervisor).expect(200);
    expect((await run()).state).toBe('released');
  });

  it('draws the same accounts for the same seed, others for another one, and the largest bills and no bill twice', async () => {
    await check();
    const [first, again, other] = [await draw(), await draw(), await draw({ random: 10, largest: 2, jumps: 2, seed: '8' })];
    const accounts = ({ items }: Sample) => items.map(({ accountNo }) => accountNo);
    expect(accounts(again)).toEqual(accounts(first));
    expect(accounts(other)).not.toEqual(accounts(first));
    expect(first.items.filter(({ drawnAs }) => drawnAs.includes('random'))).toHaveLength(10);
    expect(first.items.filter(({ drawnAs }) => drawnAs.includes('largest')).map(({ amount }) => amount)).toEqual(['10.17', '10.17']);
    expect(new Set(first.items.map(({ billNo }) => billNo)).size).toBe(first.bills);
    const drawn = await draw({});
    expect(drawn.seed).toMatch(/^\d+$/);
  });

  it('shows last month’s bill beside each, and the jumps that the check found', async () => {
    await check();
    await judge(await draw(), 'right').expect(200);
    await verify().expect(200);
    await post(`${path}/release`, { reason: 'seen' }, supervisor).expect(200);
    await correct(17, 99);
    path = await computed('2026-06');
    const { body } = await check();
    expect(body.report).toMatchObject({ jumps: 1, jumpBills: [{ accountNo: '0000000017', amount: '111.87' }] });
    const sample = await draw();
    expect(sample.items.every(({ lastAmount }) => lastAmount !== null)).toBe(true);
    // 17 % 9 = 8, so that its size was 9: 9 × 1.13 yuan
    expect(sample.items.filter(({ drawnAs }) => drawnAs.includes('jump'))).toMatchObject([{ accountNo: '0000000017', amount: '111.87', lastAmount: '10.17', drawnAs: ['jump', 'largest'] }]);
  });

  it('a wrong account is computed again: its drafts are replaced, the run is checked anew, and the new bill is looked at', async () => {
    await check();
    const sample = await draw();
    const wrong = sample.items[0];
    const accountId = Number(wrong?.accountNo);
    await judge(sample, 'right', sample.items.slice(1)).expect(200);
    await judge(sample, 'wrong', sample.items.slice(0, 1), 'Household of five, not of this size').expect(200);
    const before = await run();
    await correct(accountId, 5);
    const { body: outcome } = await post(`${path}/accounts/${wrong?.accountNo ?? ''}/recomputation`, { reason: 'Terms corrected' }).expect(200);
    expect(outcome).toMatchObject({ outcome: 'billed', totalAmount: '5.65', billNos: [expect.stringMatching(/^202605/)] });
    const after = await run();
    expect(after.state).toBe('computed');
    expect(after.counts).toEqual(before.counts);
    expect(Number(after.totalAmount)).toBeCloseTo(Number(before.totalAmount) - Number(wrong?.amount) + 5.65);
    const { rows } = await runs.database.owner.query('select count(*)::int as bills, sum(total_amount)::text as amount from bills');
    expect(rows).toEqual([{ bills: ACCOUNTS, amount: after.totalAmount }]);
    await check();
    expect(await refused(verify())).toEqual([409, 'BILLING.SAMPLE_UNFINISHED']);
    const { body: seen } = await runs.http.get(`${path}/samples/${sample.sampleId}`).set(operator).expect(200);
    const inPlace = (seen as Sample).items.filter(({ accountNo }) => accountNo === wrong?.accountNo);
    expect(inPlace.map(({ drawnAs, settled, amount }) => [drawnAs, settled, amount])).toEqual(
      expect.arrayContaining([[['recomputed'], null, '5.65'], [wrong?.drawnAs, 'recomputed', wrong?.amount]]),
    );
    await judge(sample, 'right', inPlace.filter(({ settled }) => settled === null)).expect(200);
    await verify().expect(200);
    const released = await post(`${path}/release`, { reason: 'sample and totals seen' }, supervisor).expect(200);
    expect(released.body).toMatchObject({ receivables: ACCOUNTS, amount: after.totalAmount });
  });

  it('an account that is left out or becomes an exception takes a verified run back, and is not billed', async () => {
    await check();
    await judge(await draw(), 'right').expect(200);
    await verify().expect(200);
    const { body: left } = await post(`${path}/accounts/0000000004/exclusion`, { reason: 'Supply was cut in April' }).expect(200);
    expect(left).toMatchObject({ outcome: 'excluded', billNos: [] });
    expect(await run()).toMatchObject({ state: 'computed', verification: null, counts: { billed: ACCOUNTS - 1, excluded: 1, exceptions: 0 } });
    runs.computation.faults.set('5', 'missing-reading');
    const { body: held } = await post(`${path}/accounts/0000000005/recomputation`, { reason: 'Reading withdrawn' }).expect(200);
    expect(held).toMatchObject({ outcome: 'exception', code: 'METERING.READING_MISSING', exceptionId: expect.stringMatching(/^\d+$/) });
    const now = await run();
    expect(now.counts).toEqual({ accounts: ACCOUNTS, pending: 0, billed: ACCOUNTS - 2, excluded: 1, exceptions: 1 });
    const { rows } = await runs.database.owner.query('select count(*)::int as bills, sum(total_amount)::text as amount, (select count(*)::int from bill_lines) as lines from bills');
    expect(rows).toEqual([{ bills: ACCOUNTS - 2, amount: now.totalAmount, lines: ACCOUNTS - 2 }]);
    expect(await refused(post(`${path}/accounts/0000000005/recomputation`, { reason: 'again' }))).toEqual([409, 'BILLING.ACCOUNT_NOT_BILLED']);
    expect(await refused(post(`${path}/accounts/9999999999/exclusion`, { reason: 'unknown' }))).toEqual([404, 'BILLING.ACCOUNT_NOT_IN_RUN']);
  });

  it('looks at bills that come out of exceptions after the sample was drawn, and a sample without a bill verifies no run that has some', async () => {
    for (const accountId of ['1', '2']) runs.computation.faults.set(accountId, 'missing-reading');
    const { body } = await post('/v1/billing-runs', { period: '2026-04', kind: 'regular', population: { by: 'accounts', accountNos: ['0000000001', '0000000002'] } }).expect(202);
    path = `/v1/billing-runs/${String(body.runId)}`;
    await eventually('a run without bills', async () => ((await run()).state === 'computed' ? true : undefined));
    await check();
    const sample = await draw({});
    expect(sample).toMatchObject({ bills: 0, open: 0 });
    runs.computation.faults.clear();
    const { body: open } = await runs.http.get(`${path}/exceptions?state=open`).set(operator).expect(200);
    for (const { exceptionId } of open.items) await post(`${path}/exceptions/${String(exceptionId)}/recomputation`, {}).expect(200);
    await check();
    expect(await refused(verify())).toEqual([409, 'BILLING.SAMPLE_UNFINISHED']);
    const { body: seen } = await runs.http.get(`${path}/samples/${sample.sampleId}`).set(operator).expect(200);
    // 1 and 2 have sizes 2 and 3
    expect((seen as Sample).items.map(({ amount, drawnAs }) => [amount, drawnAs])).toEqual([['2.26', ['recomputed']], ['3.39', ['recomputed']]]);
    await judge(seen as Sample, 'right').expect(200);
    await runs.database.owner.query('delete from billing_run_sample_bills where sample_id = $1', [sample.sampleId]);
    expect(await refused(verify())).toEqual([409, 'BILLING.SAMPLE_EMPTY']);
    await judge(await draw({}), 'right').expect(200);
    await verify().expect(200);
  });

  it('a bill that is found wrong after all takes a verified run back to the check', async () => {
    await check();
    const sample = await draw();
    await judge(sample, 'right').expect(200);
    await verify().expect(200);
    await judge(sample, 'wrong', sample.items.slice(0, 1), 'Seen again by daylight').expect(200);
    expect(await run()).toMatchObject({ state: 'checked', verification: null });
    expect(await refused(post(`${path}/release`, { reason: 'as planned' }, supervisor))).toEqual([409, 'BILLING.RUN_STATE']);
  });

  it('names the bill that a verdict cannot be about, and whoever may not verify is refused', async () => {
    await check();
    const sample = await draw();
    const { status, body } = await post(`${path}/samples/${sample.sampleId}/verdicts`, { verdicts: [{ billNo: '20260500000999999', verdict: 'right' }] });
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'BILLING.SAMPLE_BILL_REFUSED', 'verdicts.0.billNo']);
    expect(await refused(post(`${path}/samples/99999/verdicts`, { verdicts: [{ billNo: '20260500000999999', verdict: 'right' }] }))).toEqual([404, 'BILLING.SAMPLE_NOT_FOUND']);
    for (const role of ['clerk', 'auditor', 'customer'] as const) {
      const headers = await runs.as(role, `${role}.one`);
      expect(await refused(post(`${path}/samples`, {}, headers))).toEqual([403, 'AUTH.NOT_PERMITTED']);
      expect(await refused(post(`${path}/verification`, { note: 'mine' }, headers))).toEqual([403, 'AUTH.NOT_PERMITTED']);
    }
  });

  it('the database lets no run be verified past its sample, and without its guard it would', async () => {
    const { app, owner } = runs.database;
    const runId = path.split('/').at(-1) ?? '';
    await check();
    const move = () => app.query(`update billing_runs set state = 'verified' where run_id = $1`, [runId]);
    await expect(move()).rejects.toMatchObject({ constraint: 'billing_runs_verified_by_person' });
    const sample = await draw();
    await app.query(
      `insert into billing_run_verifications (run_id, sample_id, check_id, result_hash, note, verified_by)
       select r.run_id, $2, c.check_id, r.result_hash, 'none', 1 from billing_runs r join billing_run_checks c using (run_id) where r.run_id = $1`,
      [runId, sample.sampleId],
    );
    await expect(move()).rejects.toMatchObject({ constraint: 'billing_runs_verified_by_sample' });
    await expect(app.query(`update billing_runs set state = 'released', released_by = 99, released_at = now() where run_id = $1`, [runId])).rejects.toMatchObject({ constraint: 'billing_runs_order' });
    await expect(app.query('update billing_run_sample_bills set total_amount = 0')).rejects.toMatchObject({ code: '42501' });
    await expect(app.query('delete from billing_run_verifications')).rejects.toMatchObject({ code: '42501' });
    await judge(sample, 'wrong', sample.items.slice(0, 1), 'wrong').expect(200);
    const override = `update billing_run_sample_bills set settled = 'overridden', settled_by = 1, settled_at = now(), settled_reason = 'so' where bill_no = $1`;
    await expect(app.query(override, [sample.items[1]?.billNo])).rejects.toMatchObject({ constraint: 'billing_run_sample_bills_override_of_wrong' });
    await app.query(override, [sample.items[0]?.billNo]);
    await expect(app.query(`update billing_run_sample_bills set verdict = 'right' where bill_no = $1`, [sample.items[0]?.billNo])).rejects.toMatchObject({ constraint: 'billing_run_sample_bills_settled_once' });
    await owner.query('drop trigger billing_runs_guard_verified on billing_runs');
    await expect(move()).resolves.toBeDefined();
    await post(`${path}/release`, { reason: 'past the sample' }, supervisor).expect(200);
    await expect(app.query(`update billing_run_sample_bills set verdict = 'right', looked_by = 1, looked_at = now() where verdict is null`)).rejects.toMatchObject({ constraint: 'billing_run_samples_final' });
  });
});

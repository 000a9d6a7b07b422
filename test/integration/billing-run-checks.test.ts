import { randomUUID } from 'node:crypto';
import { eventually } from '../support/wait';
import { openRuns, type RunFixture } from './support/run-fixture';

jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

const ACCOUNTS = 90;

describe('the check of a run', () => {
  let runs: RunFixture;
  let operator: Record<string, string>;
  let supervisor: Record<string, string>;
  let june: string;
  let report: Record<string, unknown>;
  let checkId: string;

  const post = (route: string, body: object, headers = operator) => runs.http.post(route).set(headers).set('Idempotency-Key', randomUUID()).send(body);

  async function computed(period: string): Promise<string> {
    const { body } = await post('/v1/billing-runs', { period, kind: 'regular', population: { by: 'all' } }).expect(202);
    const route = `/v1/billing-runs/${String(body.runId)}`;
    await eventually(`${route} to be computed`, async () => ((await runs.http.get(route).set(operator)).body.state === 'computed' ? true : undefined));
    return route;
  }

  /** Accounts of these sizes from now on: a new row of their terms in place of the old one. */
  const resize = (sizes: Readonly<Record<number, number>>) =>
    runs.database.owner.query(
      `with old as (update account_terms set superseded_revision = nextval('input_revision') where account_id = any($1) and superseded_revision is null returning *)
       insert into account_terms (account_id, valid_from, category, voltage, price_book, plan_id, charge_method, power_factor_standard, household_size, recorded_by)
       select account_id, '2020-01-02', category, voltage, price_book, plan_id, charge_method, power_factor_standard, size, 1
         from old join unnest($1::bigint[], $2::int[]) as s (id, size) on id = account_id`,
      [Object.keys(sizes), Object.values(sizes)],
    );

  beforeAll(async () => {
    runs = await openRuns(ACCOUNTS);
    operator = await runs.as('operator', 'operator.ou');
    supervisor = await runs.as('supervisor', 'supervisor.sun');
    runs.computation.faults.set('4', 'missing-reading');
    await runs.work();
    const may = await computed('2026-05');
    await post(`${may}/checks`, {}).expect(201);
    const { body: sample } = await post(`${may}/samples`, { random: 1, largest: 0, jumps: 0 }).expect(201);
    await post(`${may}/samples/${String(sample.sampleId)}/verdicts`, { verdicts: sample.items.map(({ billNo }: { billNo: string }) => ({ billNo, verdict: 'right' })) }).expect(200);
    await post(`${may}/verification`, { note: 'seen' }).expect(200);
    await post(`${may}/release`, { reason: 'seen' }, supervisor).expect(200);
    runs.computation.faults.delete('4');
    runs.computation.faults.set('5', 'throws');
    runs.computation.faults.set('6', 'throws');
    // 9 % 9 = 0: of size 1 until now, 1.13 yuan; 10 and 11 had 2.26 and 3.39
    await resize({ 9: 99, 10: 90, 11: 4 });
    june = await computed('2026-06');
    const { body } = await post(`${june}/checks`, { jumpPercent: 20, jumpYuan: '1.00' }).expect(201);
    report = body.report;
    checkId = body.checkId;
  });
  afterAll(() => runs.close());

  it('adds up: accounts are billed, left out or exceptions, and the total against last month', () => {
    expect(report['population']).toEqual({ accounts: ACCOUNTS, pending: 0, billed: 88, excluded: 0, exceptions: 2 });
    // serials 1 … 90 have sizes 1 + n % 9: ten times 1 + … + 9 = 450; May lacks 4 (size 5), June 5 and 6 (6 and 7), and has 98, 88 and 1 more
    const [may, june_] = [450 - 5, 450 - 6 - 7 + 98 + 88 + 1];
    expect(report['total']).toEqual({
      key: 'total', accounts: 88, energyKwh: String(june_), amount: (june_ * 1.13).toFixed(2), lastAccounts: 89, lastEnergyKwh: String(may), lastAmount: (may * 1.13).toFixed(2),
    });
    expect((report['byRegion'] as { key: string; accounts: number; lastAccounts: number }[]).map(({ key, accounts, lastAccounts }) => [key, accounts, lastAccounts])).toEqual([['R1', 29, 30], ['R2', 30, 29], ['R3', 29, 30]]);
  });

  it('tells new and gone bills from changed ones, counts the changes in bands, and names the jumps with their list', async () => {
    expect([report['newBills'], report['goneBills'], report['zeroBills'], report['negativeBills']]).toEqual([1, 2, 0, 0]);
    const bands = (report['changes'] as { from: number | null; to: number | null; bills: number }[]).filter(({ bills }) => bills > 0);
    // 85 others as before; 3.39 → 4.52 is a third more
    expect(bands).toEqual([{ from: 0, to: 5, bills: 84 }, { from: 20, to: 50, bills: 1 }, { from: 100, to: null, bills: 2 }]);
    expect(report['jumps']).toBe(3);
    const { body: first } = await runs.http.get(`${june}/jumps?jumpPercent=20&jumpYuan=1.00&limit=2`).set(operator).expect(200);
    expect(first.items).toMatchObject([
      { accountNo: '0000000009', amount: '111.87', lastAmount: '1.13', change: '110.74' },
      { accountNo: '0000000010', amount: '101.70', lastAmount: '2.26', change: '99.44' },
    ]);
    const { body: rest } = await runs.http.get(`${june}/jumps?jumpPercent=20&jumpYuan=1.00&limit=2&cursor=${String(first.nextCursor)}`).set(operator).expect(200);
    expect(rest).toMatchObject({ items: [{ accountNo: '0000000011', change: '1.13' }], nextCursor: null });
    const { body: none } = await runs.http.get(`${june}/jumps?jumpPercent=20&jumpYuan=1.00&direction=down`).set(operator).expect(200);
    expect(none.items).toEqual([]);
    await runs.http.get(`${june}/jumps?cursor=xyz`).set(operator).expect(400);
  });

  it('calls a code new that last month’s run did not have', () => {
    expect(report['exceptions']).toEqual([
      { code: 'BILLING.UNEXPECTED', accounts: 2, found: 2, lastFound: 0, trend: 'new' },
      { code: 'METERING.READING_MISSING', accounts: 0, found: 0, lastFound: 1, trend: 'fewer' },
    ]);
  });

  it('is shown as a page in both languages, under a policy that lets nothing else in', async () => {
    const page = await runs.http.get(`${june}/checks/${checkId}/page?lang=zh`).set(operator).expect(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-language']).toBe('zh');
    expect(page.headers['content-security-policy']).toContain(`default-src 'none'`);
    expect(page.text).toContain('核算审核报告');
    await runs.http.get(`${june}/checks/${checkId}/page`).set({ ...operator, 'Accept-Language': 'en' }).expect(200).expect(({ text }) => expect(text).toContain('Check of the billing run'));
    await runs.http.get(`${june}/checks/99999/page`).set(operator).expect(404).expect(({ body }) => expect(body.code).toBe('BILLING.CHECK_NOT_FOUND'));
    await runs.http.get(`${june}/checks/${checkId}/page`).set(await runs.as('customer', 'customer.wang')).expect(403);
  });

  it('is refused where the counted accounts are not the billed ones', async () => {
    await runs.database.owner.query(`update billing_run_intervals set total_amount = total_amount + 0.01 where run_id = $1`, [june.split('/').at(-1)]);
    const { status, body } = await post(`${june}/checks`, {});
    expect([status, body.code]).toEqual([409, 'BILLING.POPULATION_DIFFERS']);
    await runs.database.owner.query(`update billing_run_intervals set total_amount = total_amount - 0.01 where run_id = $1`, [june.split('/').at(-1)]);
  });
});

import { randomUUID } from 'node:crypto';
import { eventually } from '../support/wait';
import { openRuns, type RunFixture } from './support/run-fixture';

jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

interface Report { population: object; total: object; newBills: number; goneBills: number; jumps: number; exceptions: object[]; exclusions: object[]; largestBills: { accountNo: string; lastAmount: string }[] }
interface Comparison { withRunId: string; both: number; onlyInRun: number; onlyInOther: number }

/**
 * Twelve accounts of sizes 2, 3, …, 9, 1, 2, 3, 4 at 1.13 yuan; 3, 6, 9 and 12 are in region R1. In May 3 and 4 are
 * exceptions of the main run; the mop-up bills 4, and finds 3 once more. In June region R1 is billed apart: 6 is an
 * exception, 9 gets its last bill, and 12 has size 90. All others follow in a run over everybody.
 */
describe('a run over a part of the accounts', () => {
  let runs: RunFixture;
  let operator: Record<string, string>;
  let supervisor: Record<string, string>;
  let main: string;
  let north: string;
  let report: Report;

  const post = (route: string, body: object, headers = operator) => runs.http.post(route).set(headers).set('Idempotency-Key', randomUUID()).send(body);
  const get = async <Body>(route: string): Promise<Body> => (await runs.http.get(route).set(operator).expect(200)).body as Body;
  const check = async (route: string): Promise<Report> => (await post(`${route}/checks`, {}).expect(201)).body.report as Report;
  const R1 = { by: 'region', regionCodes: ['R1'] };

  async function computed(period: string, population: object = { by: 'all' }, kind = 'regular'): Promise<string> {
    const { body } = await post('/v1/billing-runs', { period, kind, population }).expect(202);
    const route = `/v1/billing-runs/${String(body.runId)}`;
    await eventually(`${route} to be computed`, async () => ((await get<{ state: string }>(route)).state === 'computed' ? true : undefined));
    return route;
  }

  async function released(period: string): Promise<string> {
    const route = await computed(period);
    await check(route);
    const { body: sample } = await post(`${route}/samples`, {}).expect(201);
    await post(`${route}/samples/${String(sample.sampleId)}/verdicts`, { verdicts: sample.items.map(({ billNo }: { billNo: string }) => ({ billNo, verdict: 'right' })) }).expect(200);
    await post(`${route}/verification`, { note: 'seen' }).expect(200);
    await post(`${route}/release`, { reason: 'seen' }, supervisor).expect(200);
    return route;
  }

  beforeAll(async () => {
    runs = await openRuns(12);
    operator = await runs.as('operator', 'operator.ou');
    supervisor = await runs.as('supervisor', 'supervisor.sun');
    const { faults, finals } = runs.computation;
    await runs.work();
    faults.set('3', 'missing-reading').set('4', 'missing-reading');
    main = await released('2026-05');
    faults.delete('4');
    await released('2026-05');
    faults.clear();
    faults.set('6', 'missing-reading');
    finals.add('9');
    await runs.database.owner.query(
      `with old as (update account_terms set superseded_revision = nextval('input_revision') where account_id = 12 returning *)
       insert into account_terms (account_id, valid_from, category, voltage, price_book, plan_id, charge_method, power_factor_standard, household_size, recorded_by)
       select account_id, '2020-01-02', category, voltage, price_book, plan_id, charge_method, power_factor_standard, 90, 1 from old`,
    );
    north = await computed('2026-06', R1);
    report = await check(north);
  });
  afterAll(() => runs.close());

  it('is checked against last month’s bills of its own accounts', () => {
    expect(report.population).toEqual({ accounts: 4, pending: 0, billed: 3, excluded: 0, exceptions: 1 });
    // 3, 9 and 12: (4 + 1 + 90) × 1.13; in May 6, 9 and 12: (7 + 1 + 4) × 1.13
    expect(report.total).toEqual({ key: 'total', accounts: 3, energyKwh: '95', amount: '107.35', lastAccounts: 3, lastEnergyKwh: '12', lastAmount: '13.56' });
    expect([report.newBills, report.goneBills]).toEqual([1, 1]);
  });

  it('counts an account once that two runs of last month found the same of', () => {
    expect(report.exceptions).toEqual([{ code: 'METERING.READING_MISSING', accounts: 1, found: 1, lastFound: 1, trend: 'same' }]);
  });

  it('sets the last bill of an account beside its periodic one, in the check and in a sample', async () => {
    const before = (bills: readonly { accountNo: string; lastAmount: string | null }[]) => bills.map(({ accountNo, lastAmount }) => [Number(accountNo), lastAmount]);
    expect(before(report.largestBills)).toEqual([[12, '4.52'], [3, null], [9, '1.13']]);
    const { body: sample } = await post(`${north}/samples`, {}).expect(201);
    expect(before(sample.items)).toEqual([[3, null], [9, '1.13'], [12, '4.52']]);
  });

  it('leaves the rest to a run over everybody, whose check knows nothing of the others', async () => {
    const rest = await check(await computed('2026-06'));
    // 1, 2, 4, 5, 7, 8, 10 and 11: (2 + 3 + 5 + 6 + 8 + 9 + 2 + 3) × 1.13, as in May
    expect(rest.total).toMatchObject({ accounts: 8, amount: '42.94', lastAccounts: 8, lastAmount: '42.94' });
    expect([rest.newBills, rest.goneBills, rest.jumps]).toEqual([0, 0, 0]);
    expect(rest.exclusions).toEqual([{ code: 'IN_ANOTHER_RUN', accounts: 4 }]);
    expect(rest.exceptions).toEqual([{ code: 'METERING.READING_MISSING', accounts: 0, found: 0, lastFound: 1, trend: 'fewer' }]);
  });

  it('is what a trial over the same accounts is compared with, and not the newest run of the month', async () => {
    runs.computation.finals.clear();
    runs.computation.faults.clear();
    // 6 is billed in the trial alone; 9 is periodic there and final in the run
    expect(await get<Comparison>(`${await computed('2026-06', R1, 'trial')}/comparison`)).toMatchObject({ withRunId: north.split('/').at(-1), both: 3, onlyInRun: 1, onlyInOther: 0 });
    // May's main run and its mop-up are both released
    expect(await get<Comparison>(`${await computed('2026-05', { by: 'all' }, 'trial')}/comparison`)).toMatchObject({ withRunId: main.split('/').at(-1), both: 10 });
  });
});

import { randomUUID } from 'node:crypto';
import { FreezeRun } from '../../src/modules/billing';
import { householdTerms, openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';
import { eventually } from '../support/wait';

interface Run { runId: string; state: string; resultHash: string; totalAmount: string; tariffs: { priceBook: string; tariffVersionId: string; contentHash: string }[]; counts: { billed: number; exceptions: number } }
interface Side { bills: number; amount: string }
interface Comparison { withRunId: string; both: number; more: Side; less: Side; equal: number; onlyInRun: number; onlyInOther: number; total: { amount: string; lastAmount: string }; byCategory: object[]; changes: { from: number | null; bills: number }[] }
interface Compared { items: { accountNo: string; billNo: string; amount: string; withAmount: string; difference: string }[]; nextCursor: string | null }

/** Three households of Testland at 0.5000 yuan: 200, 301 and 47 kWh are 100.00, 150.50 and 23.50, together 274.00. */
const READINGS = ['300', '401', '147'];
const household = (price: string, name: Partial<ReturnType<typeof tariffDocument>>) => {
  const document = tariffDocument(name);
  const [first, ...others] = document.plans;
  if (!first) throw new Error('the tariff has a plan');
  return { ...document, plans: [{ ...first, prices: [{ voltages: ['below-1kv' as const], prices: { energy: { total: price } } }] }, ...others] };
};

let app: TestApp;
let accounts: { accountNo: string; customerId: string }[];
let regular: Run;

const get = async <Body>(path: string): Promise<Body> => (await app.http.get(path).set(await app.as('operator')).expect(200)).body as Body;
const start = async (body: object) => app.http.post('/v1/billing-runs').set(await app.as('operator')).set('Idempotency-Key', randomUUID()).send({ period: '2026-05', kind: 'trial', population: { by: 'all' }, ...body });
async function trial(tariffs?: object[]): Promise<Run> {
  const { body, status } = await start(tariffs === undefined ? {} : { tariffs });
  expect([status, body.code]).toEqual([202, undefined]);
  return eventually('the trial to be computed', async () => {
    const run = await get<Run>(`/v1/billing-runs/${String(body.runId)}`);
    return run.state === 'computed' ? run : undefined;
  });
}
const compare = (run: Run, query = '') => get<Comparison>(`/v1/billing-runs/${run.runId}/comparison${query}`);

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument());
  await publishTariff(app, household('0.4500', { priceBook: 'otherland' }));
  accounts = [];
  for (const [index, reading] of READINGS.entries()) {
    const account = await openAccount(app, { ...householdTerms, priceBook: 'testland', planId: 'household' }, '2026-05-01');
    await createPoint(app, account.accountNo, `P-${String(index)}-A`, { validFrom: '2026-05-01' });
    await installMeter(app, `P-${String(index)}-A`, `MTR-${String(index)}`, { installedOn: '2026-05-01' });
    await enter(app, `MTR-${String(index)}`, '2026-06-01', reading);
    accounts.push(account);
  }
  regular = (await computeRun(app, '2026-05', accounts.map(({ accountNo }) => accountNo))) as unknown as Run;
});
afterAll(() => app.close());

/** Nothing differs anywhere: not in the sums, not in a band, not for an account. */
async function expectNoDifference(run: Run): Promise<void> {
  const result = await compare(run);
  expect(result).toMatchObject({ withRunId: regular.runId, both: 3, more: { bills: 0, amount: '0.00' }, less: { bills: 0, amount: '0.00' }, equal: 3, onlyInRun: 0, onlyInOther: 0, total: { amount: '274.00', lastAmount: '274.00' } });
  expect(result.changes.filter(({ bills }) => bills > 0)).toEqual([{ from: 0, to: 5, bills: 3 }]);
  const { items } = await get<Compared>(`/v1/billing-runs/${run.runId}/comparison/accounts`);
  expect(items.map(({ difference }) => difference)).toEqual(['0.00', '0.00', '0.00']);
}

describe('a trial run', () => {
  test('under the tariff in force, named or not, differs from the real run nowhere, to the hash of its result', async () => {
    const [version] = (await app.db.query<{ id: string }>(`select tariff_version_id as id from tariff_versions where price_book = 'testland'`)).rows;
    for (const tariffs of [undefined, [{ priceBook: 'testland', underPriceBook: 'testland' }], [{ priceBook: 'testland', tariffVersionId: version?.id }]]) {
      const run = await trial(tariffs);
      await expectNoDifference(run);
      if (tariffs === undefined) expect(run.resultHash).toBe((await get<Run>(`/v1/billing-runs/${regular.runId}`)).resultHash);
      await post(app, 'operator', `/v1/billing-runs/${run.runId}/discard`, { reason: 'seen' });
    }
  });

  test('prices everybody under a draft that begins later, and tells by how much each account would pay more', async () => {
    const { tariffVersionId } = await post<{ tariffVersionId: string }>(app, 'operator', '/v1/tariff-versions', { document: household('0.6000', { version: '2027', validFrom: '2027-01-01' }) });
    const run = await trial([{ priceBook: 'testland', tariffVersionId }]);
    expect(run).toMatchObject({ totalAmount: '328.80', tariffs: [{ priceBook: 'testland', tariffVersionId }], counts: { billed: 3, exceptions: 0 } });
    // 120.00 + 180.60 + 28.20 against 100.00 + 150.50 + 23.50: a fifth more for everybody
    const result = await compare(run);
    expect(result).toMatchObject({ more: { bills: 3, amount: '54.80' }, less: { bills: 0 }, equal: 0, total: { amount: '328.80', lastAmount: '274.00' } });
    expect(result.changes.filter(({ bills }) => bills > 0)).toEqual([{ from: 20, to: 50, bills: 3 }]);
    const first = await get<Compared>(`/v1/billing-runs/${run.runId}/comparison/accounts?limit=2&with=${regular.runId}`);
    expect(first.items.map(({ accountNo, amount, withAmount, difference }) => [accountNo, amount, withAmount, difference])).toEqual([
      [accounts[1]?.accountNo, '180.60', '150.50', '30.10'], [accounts[0]?.accountNo, '120.00', '100.00', '20.00'],
    ]);
    const rest = await get<Compared>(`/v1/billing-runs/${run.runId}/comparison/accounts?limit=2&with=${regular.runId}&cursor=${first.nextCursor ?? ''}`);
    expect(rest).toMatchObject({ items: [{ accountNo: accounts[2]?.accountNo, difference: '4.70' }], nextCursor: null });
    expect((await get<Compared>(`/v1/billing-runs/${run.runId}/comparison/accounts?direction=less`)).items).toEqual([]);
    const replay = await post<{ equal: boolean; documentIntact: boolean }>(app, 'operator', `/v1/bills/${first.items[0]?.billNo ?? ''}/replays`);
    expect(replay).toMatchObject({ equal: true, documentIntact: true });
    const page = await app.http.get(`/v1/billing-runs/${run.runId}/comparison/page?lang=en`).set(await app.as('operator')).expect(200);
    for (const shown of ['328.80', '+20.0 %', '+54.80', 'Bills that cost more', accounts[1]?.accountNo ?? '-']) expect(page.text).toContain(shown);
    expect(page.text).not.toMatch(/<script|https?:|undefined|NaN/);
  });

  test('prices everybody as the accounts of another price book, and two trials of one month stand beside each other', async () => {
    const run = await trial([{ priceBook: 'testland', underPriceBook: 'otherland' }]);
    // 90.00 + 135.45 + 21.15
    expect(run.totalAmount).toBe('246.60');
    expect(await compare(run)).toMatchObject({ less: { bills: 3, amount: '27.40' }, more: { bills: 0 } });
    const again = await start({ tariffs: [{ priceBook: 'testland', underPriceBook: 'otherland' }] });
    expect(again.body.runId).toBe(run.runId);
    expect((await trial()).runId).not.toBe(run.runId);
  });

  test('touches nothing: no real number is used, no customer sees it, and the regular run goes its way', async () => {
    const { rows } = await app.db.query<{ trial: boolean; bills: number; least: string; most: string }>('select trial, count(*)::int as bills, min(bill_id) as least, max(bill_id) as most from bills group by trial order by trial');
    expect(rows[0]).toMatchObject({ trial: false, bills: 3 });
    expect(Number(rows[0]?.most) - Number(rows[0]?.least)).toBe(2);
    expect(rows[1]?.trial === true && rows[1].least.length === 10 && rows[1].least.startsWith('9')).toBe(true);
    const customer = await app.as('customer', { name: 'customer.one', customerId: accounts[0]?.customerId ?? '' });
    expect((await app.http.get('/v1/bills').set(customer).expect(200)).body.items).toEqual([]);
    await releaseRun(app, regular.runId);
    expect((await app.http.get('/v1/bills').set(customer).expect(200)).body.items).toHaveLength(1);
    await expectNoDifference(await trial());
    expect((await app.db.query('select 1 from receivables')).rowCount).toBe(3);
  });

  test('is refused where its tariffs are not known, named twice or not at all, or where the run is a real one', async () => {
    const refused = async (body: object): Promise<unknown[]> => {
      const { status, body: problem } = await start(body);
      return [status, problem.code, problem.errors[0].field, problem.errors[0].code];
    };
    expect(await refused({ tariffs: [{ priceBook: 'testland', tariffVersionId: '4711' }] })).toEqual([422, 'BILLING.TRIAL_TARIFF_UNKNOWN', 'tariffs.0.priceBook', 'UNKNOWN']);
    expect(await refused({ tariffs: [{ priceBook: 'nowhere', underPriceBook: 'testland' }] })).toEqual([422, 'BILLING.TRIAL_TARIFF_UNKNOWN', 'tariffs.0.priceBook', 'UNKNOWN']);
    expect(await refused({ tariffs: [{ priceBook: 'testland' }] })).toEqual([400, 'REQUEST.INVALID', 'tariffs.0.tariffVersionId', 'REQUIRED']);
    const twice = { priceBook: 'testland', underPriceBook: 'otherland' };
    expect(await refused({ tariffs: [twice, twice] })).toEqual([400, 'REQUEST.INVALID', 'tariffs.1.priceBook', 'REPEATED']);
    expect(await refused({ kind: 'regular', tariffs: [twice] })).toEqual([400, 'REQUEST.INVALID', 'tariffs', 'NOT_ALLOWED']);
    const { body } = await app.http.get(`/v1/billing-runs/${(await trial()).runId}/comparison?with=99999`).set(await app.as('operator')).expect(404);
    expect(body.code).toBe('BILLING.RUN_NOT_FOUND');
  });

  test('keeps its tariffs, and the database refuses them to a real run', async () => {
    const real = `insert into billing_runs (period, kind, population, population_hash, trial_tariffs, created_by) values ('2026-05', 'regular', '{"by":"all"}', repeat('1', 64), '[{}]', 1)`;
    await expect(app.db.query(real)).rejects.toMatchObject({ constraint: 'billing_runs_trial_tariffs_of_trial' });
    await expect(app.db.query(`update billing_runs set trial_tariffs = '[{}]' where kind = 'trial'`)).rejects.toThrow();
    await app.db.query('alter table billing_runs drop constraint billing_runs_trial_tariffs_of_trial');
    await expect(app.db.query(real)).resolves.toBeDefined();
  });
});

test('a trial neither waits for a run of another period nor keeps one waiting', async () => {
  const waiting = await startApp({ at: '2026-07-02T09:00:00+08:00' });
  try {
    const draft = async (period: string, kind: string): Promise<string> => (await post<Run>(waiting, 'operator', '/v1/billing-runs', { period, kind, population: { by: 'all' } })).runId;
    const freeze = (runId: string) => waiting.get(FreezeRun).freeze(runId);
    expect(await freeze(await draft('2026-05', 'trial'))).toBe('frozen');
    expect(await freeze(await draft('2026-06', 'regular'))).toBe('frozen');
    expect(await freeze(await draft('2026-04', 'trial'))).toBe('frozen');
    expect(await freeze(await draft('2026-05', 'regular'))).toBe('waits-for-other-period');
  } finally {
    await waiting.close();
  }
});

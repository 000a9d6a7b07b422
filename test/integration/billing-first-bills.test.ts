import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** Households at 0.50 yuan a kWh that have no bill yet. March is the first month that the company bills here. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-07-02T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
  const first = await household('FIRST', '2020-01-01', { installedOn: '2026-03-01', readings: { '2026-04-01': '200' } });
  await released('2026-03', [first], { billed: 1 });
});
afterAll(() => app.close());

interface Equipment {
  readonly installedOn?: string;
  readonly readings?: Readonly<Record<string, string>>;
}
async function household(no: string, openedOn: string, { installedOn = openedOn, readings = {} }: Equipment = {}): Promise<string> {
  const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };
  const { accountNo } = await openAccount(app, terms, openedOn);
  await createPoint(app, accountNo, `P-${no}`, { validFrom: openedOn });
  await installMeter(app, `P-${no}`, `M-${no}`, { installedOn, first: '100' });
  for (const [day, reading] of Object.entries(readings)) await enter(app, `M-${no}`, day, reading);
  return accountNo;
}

const computed = async (period: string, accountNos: readonly string[], counts: object): Promise<string> => {
  const run = await computeRun(app, period, accountNos);
  expect(run.counts).toMatchObject(counts);
  return run.runId;
};
async function released(period: string, accountNos: readonly string[], counts: object): Promise<void> {
  await releaseRun(app, await computed(period, accountNos, counts));
}

interface Listed {
  readonly items: readonly { exceptionId: string; code: string; remedies: string[]; findings: { params: object }[]; cycleFrom: string; cycleTo: string; energyKwh: string; totalAmount: string }[];
}
const list = async (path: string): Promise<Listed['items']> => ((await app.http.get(path).set(await app.as('operator'))).body as Listed).items;
const exceptions = (runId: string): Promise<Listed['items']> => list(`/v1/billing-runs/${runId}/exceptions?state=open`);
const bills = async (runId: string): Promise<string[]> => (await list(`/v1/bills?runId=${runId}`)).map(({ cycleFrom, cycleTo, energyKwh }) => `${cycleFrom}…${cycleTo} ${energyKwh}`);
const again = async (runId: string): Promise<object> => post(app, 'operator', `/v1/billing-runs/${runId}/exceptions/${(await exceptions(runId))[0]?.exceptionId ?? ''}/recomputation`);

describe('the first bill of an account', () => {
  test('waits for the month that was released without it, whose energy would be in no bill otherwise', async () => {
    const accountNo = await household('LATE', '2026-03-10');
    await released('2026-03', [accountNo], { billed: 0, exceptions: 1 });
    await enter(app, 'M-LATE', '2026-04-01', '200');
    await enter(app, 'M-LATE', '2026-05-01', '250');
    const april = await computed('2026-04', [accountNo], { exceptions: 1 });
    expect(await exceptions(april)).toMatchObject([
      { code: 'BILLING.EARLIER_PERIOD_NOT_BILLED', remedies: ['bill-earlier-period', 'recompute', 'exclude'], findings: [{ params: { unbilledSince: '2026-03-10', from: '2026-04-01' } }] },
    ]);
    const march = await computed('2026-03', [accountNo], { billed: 1 });
    expect(await bills(march)).toEqual(['2026-03-10…2026-04-01 100']);
    await releaseRun(app, march);
    expect(await again(april)).toMatchObject({ outcome: 'billed', totalAmount: '25.00' });
  });

  test('waits for the month of its opening, also where no run of that month knew the account', async () => {
    const accountNo = await household('FORGOTTEN', '2026-03-20', { readings: { '2026-04-01': '120', '2026-05-01': '150' } });
    const april = await computed('2026-04', [accountNo], { exceptions: 1 });
    expect(await exceptions(april)).toMatchObject([{ code: 'BILLING.EARLIER_PERIOD_NOT_BILLED', findings: [{ params: { unbilledSince: '2026-03-20' } }] }]);
  });

  test('is due at once where the account came from elsewhere, and waits where a month here left it out', async () => {
    const moved = await household('MOVED', '2019-05-01', { installedOn: '2026-03-01', readings: { '2026-04-01': '140', '2026-05-01': '200' } });
    expect(await bills(await computed('2026-04', [moved], { billed: 1 }))).toEqual(['2026-04-01…2026-05-01 60']);
    const unread = await household('UNREAD', '2019-05-01', { installedOn: '2026-03-01' });
    await released('2026-03', [unread], { exceptions: 1 });
    await enter(app, 'M-UNREAD', '2026-04-01', '140');
    await enter(app, 'M-UNREAD', '2026-05-01', '200');
    const april = await computed('2026-04', [unread], { exceptions: 1 });
    expect(await exceptions(april)).toMatchObject([{ code: 'BILLING.EARLIER_PERIOD_NOT_BILLED', findings: [{ params: { unbilledSince: '2026-03-01' } }] }]);
  });

  test('does not wait for days before the account was open, or had a meter', async () => {
    const open = await household('OPEN', '2026-04-12', { readings: { '2026-05-01': '130' } });
    await released('2026-03', [open], { excluded: 1 });
    const wired = await household('WIRED', '2026-03-12', { installedOn: '2026-04-03', readings: { '2026-05-01': '170' } });
    const april = await computed('2026-04', [open, wired], { billed: 2 });
    expect(await bills(april)).toEqual(expect.arrayContaining(['2026-04-12…2026-05-01 30', expect.stringMatching(/ 70$/)]));
  });

  test('that is its last one waits as well', async () => {
    const accountNo = await household('SHORT', '2026-03-25', { readings: { '2026-04-01': '110', '2026-04-20': '130' } });
    const { rows } = await app.db.query<{ account_id: string }>('select account_id from accounts where account_no = $1', [accountNo]);
    await post(app, 'clerk', `/v1/accounts/${rows[0]?.account_id ?? ''}/closing`, { closedOn: '2026-04-20', reason: 'moved out' });
    expect(await exceptions(await computed('2026-04', [accountNo], { exceptions: 1 }))).toMatchObject([{ code: 'BILLING.EARLIER_PERIOD_NOT_BILLED' }]);
  });

  test('may lie in the month before the opening, where that is read in the middle of the next', async () => {
    const accountNo = await household('ROUTE', '2026-05-05', { readings: { '2026-05-15': '120', '2026-06-15': '180' } });
    const { routeId } = await post<{ routeId: string }>(app, 'clerk', '/v1/reading-routes', { routeCode: 'R-15', regionCode: 'CN-SH', readingDay: 15, windowDays: 1 });
    await post(app, 'clerk', `/v1/reading-routes/${routeId}/accounts`, { accountNos: [accountNo], fromMonth: '2026-05' });
    expect(await exceptions(await computed('2026-05', [accountNo], { exceptions: 1 }))).toMatchObject([{ code: 'BILLING.EARLIER_PERIOD_NOT_BILLED' }]);
    expect(await bills(await computed('2026-04', [accountNo], { billed: 1 }))).toEqual(['2026-05-05…2026-05-15 20']);
  });
});

import { Command } from 'commander';
import { registerMeteringCommands } from '../../src/modules/metering';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { clerkPost, createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** Households at 0.50 yuan a kWh, read on the first of the month, three days to either side. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-10T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument());
});
afterAll(() => app.close());

const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };
const dial = (register: string, decimals = 2) => ({ register, dialDigits: 6, decimals });

/** A meter that showed 100 on 1 April, on a route of its own. */
async function home(no: string, dials = [dial('total')], options: { ct?: object; point?: object } = {}): Promise<string> {
  const { accountNo } = await openAccount(app, terms, '2026-04-01');
  const route = await clerkPost<{ routeId: string }>(app, '/v1/reading-routes', { routeCode: `R-${no}`, regionCode: 'CN-SH', readingDay: 1 });
  await clerkPost(app, `/v1/reading-routes/${route.body.routeId}/accounts`, { accountNos: [accountNo], fromMonth: '2026-04' });
  await createPoint(app, accountNo, `P-${no}`, { validFrom: '2026-04-01', ...options.point });
  await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: '2026-04-01', first: '100', dials, ...(options.ct ? { ct: options.ct } : {}) });
  return accountNo;
}

interface Estimates {
  readonly estimated: number;
  readonly skipped: number;
  readonly skippedDials: { meterNo: string; register: string; reason: string }[];
}
const estimate = (no: string, month = '2026-06', more: object = {}) => post<Estimates>(app, 'operator', '/v1/reading-estimates', { month, routeCode: `R-${no}`, ...more });
interface Reading {
  readonly readOn: string;
  readonly register: string;
  readonly reading: string;
  readonly source: string;
}
const readings = async (no: string, query = ''): Promise<string[]> =>
  ((await app.http.get(`/v1/readings?meterNo=M-${no}${query}`).set(await app.as('clerk'))).body as { items: Reading[] }).items.map(({ readOn, register, reading, source }) => `${readOn} ${register} ${reading} ${source}`);

interface Preview {
  readonly items?: { totalAmount: string; content: { findings: { code: string }[] } }[];
  readonly errors?: { code: string }[];
}
const preview = async (accountNo: string, period: string): Promise<Preview> =>
  (await app.http.post(`/v1/accounts/${accountNo}/bill-previews`).set(await app.as('clerk')).send({ period })).body as Preview;
const amount = ({ items = [] }: Preview): string | undefined => items[0]?.totalAmount;

describe('a reading that is missing after its window', () => {
  test('is estimated by the dial’s own use, marked on the bill, and settled at the next real reading', async () => {
    const accountNo = await home('SETTLED');
    await enter(app, 'M-SETTLED', '2026-05-01', '160');
    expect((await preview(accountNo, '2026-05')).errors?.map(({ code }) => code)).toEqual(['METERING.READING_MISSING']);
    await post(app, 'operator', '/v1/reading-findings/missing-checks', { month: '2026-06', routeCode: 'R-SETTLED' });
    // 60 kWh in 30 days: 2 a day, 62 in the 31 days to 1 June
    expect(await estimate('SETTLED')).toEqual({ estimated: 1, skipped: 0, skippedDials: [] });
    expect(await readings('SETTLED', '&source=estimated')).toEqual(['2026-06-01 total 222 estimated']);
    const may = await preview(accountNo, '2026-05');
    expect([amount(may), may.items?.[0]?.content.findings.map(({ code }) => code)]).toEqual(['31.00', ['METERING.READING_ESTIMATED']]);
    const { runId } = await computeRun(app, '2026-05', [accountNo]);
    await releaseRun(app, runId);
    await app.clock.set('2026-07-02T09:00:00+08:00');
    await enter(app, 'M-SETTLED', '2026-07-01', '270');
    await app.clock.set('2026-06-10T09:00:00+08:00');
    // 110 kWh in the two months, 62 of them billed: 48
    expect(amount(await preview(accountNo, '2026-06'))).toBe('24.00');
  });

  test('is estimated once, and gives way to a real reading of its day or window', async () => {
    const accountNo = await home('AGAIN');
    await enter(app, 'M-AGAIN', '2026-05-01', '160');
    expect(await estimate('AGAIN')).toMatchObject({ estimated: 1 });
    expect(await estimate('AGAIN')).toMatchObject({ estimated: 0, skipped: 0 });
    const { body } = await enter(app, 'M-AGAIN', '2026-06-01', '180');
    expect(body).toMatchObject({ outcome: 'accepted' });
    expect(await readings('AGAIN', '&from=2026-06-01')).toEqual(['2026-06-01 total 180 manual']);
    expect(amount(await preview(accountNo, '2026-05'))).toBe('10.00');
    const window = await home('WINDOW');
    await enter(app, 'M-WINDOW', '2026-05-01', '160');
    await estimate('WINDOW');
    await enter(app, 'M-WINDOW', '2026-06-03', '200');
    expect(amount(await preview(window, '2026-05'))).toBe('20.00');
  });

  test('is estimated between its neighbours where the reader came late', async () => {
    await home('LATE');
    await enter(app, 'M-LATE', '2026-05-01', '160');
    await enter(app, 'M-LATE', '2026-06-09', '277');
    // 117 in 39 days: 3 a day, 93 to 1 June
    await estimate('LATE');
    expect(await readings('LATE', '&source=estimated')).toEqual(['2026-06-01 total 253 estimated']);
  });

  test('is cut to the dial’s decimals, so that peak and valley never come to more than the total; demand is left to a person', async () => {
    await home('DIALS', [dial('total', 0), dial('peak', 0), dial('valley', 0), dial('maximum-demand', 2)], { ct: { primary: 150, secondary: 5 }, point: { timeOfUse: true } });
    for (const [register, reading] of [['total', '107'], ['peak', '104'], ['valley', '103']] as const) await enter(app, 'M-DIALS', '2026-05-01', reading, register);
    // A day: 7/30, 4/30, 3/30; in 31 days 7.23, 4.13, 3.1
    const { estimated, skippedDials } = await estimate('DIALS');
    expect([estimated, skippedDials.map(({ register, reason }) => [register, reason])]).toEqual([3, [['maximum-demand', 'DEMAND']]]);
    expect(await readings('DIALS', '&source=estimated')).toEqual(['2026-06-01 peak 108 estimated', '2026-06-01 total 114 estimated', '2026-06-01 valley 106 estimated']);
  });

  test('is left to a person without a history, and after as many estimates in a row as are allowed', async () => {
    await home('NEW');
    expect(await estimate('NEW', '2026-05')).toMatchObject({ estimated: 0, skippedDials: [{ meterNo: 'M-NEW', register: 'total', reason: 'NO_HISTORY' }] });
    await enter(app, 'M-NEW', '2026-04-16', '130');
    expect(await estimate('NEW', '2026-05', { inARow: 1 })).toMatchObject({ estimated: 1 });
    expect(await estimate('NEW', '2026-06', { inARow: 1 })).toMatchObject({ estimated: 0, skippedDials: [{ reason: 'ESTIMATED_TOO_OFTEN' }] });
  });

  test('is asked for of a known route, by who may', async () => {
    const operator = await app.as('operator');
    expect((await app.http.post('/v1/reading-estimates').set(operator).send({ month: '2026-06', routeCode: 'R-NONE' })).body).toMatchObject({ code: 'METERING.ROUTE_NOT_FOUND' });
    expect((await app.http.post('/v1/reading-estimates').set(await app.as('auditor')).send({ month: '2026-06' })).body).toMatchObject({ code: 'AUTH.NOT_PERMITTED' });
  });

  test('is estimated by command too', async () => {
    await home('OPS');
    await enter(app, 'M-OPS', '2026-05-01', '160');
    const printed: unknown[] = [];
    const program = new Command().exitOverride();
    registerMeteringCommands(program, { config: () => Promise.reject(new Error('not needed')), app: () => Promise.resolve(app.context), json: true, print: (value) => printed.push(value) });
    const token = (await app.as('operator')).Authorization.replace('Bearer ', '');
    const run = (...words: string[]) => program.parseAsync(['readings', 'estimate', ...words, '--token', token], { from: 'user' });
    await run('--month', '2026-06', '--route', 'R-OPS');
    expect(printed).toEqual([{ estimated: 1, skipped: 0, skippedDials: [] }]);
    await expect(run('--month', 'June')).rejects.toThrow('--month');
  });
});

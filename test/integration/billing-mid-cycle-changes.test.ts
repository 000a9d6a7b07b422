import type { TariffPlan } from '../../src/core/tariff';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** May 2026 has 31 days; household 0.5, shop 0.9 plain, workshop peak 1.0, flat 0.6, valley 0.2 yuan a kWh. */
let app: TestApp;
const title = (en: string): { en: string; zh: string } => ({ en, zh: en });
const shop: TariffPlan = { planId: 'shop', title: title('Shop'), category: 'general-industrial-commercial', parts: 'single-part', timeOfUse: false, prices: [{ voltages: ['below-1kv'], prices: { energy: { total: '0.9000' } } }] };
const workshop: TariffPlan = { ...shop, planId: 'workshop', title: title('Workshop'), timeOfUse: true, calendarId: 'day', prices: [{ voltages: ['below-1kv'], prices: { energy: { peak: '1.0000', flat: '0.6000', valley: '0.2000' } } }] };
beforeAll(async () => {
  app = await startApp({ at: '2026-07-02T09:00:00+08:00', worker: true });
  const { plans, ...tariff } = tariffDocument();
  const windows = [{ period: 'peak', from: '08:00', to: '16:00' }, { period: 'flat', from: '16:00', to: '22:00' }, { period: 'valley', from: '22:00', to: '08:00' }] as const;
  const seasons = [{ season: 'all', months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], windows: [...windows] }];
  await publishTariff(app, { ...tariff, calendars: [{ calendarId: 'day', complete: true, seasons }], plans: [...plans, shop, workshop] });
});
afterAll(() => app.close());

const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };
const commercial = { ...terms, category: 'general-industrial-commercial', planId: 'shop' };
const metered = { kind: 'metered', role: 'billing', timeOfUse: false, meteringMode: 'low-low' };

interface Line {
  readonly usagePointNo: string;
  readonly segment?: number;
  readonly pricePeriod: string;
  readonly quantity: string;
  readonly amount: string;
}
interface Preview {
  readonly items?: { content: { lines: Line[]; segments: { from: string; to: string; planId: string }[] } }[];
  readonly errors?: { field: string; code: string; message: string }[];
}
const preview = async (accountNo: string, period = '2026-05'): Promise<Preview> =>
  (await app.http.post(`/v1/accounts/${accountNo}/bill-previews`).set(await app.as('clerk')).set('Accept-Language', 'en').send({ period })).body as Preview;
const lines = ({ items = [] }: Preview): unknown[][] => items.flatMap(({ content }) => content.lines.map(({ segment, pricePeriod, quantity, amount }) => [segment, pricePeriod, quantity, amount]));
const reasons = ({ errors = [] }: Preview): string[] => errors.map(({ code, field }) => `${code} ${field}`);

/** An account with a plain meter at P-no that shows 100 on 1 May. */
async function account(no: string, changes: object = {}, point: object = {}): Promise<{ accountId: string; accountNo: string; usagePointId: string; installationId: string }> {
  const { accountId, accountNo } = await openAccount(app, { ...terms, ...changes }, '2026-05-01');
  const usagePointId = await createPoint(app, accountNo, `P-${no}`, { validFrom: '2026-05-01', ...point });
  const installationId = await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: '2026-05-01', first: '100' });
  return { accountId, accountNo, usagePointId, installationId };
}
const changePoint = (usagePointId: string, changes: object, validFrom = '2026-05-16') => post(app, 'clerk', `/v1/usage-points/${usagePointId}/versions`, { ...metered, validFrom, ...changes });
const changeTerms = (accountId: string, values: object, validFrom = '2026-05-16') => post(app, 'clerk', `/v1/accounts/${accountId}/terms`, { ...values, validFrom, reason: 'became a shop' });

async function billed(period: string, accountNo: string): Promise<{ totalAmount: string; energyKwh: string }> {
  const run = await computeRun(app, period, [accountNo]);
  expect(run.counts).toMatchObject({ billed: 1, exceptions: 0 });
  await releaseRun(app, run.runId);
  const { body } = await app.http.get(`/v1/bills?accountNo=${accountNo}&period=${period}`).set(await app.as('operator'));
  return (body as { items: { totalAmount: string; energyKwh: string }[] }).items[0] as { totalAmount: string; energyKwh: string };
}

describe('the category of an account changes inside the cycle', () => {
  test('on the day of a reading: what was used before and after is told by it', async () => {
    const { accountId, accountNo } = await account('CATEGORY');
    await enter(app, 'M-CATEGORY', '2026-05-16', '160');
    await enter(app, 'M-CATEGORY', '2026-06-01', '200');
    await changeTerms(accountId, commercial);
    const found = await preview(accountNo);
    // 60 kWh × 0.5 = 30.00; 40 kWh × 0.9 = 36.00
    expect(lines(found)).toEqual([[1, 'total', '60', '30.00'], [2, 'total', '40', '36.00']]);
    expect(found.items?.[0]?.content.segments.map(({ from, to, planId }) => [from, to, planId])).toEqual([['2026-05-01', '2026-05-16', 'household'], ['2026-05-16', '2026-06-01', 'shop']]);
    expect(await billed('2026-05', accountNo)).toMatchObject({ totalAmount: '66.00', energyKwh: '100' });
  });

  test('to a household with more persons at the same prices: the cycle is one', async () => {
    const { accountId, accountNo } = await account('OWNER');
    await enter(app, 'M-OWNER', '2026-06-01', '200');
    await changeTerms(accountId, { ...terms, householdSize: 5, householdExtensionFrom: '2026-05' });
    expect(lines(await preview(accountNo))).toEqual([[undefined, 'total', '100', '50.00']]);
  });
});

describe('the price of a usage point changes inside the cycle', () => {
  test('on the day of a reading', async () => {
    const { accountNo, usagePointId } = await account('READ');
    await enter(app, 'M-READ', '2026-05-16', '160');
    await enter(app, 'M-READ', '2026-06-01', '200');
    await changePoint(usagePointId, { planId: 'shop', category: 'general-industrial-commercial' });
    expect(await billed('2026-05', accountNo)).toMatchObject({ totalAmount: '66.00', energyKwh: '100' });
  });

  test('without a reading of that day: by days, the remainder to the days after', async () => {
    const { accountNo, usagePointId } = await account('DAYS');
    await enter(app, 'M-DAYS', '2026-06-01', '200');
    await changePoint(usagePointId, { planId: 'shop' });
    // 100 × 15/31 = 48.39, 48 kWh × 0.5 = 24.00; 52 kWh × 0.9 = 46.80
    expect(lines(await preview(accountNo))).toEqual([[1, 'total', '48', '24.00'], [2, 'total', '52', '46.80']]);
  });

  test('and back within the cycle', async () => {
    const { accountNo, usagePointId } = await account('TWICE');
    await enter(app, 'M-TWICE', '2026-06-01', '410');
    await changePoint(usagePointId, { planId: 'shop' }, '2026-05-11');
    await changePoint(usagePointId, {}, '2026-05-21');
    // 310 kWh over 10 + 10 + 11 days
    expect(lines(await preview(accountNo))).toEqual([[1, 'total', '100', '50.00'], [2, 'total', '100', '90.00'], [3, 'total', '110', '55.00']]);
  });

  test('and so does an agreed quantity, each with its days', async () => {
    const { accountNo } = await account('AGREED');
    await enter(app, 'M-AGREED', '2026-06-01', '100');
    const agreed = { kind: 'fixed-quantity', fixedQuantityKwh: '310' };
    const usagePointId = await createPoint(app, accountNo, 'P-AGREED-2', { validFrom: '2026-05-01', ...agreed });
    await changePoint(usagePointId, { ...agreed, fixedQuantityKwh: '620' });
    // (310 × 15 + 620 × 16) ÷ 31 = 470 kWh × 0.5
    expect(await billed('2026-05', accountNo)).toMatchObject({ totalAmount: '235.00', energyKwh: '470' });
  });
});

describe('a usage point is metered in another way from a day on', () => {
  test('with a time-of-use meter in the place of a plain one: each is billed by its own prices, and the next month goes on from the new meter', async () => {
    const { accountId, accountNo, usagePointId, installationId } = await account('PERIODS');
    const dials = ['total', 'peak', 'valley'].map((register) => ({ register, dialDigits: 6, decimals: 2 }));
    await post(app, 'clerk', '/v1/meters', { assetNo: 'M-PERIODS-2', phases: 3, registers: dials });
    await post(app, 'clerk', `/v1/meter-installations/${installationId}/replacement`, {
      replacedOn: '2026-05-16',
      finalReadings: [{ register: 'total', reading: '190' }],
      newMeter: { assetNo: 'M-PERIODS-2', initialReadings: dials.map(({ register }) => ({ register, reading: '0' })) },
    });
    for (const [on, total, peak, valley] of [['2026-06-01', '60', '30', '10'], ['2026-07-01', '160', '90', '20']] as const) {
      await enter(app, 'M-PERIODS-2', on, total);
      await enter(app, 'M-PERIODS-2', on, peak, 'peak');
      await enter(app, 'M-PERIODS-2', on, valley, 'valley');
    }
    await changeTerms(accountId, { ...commercial, planId: 'workshop' });
    await changePoint(usagePointId, { timeOfUse: true });
    const may = await preview(accountNo);
    // 90 × 0.5 before; then peak 30 × 1.0, flat 60 − 30 − 10 = 20 × 0.6, valley 10 × 0.2
    expect(lines(may)).toEqual([[1, 'total', '90', '45.00'], [2, 'peak', '30', '30.00'], [2, 'flat', '20', '12.00'], [2, 'valley', '10', '2.00']]);
    expect(may.items?.[0]?.content.lines.map(({ usagePointNo }) => usagePointNo)).toEqual(['P-PERIODS@2026-05-01', ...Array<string>(3).fill('P-PERIODS@2026-05-16')]);
    expect(await billed('2026-05', accountNo)).toMatchObject({ totalAmount: '89.00', energyKwh: '150' });
    // June: 100 kWh, peak 60, valley 10, flat 30: 60.00 + 18.00 + 2.00
    expect(lines(await preview(accountNo, '2026-06'))).toEqual([[undefined, 'peak', '60', '60.00'], [undefined, 'flat', '30', '18.00'], [undefined, 'valley', '10', '2.00']]);
  });

  test('and becomes a check meter: it is billed up to the reading of that day', async () => {
    const { accountNo, usagePointId } = await account('CHECK');
    await enter(app, 'M-CHECK', '2026-05-16', '160');
    await enter(app, 'M-CHECK', '2026-06-01', '200');
    await changePoint(usagePointId, { role: 'check' });
    expect(lines(await preview(accountNo))).toEqual([[undefined, 'total', '60', '30.00']]);
  });

  test('behind another transformer without a reading of that day: the reading is asked for, and then it is billed', async () => {
    const { accountId, accountNo, usagePointId } = await account('MOVED', commercial);
    for (const transformerNo of ['T1', 'T2']) {
      const loss = { method: 'fixed', monthlyActiveLossKwh: transformerNo === 'T1' ? '31' : '62' };
      await post(app, 'clerk', `/v1/accounts/${accountId}/transformers`, { transformerNo, ownership: 'own', capacityKva: '50', connectedOn: '2026-05-01', reason: 'first connection', loss });
    }
    await changePoint(usagePointId, { meteringMode: 'high-low', transformerNo: 'T1' }, '2026-05-02');
    await changePoint(usagePointId, { meteringMode: 'high-low', transformerNo: 'T2' }, '2026-05-17');
    await enter(app, 'M-MOVED', '2026-06-01', '200');
    expect(reasons(await preview(accountNo))).toEqual(['METERING.READING_MISSING P-MOVED/M-MOVED/total']);
    await enter(app, 'M-MOVED', '2026-05-02', '100');
    await enter(app, 'M-MOVED', '2026-05-17', '160');
    // 2–16 May: 60 + 31 × 15/30 = 15.5, rounded 16; 17–31 May: 40 + 62 × 15/30 = 31. (76 + 71) × 0.9
    expect(lines(await preview(accountNo)).map(([, , quantity, amount]) => [quantity, amount])).toEqual([['76', '68.40'], ['71', '63.90']]);
  });

  test('as a sub-meter, or without a meter at all: a person decides', async () => {
    const main = await account('MAIN');
    const { accountNo, usagePointId } = await account('BELOW', {}, { parents: ['P-MAIN'] });
    for (const no of ['MAIN', 'BELOW']) {
      await enter(app, `M-${no}`, '2026-05-16', no === 'MAIN' ? '500' : '160');
      await enter(app, `M-${no}`, '2026-06-01', no === 'MAIN' ? '900' : '200');
    }
    await changePoint(usagePointId, { lightingConnection: 'series' });
    expect(reasons(await preview(accountNo))).toEqual(['BILLING.USAGE_POINT_CHANGED P-BELOW']);
    expect(reasons(await preview(main.accountNo))).toEqual(['BILLING.USAGE_POINT_CHANGED P-BELOW']);
    const agreed = await account('TOAGREED');
    await changePoint(agreed.usagePointId, { kind: 'fixed-quantity', fixedQuantityKwh: '10' });
    const [error] = (await preview(agreed.accountNo)).errors ?? [];
    expect([error?.code, error?.message]).toEqual(['BILLING.USAGE_POINT_CHANGED', expect.stringContaining('kind')]);
  });
});

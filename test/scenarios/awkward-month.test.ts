import { openAccount, factoryTerms } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { post, publishTariff, releaseRun } from '../support/billing-builder';
import { clerkPost, createPoint, enter, industrialDials, installMeter, totalDial } from '../support/metering-builder';
import { get, runReaches, type RunView, send } from './support/story';
import { type Household, household, testlandPrices } from './support/testland';

interface Exception {
  readonly exceptionId: string;
  readonly accountNo: string;
  readonly code: string;
  readonly remedies: readonly string[];
}
interface Line {
  readonly group: string;
  readonly item: string;
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
}
interface Bill {
  readonly totalAmount: string;
  readonly energyKwh: string;
  readonly content: { readonly lines: readonly Line[] };
}

let app: TestApp;
let run: RunView;
const homes: Record<string, Household> = {};
let factoryNo: string;

const monthly = (...values: string[]): [string, string][] => values.map((value, index) => [`2026-0${String(index + 2)}-01`, value]);

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00', worker: true });
  await publishTariff(app, testlandPrices());
  // 100 kWh a month up to 999900, then through zero to 5: 5 − 999900 + 1000000 = 105 kWh.
  homes['rolling'] = await household(app, 'ROLLING', monthly('999600', '999700', '999800', '999900', '5'));
  // The same history, then 700000: a rollover would be 700100 kWh, far above 300 % of the usual.
  homes['fallen'] = await household(app, 'FALLEN', monthly('999600', '999700', '999800', '999900', '700000'));
  homes['late'] = await household(app, 'LATE', monthly('100', '200', '300', '400'));
  // Usual use about 3.3 kWh a day: 250 kWh in May are some 145 % more, still below the limit of 200 % more.
  homes['hot'] = await household(app, 'HOT', monthly('100', '200', '300', '400', '650'));
  // 400 kWh are some 290 % more: a person has to look.
  homes['jumping'] = await household(app, 'JUMPING', monthly('100', '200', '300', '400', '800'));
  homes['thrifty'] = await household(app, 'THRIFTY', monthly('100', '200', '300', '400', '450'));
  homes['estimated'] = await household(app, 'ESTIMATED', monthly('100', '200', '300', '400'));
  await clerkPost(app, '/v1/readings', { meterNo: 'M-ESTIMATED', register: 'total', readOn: '2026-06-01', reading: '500', source: 'estimated' });
  homes['replaced'] = await replacedMeter();
  factoryNo = await factoryWithSuspendedTransformer();
});
afterAll(() => app.close());

/** Read 200 on 1 May; taken down at 260 on 20 May for a meter behind 10/5 that begins at 10 and shows 55 on 1 June. */
async function replacedMeter(): Promise<Household> {
  const home = await household(app, 'REPLACED', [['2026-04-01', '100'], ['2026-05-01', '200']]);
  await clerkPost(app, '/v1/meters', { assetNo: 'M-REPLACED-2', phases: 1, registers: totalDial });
  const { status } = await clerkPost(app, `/v1/meter-installations/${home.installationId}/replacement`, {
    replacedOn: '2026-05-20',
    finalReadings: [{ register: 'total', reading: '260' }],
    newMeter: { assetNo: 'M-REPLACED-2', ct: { primary: 10, secondary: 5 }, initialReadings: [{ register: 'total', reading: '10' }] },
  });
  expect(status).toBe(201);
  await enter(app, 'M-REPLACED-2', '2026-06-01', '55');
  return home;
}

/** Two own transformers of 400 and 200 kVA; the small one is sealed on 17 May. */
async function factoryWithSuspendedTransformer(): Promise<string> {
  const account = await openAccount(app, { ...factoryTerms, priceBook: 'testland', planId: 'industry', approvedCapacityKva: '600' }, '2026-01-01');
  const transformer = (transformerNo: string, capacityKva: string) =>
    post<{ transformerId: string }>(app, 'clerk', `/v1/accounts/${account.accountId}/transformers`, { transformerNo, ownership: 'own', capacityKva, connectedOn: '2026-01-01', reason: 'first connection' });
  await transformer('T1', '400');
  const { transformerId } = await transformer('T2', '200');
  await post(app, 'clerk', `/v1/accounts/${account.accountId}/transformers/${transformerId}/states`, { state: 'suspended', validFrom: '2026-05-17', reason: 'order 2026-0288' });
  await createPoint(app, account.accountNo, 'P-FACTORY', { validFrom: '2026-01-01', timeOfUse: true, meteringMode: 'high-high', transformerNo: 'T1' });
  await installMeter(app, 'P-FACTORY', 'M-FACTORY', { dials: industrialDials, installedOn: '2026-05-01', first: '1', ct: { primary: 500, secondary: 5 } });
  for (const [register, reading] of [['total', '241'], ['peak', '101'], ['valley', '61'], ['reactive-forward', '81'], ['maximum-demand', '2']] as const) {
    await enter(app, 'M-FACTORY', '2026-06-01', reading, register);
  }
  return account.accountNo;
}

const open = async (): Promise<Exception[]> =>
  (await get<{ items: Exception[] }>(app, 'operator', `/v1/billing-runs/${run.runId}/exceptions?state=open&limit=200`)).body.items;
const exceptionOf = async (name: string): Promise<Exception> => {
  const found = (await open()).find(({ accountNo }) => accountNo === homes[name]?.accountNo);
  if (found === undefined) throw new Error(`${name} is no exception`);
  return found;
};
const recompute = async ({ exceptionId }: Exception) =>
  (await send<object>(app, 'operator', `/v1/billing-runs/${run.runId}/exceptions/${exceptionId}/recomputation`)).body;
async function bill(accountNo: string, period = '2026-05'): Promise<Bill> {
  const { body } = await get<{ items: { billNo: string }[] }>(app, 'operator', `/v1/bills?accountNo=${accountNo}&period=${period}`);
  return (await get<Bill>(app, 'operator', `/v1/bills/${body.items[0]?.billNo ?? ''}`)).body;
}
const started = async (period: string): Promise<RunView> => {
  const { body } = await send<RunView>(app, 'operator', '/v1/billing-runs', { period, kind: 'regular', population: { by: 'all' } });
  return runReaches(app, body.runId, 'computed');
};

describe('an awkward metering month', () => {
  test('three of nine accounts wait for a person, each with its reason; the others are billed', async () => {
    run = await started('2026-05');
    expect(run.counts).toEqual({ accounts: 9, pending: 0, billed: 6, excluded: 0, exceptions: 3 });
    const found = Object.fromEntries((await open()).map(({ accountNo, code }) => [accountNo, code]));
    expect(found).toEqual({
      [homes['fallen']?.accountNo ?? '']: 'METERING.READING_FELL',
      [homes['late']?.accountNo ?? '']: 'METERING.READING_MISSING',
      [homes['jumping']?.accountNo ?? '']: 'METERING.USAGE_JUMP',
    });
  });

  test('a dial that passed zero within its history is billed: 105 kWh × 0.5 = 52.50', async () => {
    expect(await bill(homes['rolling']?.accountNo ?? '')).toMatchObject({ energyKwh: '105', totalAmount: '52.50' });
  });

  test('a warm month and a thrifty one are billed: 250 kWh and 50 kWh', async () => {
    expect(await bill(homes['hot']?.accountNo ?? '')).toMatchObject({ energyKwh: '250', totalAmount: '125.00' });
    expect(await bill(homes['thrifty']?.accountNo ?? '')).toMatchObject({ energyKwh: '50', totalAmount: '25.00' });
  });

  test('of a replaced meter both parts count, each with its own multiplier: (260 − 200) + (55 − 10) × 2 = 150 kWh', async () => {
    expect(await bill(homes['replaced']?.accountNo ?? '')).toMatchObject({ energyKwh: '150', totalAmount: '75.00' });
  });

  test('a transformer sealed on 17 May is charged for the 16 days that it ran', async () => {
    // peak 100 × 100 × 0.9 = 9000.00; flat (240 − 100 − 60) × 100 × 0.6 = 4800.00; valley 60 × 100 × 0.3 = 1800.00
    // T1 400 × 28 = 11200.00; T2 200 × 28 × 16/31 = 2890.322… → 2890.32
    // cos φ = 24000 / √(24000² + 8000²) = 0.9487 → 0.95: −0.75 % of 29690.32 = −222.6774 → −222.68
    const { totalAmount, content } = await bill(factoryNo);
    expect(content.lines.map(({ group, amount }) => `${group} ${amount}`)).toEqual([
      'energy-charge 9000.00', 'energy-charge 4800.00', 'energy-charge 1800.00',
      'capacity-charge 11200.00', 'capacity-charge 2890.32', 'power-factor-adjustment -222.68',
    ]);
    expect(totalAmount).toBe('29467.64');
  });

  test('a fallen reading is corrected, and this account alone is computed again: 40 − 999900 + 1000000 = 140 kWh', async () => {
    const exception = await exceptionOf('fallen');
    expect(exception.remedies).toContain('correct-readings');
    expect(await recompute(exception)).toMatchObject({ outcome: 'exception', code: 'METERING.READING_FELL' });
    const { body } = await get<{ items: { readingId: string; readOn: string }[] }>(app, 'clerk', '/v1/readings?meterNo=M-FALLEN');
    const wrong = body.items.find(({ readOn }) => readOn === '2026-06-01')?.readingId ?? '';
    expect((await clerkPost(app, `/v1/readings/${wrong}/corrections`, { reading: '40', reason: 'misread' })).status).toBe(201);
    expect(await recompute(await exceptionOf('fallen'))).toMatchObject({ outcome: 'billed', totalAmount: '70.00' });
  });

  test('a jump that a person confirms is billed: 400 kWh', async () => {
    const { body } = await get<{ items: { findingId: string; meterNo: string }[] }>(app, 'operator', '/v1/reading-findings?state=open&code=METERING.USAGE_JUMP');
    expect(body.items.map(({ meterNo }) => meterNo)).toEqual(['M-JUMPING']);
    await post(app, 'operator', `/v1/reading-findings/${body.items[0]?.findingId ?? ''}/confirmation`, { reason: 'electric heating was installed' });
    expect(await recompute(await exceptionOf('jumping'))).toMatchObject({ outcome: 'billed', totalAmount: '200.00' });
  });

  test('a reading that comes late is entered, and the account is billed: 90 kWh; the run then has everybody', async () => {
    const before = (await get<RunView>(app, 'operator', `/v1/billing-runs/${run.runId}`)).body;
    await enter(app, 'M-LATE', '2026-06-02', '490');
    expect(await recompute(await exceptionOf('late'))).toMatchObject({ outcome: 'billed', totalAmount: '45.00' });
    const after = (await get<RunView>(app, 'operator', `/v1/billing-runs/${run.runId}`)).body;
    expect(after.counts).toEqual({ accounts: 9, pending: 0, billed: 9, excluded: 0, exceptions: 0 });
    // 52.50 + 125.00 + 25.00 + 75.00 + 50.00 (estimated) + 29467.64 + 70.00 + 200.00 = 30065.14, and now 45.00 more
    expect([before.totalAmount, after.totalAmount]).toEqual(['30065.14', '30110.14']);
  });

  test('an estimated reading is billed as such and settled by the next real one: 100 kWh, then 80', async () => {
    expect(await bill(homes['estimated']?.accountNo ?? '')).toMatchObject({ energyKwh: '100', totalAmount: '50.00' });
    const { body } = await get<{ items: { readOn: string; source: string }[] }>(app, 'clerk', '/v1/readings?meterNo=M-ESTIMATED');
    expect(body.items.find(({ readOn }) => readOn === '2026-06-01')?.source).toBe('estimated');
    await releaseRun(app, run.runId);
    await app.clock.set('2026-07-02T09:00:00+08:00');
    await enter(app, 'M-ESTIMATED', '2026-07-01', '580');
    const june = await send<{ items: { totalAmount: string }[] }>(app, 'operator', `/v1/accounts/${homes['estimated']?.accountNo ?? ''}/bill-previews`, { period: '2026-06' });
    expect(june.body.items.map(({ totalAmount }) => totalAmount)).toEqual(['40.00']);
  });
});

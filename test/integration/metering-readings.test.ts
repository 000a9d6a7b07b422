import { startApp, type TestApp } from '../support/app';
import { factoryTerms, openAccount } from '../support/account-builder';
import { clerkPost, createPoint, enter, industrialDials, installMeter } from '../support/metering-builder';

let app: TestApp;
let accountNo: string;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-10T09:00:00+08:00' });
  ({ accountNo } = await openAccount(app));
});
afterAll(() => app.close());

let serial = 0;
async function meter(options: Parameters<typeof installMeter>[3] = {}): Promise<string> {
  serial += 1;
  await createPoint(app, accountNo, `P-READ-${serial}`);
  await installMeter(app, `P-READ-${serial}`, `M-READ-${serial}`, options);
  return `M-READ-${serial}`;
}
const count = async (table: string): Promise<number> => Number((await app.db.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);
const codes = (answer: Awaited<ReturnType<typeof enter>>): string[] => answer.body.openFindings.map(({ code }) => code);

/** Four ordinary months of 100 kWh, so that there is a history to hold a reading against. */
async function withHistory(meterNo: string): Promise<void> {
  for (const [day, reading] of [['2025-12-01', '200'], ['2026-01-01', '303'], ['2026-02-01', '405']] as const) await enter(app, meterNo, day, reading);
}

test('a reading is accepted, and the same value again changes nothing', async () => {
  const no = await meter();
  const first = await enter(app, no, '2025-12-01', '205.50');
  expect([first.status, first.body.outcome, first.body['reading' as never]]).toEqual([201, 'accepted', '205.5']);
  const before = await count('readings');
  const again = await enter(app, no, '2025-12-01', '205.5');
  expect([again.status, again.body.outcome, again.body.readingId]).toEqual([201, 'unchanged', first.body.readingId]);
  expect(await count('readings')).toBe(before);
});

test('another value for a day that has one is refused', async () => {
  const no = await meter();
  await enter(app, no, '2025-12-01', '205.5');
  const { status, body } = await enter(app, no, '2025-12-01', '206');
  expect([status, body.code, body.errors?.[0]]).toMatchObject([409, 'METERING.READING_DUPLICATE', { field: 'reading', code: 'DUPLICATE', allowed: '205.5' }]);
});

test.each([
  ['an unknown meter', { meterNo: 'M-NOBODY' }, 'meterNo', 'UNKNOWN_METER', undefined],
  ['a register that the meter does not have', { register: 'peak' }, 'register', 'UNKNOWN_REGISTER', 'total'],
  ['more decimals than the dial has', { reading: '205.123' }, 'reading', 'TOO_MANY_DECIMALS', '0 … 999999.99'],
  ['more digits than the dial has', { reading: '1000000' }, 'reading', 'BEYOND_DIAL', '0 … 999999.99'],
  ['a day before the installation', { readOn: '2025-10-31' }, 'readOn', 'BEFORE_INSTALLATION', '2025-11-01 …'],
  ['a day in the future', { readOn: '2026-02-11' }, 'readOn', 'IN_THE_FUTURE', '… 2026-02-10'],
])('a reading with %s is refused, and nothing is written', async (_, change, field, code, allowed) => {
  const no = await meter();
  const before = await count('readings');
  const { status, body } = await clerkPost(app, '/v1/readings', { meterNo: no, register: 'total', readOn: '2025-12-01', reading: '205', source: 'manual', ...change });
  expect([status, body.code, body.errors?.[0]]).toMatchObject([422, 'METERING.READING_REFUSED', { field, code, ...(allowed === undefined ? {} : { allowed }) }]);
  expect(await count('readings')).toBe(before);
});

test.each([
  ['letters for digits', '12O5', 'NOT_A_DECIMAL'],
  ['a negative reading', '-5', 'OUT_OF_RANGE'],
])('%s are refused at the door', async (_, reading, code) => {
  const no = await meter();
  const { status, body } = await enter(app, no, '2025-12-01', reading);
  expect([status, body.errors?.[0]]).toMatchObject([400, { field: 'reading', code }]);
});

test('a reading after the removal is refused with the days that are allowed', async () => {
  await createPoint(app, accountNo, 'P-GONE');
  const installationId = await installMeter(app, 'P-GONE', 'M-GONE');
  await clerkPost(app, `/v1/meter-installations/${installationId}/removal`, { removedOn: '2026-01-10', finalReadings: [{ register: 'total', reading: '300' }] });
  const { body } = await enter(app, 'M-GONE', '2026-02-01', '305');
  expect(body.errors?.[0]).toMatchObject({ field: 'readOn', code: 'AFTER_REMOVAL', allowed: '2025-11-01 … 2026-01-10' });
});

test('a jump, a drop and a month without use are kept with an open finding each', async () => {
  for (const [reading, code] of [['9405', 'METERING.USAGE_JUMP'], ['406', 'METERING.USAGE_DROP'], ['405', 'METERING.ZERO_USE']] as const) {
    const no = await meter();
    await withHistory(no);
    await app.clock.set('2026-03-02T09:00:00+08:00');
    const answer = await enter(app, no, '2026-03-01', reading);
    expect([answer.status, codes(answer)]).toEqual([201, [code]]);
  }
});

test('a rollover inside the limits of the history is taken as one, a fall without history is left to a person', async () => {
  const rolling = await meter({ first: '999700' });
  for (const [day, reading] of [['2025-12-01', '999800'], ['2026-01-01', '999900']] as const) await enter(app, rolling, day, reading);
  expect(codes(await enter(app, rolling, '2026-02-01', '5'))).toEqual([]);
  const falling = await meter({ first: '500' });
  expect(codes(await enter(app, falling, '2025-12-01', '499'))).toEqual(['METERING.READING_FELL']);
});

test('a reading above a later one is doubtful', async () => {
  const no = await meter();
  await enter(app, no, '2026-02-01', '400');
  expect(codes(await enter(app, no, '2026-01-01', '450'))).toEqual(['METERING.READING_ABOVE_NEXT']);
});

test('use on a suspended transformer and a demand above its capacity are doubtful', async () => {
  const account = await openAccount(app, factoryTerms);
  const { body: transformer } = await clerkPost(app, `/v1/accounts/${account.accountId}/transformers`, {
    transformerNo: 'T1', ownership: 'own', capacityKva: '400', connectedOn: '2025-01-01', reason: 'first',
  }); // prettier-ignore
  const states = `/v1/accounts/${account.accountId}/transformers/${transformer['transformerId']}/states`;
  await clerkPost(app, states, { state: 'suspended', validFrom: '2025-12-15', reason: 'order' });
  await createPoint(app, account.accountNo, 'P-FACTORY', { timeOfUse: true, meteringMode: 'high-low', transformerNo: 'T1' });
  await installMeter(app, 'P-FACTORY', 'M-FACTORY', { dials: industrialDials, installedOn: '2025-12-20', ct: { primary: 150, secondary: 5 } });
  expect(codes(await enter(app, 'M-FACTORY', '2026-02-01', '101', 'total'))).toEqual(['METERING.USE_WHILE_SUSPENDED']);
  const demand = await enter(app, 'M-FACTORY', '2026-02-01', '16.0001', 'maximum-demand');
  expect(codes(demand)).toEqual(['METERING.DEMAND_ABOVE_CAPACITY']);
  expect(demand.body.openFindings[0]).toMatchObject({ figures: { demand: '480.003', limit: '480' } });
});

test('a confirmed finding is closed for good, and the worklist shows it by state', async () => {
  const no = await meter({ first: '500' });
  const { body } = await enter(app, no, '2025-12-01', '499');
  const findingId = body.openFindings[0]?.findingId ?? '';
  const operator = await app.as('operator');
  const confirm = () => app.http.post(`/v1/reading-findings/${findingId}/confirmation`).set(operator).send({ reason: 'seen on site' });
  expect((await confirm()).body).toMatchObject({ state: 'confirmed', reason: 'seen on site', meterNo: no });
  expect((await confirm()).body.code).toBe('METERING.FINDING_CLOSED');
  const list = async (state: string) =>
    (await app.http.get('/v1/reading-findings').query({ state, code: 'METERING.READING_FELL', limit: 200 }).set(operator)).body.items.map((each: { findingId: string }) => each.findingId) as string[];
  expect(await list('confirmed')).toContain(findingId);
  expect(await list('open')).not.toContain(findingId);
});

test('a correction supersedes the wrong value, closes its finding and judges the next reading again', async () => {
  const no = await meter();
  const wrong = await enter(app, no, '2025-12-01', '2000');
  const next = await enter(app, no, '2026-01-01', '300');
  expect(codes(next)).toEqual(['METERING.READING_FELL']);
  const { status, body } = await clerkPost<{ readingId: string }>(app, `/v1/readings/${wrong.body.readingId}/corrections`, { reading: '200', reason: 'one digit too many' });
  expect([status, body]).toMatchObject([201, { reading: '200', correctsReadingId: wrong.body.readingId, superseded: false, openFindings: [] }]);
  const clerk = await app.as('clerk');
  const { body: findings } = await app.http.get('/v1/reading-findings').query({ state: 'corrected', accountNo, limit: 200 }).set(clerk);
  expect(findings.items).toContainEqual(expect.objectContaining({ readingId: next.body.readingId, state: 'corrected' }));
  const { body: all } = await app.http.get('/v1/readings').query({ meterNo: no, withSuperseded: true }).set(clerk);
  expect(all.items.map((each: { reading: string; superseded: boolean }) => [each.reading, each.superseded])).toEqual([['100', false], ['2000', true], ['300', false], ['200', false]]);
  const again = await clerkPost(app, `/v1/readings/${wrong.body.readingId}/corrections`, { reading: '201', reason: 'again' });
  expect([again.status, again.body.code]).toEqual([409, 'METERING.READING_SUPERSEDED']);
});

test('a reading that is missing after the window is found, and closed when it comes in', async () => {
  const no = await meter();
  const clerk = await app.as('clerk');
  await app.clock.set('2026-02-10T09:00:00+08:00');
  const check = async () => (await app.http.post('/v1/reading-findings/missing-checks').set(clerk).send({ month: '2026-02' })).body as { missing: number; known: number };
  const first = await check();
  expect(first.missing).toBeGreaterThan(0);
  expect(await check()).toEqual({ missing: 0, known: first.missing + first.known });
  const open = async () => {
    const { body } = await app.http.get('/v1/reading-findings').query({ state: 'open', code: 'METERING.READING_MISSING', limit: 200 }).set(clerk);
    return (body.items as { meterNo: string; findingId: string }[]).filter((each) => each.meterNo === no);
  };
  const [finding] = await open();
  const confirmed = await app.http.post(`/v1/reading-findings/${finding?.findingId}/confirmation`).set(await app.as('operator')).send({ reason: 'no' });
  expect(confirmed.body.code).toBe('METERING.FINDING_NEEDS_READING');
  await enter(app, no, '2026-02-03', '300');
  expect(await open()).toEqual([]);
});

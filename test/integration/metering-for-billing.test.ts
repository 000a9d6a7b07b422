import { LIVE_REVISION, MeteringForBilling, type AccountMetering, type MeteringRequest, type UsagePointForBilling } from '../../src/modules/metering';
import { Database } from '../../src/platform/database';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { clerkPost, createPoint, enter, industrialDials, installMeter, totalDial } from '../support/metering-builder';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-10T09:00:00+08:00' });
});
afterAll(() => app.close());

const freeze = async (): Promise<string> => (await app.db.query<{ r: string }>('SELECT freeze_inputs() AS r')).rows[0]?.r ?? '';
const read = (accountIds: string[], frozenRevision = LIVE_REVISION, period = '2026-01'): Promise<Map<string, AccountMetering>> =>
  app.get(Database).transaction((tx) => app.get(MeteringForBilling).read(tx, { accountIds, period, frozenRevision }));
const one = async (accountId: string, frozenRevision = LIVE_REVISION, period = '2026-01'): Promise<AccountMetering> => {
  const account = (await read([accountId], frozenRevision, period)).get(accountId);
  if (account === undefined) throw new Error('the account was not read');
  return account;
};
const shown = (point: UsagePointForBilling | undefined, register = 'total') =>
  point?.installations.map(({ assetNo, registers }) => {
    const dial = registers.find((each) => each.register === register);
    return [assetNo, dial?.readings.map(({ on, reading }) => `${on} ${reading}`), dial?.missing];
  });

let serial = 0;
async function household(readings: readonly (readonly [string, string])[] = []): Promise<{ accountId: string; accountNo: string; no: string }> {
  const account = await openAccount(app);
  serial += 1;
  const no = `B${String(serial).padStart(3, '0')}`;
  await createPoint(app, account.accountNo, `P-${no}`);
  await installMeter(app, `P-${no}`, `M-${no}`);
  for (const [day, reading] of readings) await enter(app, `M-${no}`, day, reading);
  return { ...account, no };
}

test('a cycle is billed from the reading nearest to its first day to the one nearest to its last, with those between', async () => {
  const { accountId, no } = await household([['2025-12-01', '200'], ['2025-12-30', '300'], ['2026-01-02', '310'], ['2026-01-15', '350'], ['2026-02-03', '420']]);
  const account = await one(accountId);
  expect(account.cycle).toMatchObject({ from: '2026-01-01', to: '2026-02-01', fromWindowDays: 3 });
  expect(shown(account.usagePoints[0])).toEqual([[`M-${no}`, ['2026-01-02 310', '2026-01-15 350', '2026-02-03 420'], []]]);
  expect(account.usagePoints[0]?.usualDailyKwh).toBe('3.3898');
  const next = await one(accountId, LIVE_REVISION, '2026-02');
  expect(shown(next.usagePoints[0])).toEqual([[`M-${no}`, ['2026-02-03 420'], ['end']]]);
});

test('a reading outside of the window does not count: the end is missing', async () => {
  const { accountId, no } = await household([['2026-01-01', '300'], ['2026-02-05', '420']]);
  expect(shown((await one(accountId)).usagePoints[0])).toEqual([[`M-${no}`, ['2026-01-01 300'], ['end']]]);
});

test('a meter that came inside the cycle starts with its reading at installation, a replaced one ends with its last', async () => {
  const { accountId, accountNo } = await openAccount(app);
  await createPoint(app, accountNo, 'P-REP');
  const installationId = await installMeter(app, 'P-REP', 'M-REP-1');
  await enter(app, 'M-REP-1', '2026-01-01', '300');
  await clerkPost(app, '/v1/meters', { assetNo: 'M-REP-2', phases: 1, registers: totalDial });
  await clerkPost(app, `/v1/meter-installations/${installationId}/replacement`, {
    replacedOn: '2026-01-20',
    finalReadings: [{ register: 'total', reading: '380' }],
    newMeter: { assetNo: 'M-REP-2', pt: { primary: 10000, secondary: 100 }, initialReadings: [{ register: 'total', reading: '0.5' }] },
  });
  await enter(app, 'M-REP-2', '2026-02-01', '30');
  const [point] = (await one(accountId)).usagePoints;
  expect(shown(point)).toEqual([['M-REP-1', ['2026-01-01 300', '2026-01-20 380'], []], ['M-REP-2', ['2026-01-20 0.5', '2026-02-01 30'], []]]);
  expect(point?.installations.map(({ pt }) => pt)).toEqual([[1, 1], [10000, 100]]);
});

test('a demand dial gives the readings after the start of the cycle', async () => {
  const { accountId, accountNo } = await openAccount(app);
  await createPoint(app, accountNo, 'P-DEM', { timeOfUse: true });
  await installMeter(app, 'P-DEM', 'M-DEM', { dials: industrialDials });
  for (const [day, reading] of [['2026-01-01', '0.9'], ['2026-01-15', '0.7'], ['2026-02-01', '0.8']] as const) await enter(app, 'M-DEM', day, reading, 'maximum-demand');
  expect(shown((await one(accountId)).usagePoints[0], 'maximum-demand')).toEqual([['M-DEM', ['2026-01-15 0.7', '2026-02-01 0.8'], []]]);
});

test('what is recorded after the freeze does not reach the run: readings, corrections, findings, ratios, parents, adjustments', async () => {
  const { accountId, accountNo, no } = await household([['2026-01-01', '300']]);
  const wrong = await enter(app, `M-${no}`, '2026-02-01', '250');
  const frozen = await freeze();
  const before = await one(accountId, frozen);
  expect(before.blockingFindings).toMatchObject([{ code: 'METERING.READING_FELL', register: 'total', readingId: wrong.body.readingId }]);
  const corrected = await clerkPost(app, `/v1/readings/${wrong.body.readingId}/corrections`, { reading: '350', reason: 'misread' });
  expect(corrected.status).toBe(201);
  await enter(app, `M-${no}`, '2026-01-10', '320');
  const { usagePoints } = before;
  await clerkPost(app, `/v1/usage-points/${usagePoints[0]?.usagePointId}/versions`, { kind: 'metered', role: 'check', timeOfUse: true, meteringMode: 'low-low', validFrom: '2025-12-01' });
  await createPoint(app, accountNo, `P-${no}-X`);
  await clerkPost(app, `/v1/usage-points/${usagePoints[0]?.usagePointId}/parents`, { validFrom: '2025-12-01', parents: [`P-${no}-X`] });
  await clerkPost(app, `/v1/meter-installations/${usagePoints[0]?.installations[0]?.installationId}/ratio-corrections`, {
    pt: { primary: 1, secondary: 1 }, ct: { primary: 200, secondary: 5 }, reason: 'name plate',
  }); // prettier-ignore
  const then = await one(accountId, frozen);
  expect({ ...then, usagePoints: then.usagePoints.slice(0, 1) }).toEqual(before);
  const now = await one(accountId);
  expect(now.blockingFindings).toEqual([]);
  expect(now.usagePoints[0]).toMatchObject({ versions: [{ role: 'check' }], parents: [{ usagePointNo: `P-${no}-X` }], installations: [{ ct: [200, 5] }] });
});

test('a sub-meter of another account comes with the readings of its own cycle, for the main meter alone', async () => {
  const main = await household([['2026-01-01', '300'], ['2026-02-01', '900']]);
  const sub = await openAccount(app);
  const { body: route } = await clerkPost(app, '/v1/reading-routes', { routeCode: 'R-SUB', regionCode: 'CN-SH', readingDay: 3 });
  await clerkPost(app, `/v1/reading-routes/${route['routeId']}/accounts`, { accountNos: [sub.accountNo], fromMonth: '2025-11' });
  await createPoint(app, sub.accountNo, 'P-CHILD', { parents: [`P-${main.no}`] });
  await installMeter(app, 'P-CHILD', 'M-CHILD');
  await enter(app, 'M-CHILD', '2026-01-03', '150');
  await enter(app, 'M-CHILD', '2026-02-03', '260');
  const both = await read([main.accountId, sub.accountId]);
  const [child] = both.get(main.accountId)?.related ?? [];
  expect(child).toMatchObject({ usagePointNo: 'P-CHILD', accountNo: sub.accountNo, cycle: { from: '2026-01-03', to: '2026-02-03' }, parents: [{ usagePointNo: `P-${main.no}`, position: 1 }] });
  expect(shown(child)).toEqual([['M-CHILD', ['2026-01-03 150', '2026-02-03 260'], []]]);
  expect(both.get(sub.accountId)?.related).toEqual([]);
});

test('an agreed share comes with its main meter and the other sub-meters of that', async () => {
  const main = await household([['2026-01-01', '300'], ['2026-02-01', '900']]);
  const share = await openAccount(app);
  const sibling = await openAccount(app);
  await createPoint(app, share.accountNo, `P-${main.no}-SHARE`, { kind: 'fixed-ratio', fixedRatioPercent: '20', parents: [`P-${main.no}`] });
  await createPoint(app, sibling.accountNo, `P-${main.no}-SIB`, { parents: [`P-${main.no}`] });
  const account = await one(share.accountId);
  expect(account.usagePoints.map(({ usagePointNo }) => usagePointNo)).toEqual([`P-${main.no}-SHARE`]);
  expect(account.related.map(({ usagePointNo }) => usagePointNo).sort()).toEqual([`P-${main.no}`, `P-${main.no}-SIB`]);
});

test('approved adjustments of the period are read, standing ones in every period until they are ended', async () => {
  const { accountId, no } = await household();
  const supervisor = await app.as('supervisor');
  const ask = async (changes: object): Promise<string> => {
    const { body } = await clerkPost(app, '/v1/energy-adjustments', {
      usagePointNo: `P-${no}`, stage: 'after-losses', standing: false, firstPeriod: '2026-01', energies: { total: '12', reactive: '3' }, reason: 'test', ...changes,
    }); // prettier-ignore
    await app.http.post(`/v1/energy-adjustments/${body['adjustmentId']}/approval`).set(supervisor).send();
    return body['adjustmentId'] ?? '';
  };
  const once = await ask({});
  const standing = await ask({ standing: true, firstPeriod: '2025-12' });
  const ids = async (period: string) => (await one(accountId, LIVE_REVISION, period)).usagePoints[0]?.adjustments.map(({ adjustmentId }) => adjustmentId);
  expect(await ids('2026-01')).toEqual([once, standing]);
  expect(await ids('2026-02')).toEqual([standing]);
  expect((await one(accountId)).usagePoints[0]?.adjustments[0]).toMatchObject({ stage: 'after-losses', standing: false, activeKwh: { total: '12' }, reactiveKvarh: '3' });
});

/** The answer to a request, and how many statements it took. */
async function counted(request: Omit<MeteringRequest, 'period' | 'frozenRevision'>): Promise<{ found: Map<string, AccountMetering>; statements: number }> {
  let statements = 0;
  const found = await app.get(Database).transaction((tx) => {
    const query = tx.query.bind(tx);
    tx.query = ((sql: string, params?: unknown[]) => {
      statements += 1;
      return query(sql, params);
    }) as typeof tx.query;
    return app.get(MeteringForBilling).read(tx, { period: '2026-01', frozenRevision: LIVE_REVISION, ...request });
  });
  return { found, statements };
}

test('a batch of any size is read with the same number of statements', async () => {
  const accounts = await Promise.all(Array.from({ length: 12 }, () => household([['2026-01-01', '300'], ['2026-02-01', '400']])));
  const ids = accounts.map(({ accountId }) => accountId);
  const [all, first] = [await counted({ accountIds: ids }), await counted({ accountIds: ids.slice(0, 1) })];
  expect(all.statements).toBe(first.statements);
});

test('regular cycles that the caller has are not asked for again', async () => {
  const { accountId } = await household([['2026-01-01', '300'], ['2026-02-01', '400']]);
  const regularCycles = await app.get(Database).transaction((tx) => app.get(MeteringForBilling).cyclesFor(tx, [accountId], '2026-01'));
  const cycles = new Map([[accountId, { from: '2026-01-01', to: '2026-01-20' }]]);
  const [asked, given] = [await counted({ accountIds: [accountId], cycles }), await counted({ accountIds: [accountId], cycles, regularCycles })];
  expect(given.statements).toBe(asked.statements - 1);
  expect(given.found).toEqual(asked.found);
  expect(given.found.get(accountId)?.cycle).toMatchObject({ from: '2026-01-01', to: '2026-01-20', toWindowDays: 3 });
  expect(regularCycles.get(accountId)?.to).toBe('2026-02-01');
});

test('accounts of one batch keep their own days: each is read as if it were alone', async () => {
  const { body: route } = await clerkPost(app, '/v1/reading-routes', { routeCode: 'R-LATE', regionCode: 'CN-SH', readingDay: 20, windowDays: 5 });
  const accounts = await Promise.all(
    ['EARLY', 'LATE'].map(async (name) => {
      const account = await openAccount(app);
      await createPoint(app, account.accountNo, `P-${name}`);
      await installMeter(app, `P-${name}`, `M-${name}`, { installedOn: '2025-07-01' });
      for (const [day, reading] of [['2025-12-20', '200'], ['2026-01-01', '300'], ['2026-01-20', '350'], ['2026-02-01', '420']] as const) await enter(app, `M-${name}`, day, reading);
      return account;
    }),
  );
  const [early, late] = accounts.map(({ accountId }) => accountId) as [string, string];
  await clerkPost(app, `/v1/reading-routes/${route['routeId']}/accounts`, { accountNos: [accounts[1]?.accountNo], fromMonth: '2025-11' });
  const both = await read([early, late]);
  expect([both.get(early), both.get(late)]).toEqual([await one(early), await one(late)]);
  const [first, second] = [both.get(early)?.usagePoints[0], both.get(late)?.usagePoints[0]];
  expect([shown(first), shown(second)]).toEqual([[['M-EARLY', ['2026-01-01 300', '2026-01-20 350', '2026-02-01 420'], []]], [['M-LATE', ['2026-01-20 350', '2026-02-01 420'], ['end']]]]);
  // 190 days before the later cycle leave out the reading at installation.
  expect([first?.usualDailyKwh, second?.usualDailyKwh]).toEqual(['1.087', '4.8387']);
});

test('an account without a usage point is there, empty', async () => {
  const { accountId } = await openAccount(app);
  expect(await one(accountId)).toMatchObject({ usagePoints: [], related: [], blockingFindings: [] });
});

import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { clerkPost, createPoint, enter, installMeter, meteredPoint, totalDial } from '../support/metering-builder';

let app: TestApp;
let accountNo: string;
let otherNo: string;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-10T09:00:00+08:00' });
  ({ accountNo } = await openAccount(app));
  ({ accountNo: otherNo } = await openAccount(app));
});
afterAll(() => app.close());

const count = async (table: string): Promise<number> => Number((await app.db.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);
const point = (usagePointNo: string, changes: object = {}) =>
  clerkPost(app, '/v1/usage-points', { ...meteredPoint, accountNo, usagePointNo, validFrom: '2025-06-01', ...changes });

describe('a usage point', () => {
  test('is shown with its versions, and a change ends the version before', async () => {
    const id = await createPoint(app, accountNo, 'P-CHANGE');
    const changed = await clerkPost(app, `/v1/usage-points/${id}/versions`, { ...meteredPoint, timeOfUse: true, validFrom: '2026-01-01' });
    expect(changed.status).toBe(201);
    const { body } = await app.http.get(`/v1/usage-points/${id}`).set(await app.as('auditor'));
    expect(body.versions).toMatchObject([
      { timeOfUse: false, validFrom: '2025-06-01', validTo: '2026-01-01' },
      { timeOfUse: true, validFrom: '2026-01-01', validTo: null },
    ]);
  });

  test.each([
    ['a ratio above 100 %', { kind: 'fixed-ratio', fixedRatioPercent: '100.01' }, 400, 'fixedRatioPercent', 'OUT_OF_RANGE'],
    ['a ratio below 0 %', { kind: 'fixed-ratio', fixedRatioPercent: '-1' }, 400, 'fixedRatioPercent', 'OUT_OF_RANGE'],
    ['a fixed quantity without its quantity', { kind: 'fixed-quantity' }, 422, 'fixedQuantityKwh', 'REQUIRED'],
    ['a metered point with a ratio', { fixedRatioPercent: '10' }, 422, 'fixedRatioPercent', 'NOT_APPLICABLE'],
    ['a ratio of nothing', { kind: 'fixed-ratio', fixedRatioPercent: '10' }, 422, 'parents', 'REQUIRED'],
    ['a line loss without its resistance', { lineLoss: { method: 'formula', lineLengthKm: '2', lineVoltageKv: '10' } }, 422, 'lineLoss.lineResistanceOhmPerKm', 'REQUIRED'],
    ['a line loss with parameters of another method', { lineLoss: { method: 'percentage', activePercent: '2', lineLengthKm: '2' } }, 422, 'lineLoss.lineLengthKm', 'NOT_APPLICABLE'],
    ['a transformer that the account does not have', { transformerNo: 'T9' }, 422, 'transformerNo', 'UNKNOWN'],
    ['an unknown account', { accountNo: '9999999999' }, 422, 'accountNo', 'UNKNOWN'],
    ['three parents', { parents: ['P-A', 'P-B', 'P-C'] }, 422, 'parents', 'ITEMS'],
    ['an unknown parent', { parents: ['P-NOBODY'] }, 422, 'parents.0', 'UNKNOWN'],
  ])('with %s is refused, and nothing is written', async (_, changes, status, field, code) => {
    const before = await count('usage_points');
    const answer = await point('P-REFUSED', changes);
    expect([answer.status, answer.body.errors?.[0]]).toMatchObject([status, { field, code }]);
    expect(await count('usage_points')).toBe(before);
  });

  test('number is given once', async () => {
    await createPoint(app, accountNo, 'P-TWICE');
    expect((await point('P-TWICE')).body.code).toBe('METERING.USAGE_POINT_NO_TAKEN');
  });
});

describe('the tree of main meters and sub-meters', () => {
  test('has four levels at most, counted over accounts', async () => {
    await createPoint(app, accountNo, 'P-L1');
    await createPoint(app, otherNo, 'P-L2', { parents: ['P-L1'] });
    await createPoint(app, accountNo, 'P-L3', { parents: ['P-L2'] });
    await createPoint(app, otherNo, 'P-L4', { parents: ['P-L3'] });
    const { status, body } = await point('P-L5', { parents: ['P-L4'] });
    expect([status, body.code, body.errors?.[0]]).toMatchObject([422, 'METERING.TREE_TOO_DEEP', { field: 'parents.0', code: 'TOO_DEEP', allowed: '1 … 4' }]);
    await createPoint(app, accountNo, 'P-ROOT');
    const root = (await app.http.get('/v1/usage-points').query({ usagePointNo: 'P-L1' }).set(await app.as('clerk'))).body.items[0].usagePointId as string;
    const above = await clerkPost(app, `/v1/usage-points/${root}/parents`, { validFrom: '2026-01-01', parents: ['P-ROOT'] });
    expect(above.body.code).toBe('METERING.TREE_TOO_DEEP');
  });

  test('has no ring, also across accounts', async () => {
    const top = await createPoint(app, accountNo, 'P-TOP');
    await createPoint(app, otherNo, 'P-MID', { parents: ['P-TOP'] });
    await createPoint(app, accountNo, 'P-LOW', { parents: ['P-MID'] });
    const ring = await clerkPost(app, `/v1/usage-points/${top}/parents`, { validFrom: '2026-01-01', parents: ['P-LOW'] });
    expect([ring.status, ring.body.code, ring.body.errors?.[0]?.field]).toEqual([422, 'METERING.PARENT_CYCLE', 'parents.0']);
    const itself = await clerkPost(app, `/v1/usage-points/${top}/parents`, { validFrom: '2026-01-01', parents: ['P-TOP'] });
    expect(itself.body.code).toBe('METERING.PARENT_CYCLE');
  });

  test('takes two parents in their order, each once, and lets them change from a day on', async () => {
    await createPoint(app, accountNo, 'P-M1');
    await createPoint(app, accountNo, 'P-M2');
    const child = await createPoint(app, accountNo, 'P-SUB', { parents: ['P-M1', 'P-M2'] });
    const twice = await clerkPost(app, `/v1/usage-points/${child}/parents`, { validFrom: '2026-01-01', parents: ['P-M1', 'P-M1'] });
    expect(twice.body.code).toBe('METERING.PARENT_REPEATED');
    const moved = await clerkPost<{ parents: object[] }>(app, `/v1/usage-points/${child}/parents`, { validFrom: '2026-01-01', parents: ['P-M2'] });
    expect(moved.body.parents).toEqual([
      { usagePointNo: 'P-M1', position: 1, validFrom: '2025-06-01', validTo: '2026-01-01' },
      { usagePointNo: 'P-M2', position: 2, validFrom: '2025-06-01', validTo: '2026-01-01' },
      { usagePointNo: 'P-M2', position: 1, validFrom: '2026-01-01', validTo: null },
    ]);
  });
});

describe('a meter', () => {
  test('stands at one place at a time', async () => {
    await createPoint(app, accountNo, 'P-ONE');
    await createPoint(app, accountNo, 'P-OTHER');
    const installationId = await installMeter(app, 'P-ONE', 'M-ONE');
    const place = { assetNo: 'M-ONE', usagePointNo: 'P-OTHER', initialReadings: [{ register: 'total', reading: '100' }] };
    const twice = await clerkPost(app, '/v1/meter-installations', { ...place, installedOn: '2025-12-01' });
    expect([twice.status, twice.body.code]).toEqual([409, 'METERING.METER_INSTALLED_ELSEWHERE']);
    await clerkPost(app, `/v1/meter-installations/${installationId}/removal`, { removedOn: '2025-12-15', finalReadings: [{ register: 'total', reading: '150' }] });
    expect((await clerkPost(app, '/v1/meter-installations', { ...place, installedOn: '2025-12-15' })).status).toBe(201);
  });

  test('is replaced in one operation with the last readings of the old and the first of the new', async () => {
    await createPoint(app, accountNo, 'P-SWAP');
    const installationId = await installMeter(app, 'P-SWAP', 'M-OLD');
    await clerkPost(app, '/v1/meters', { assetNo: 'M-NEW', phases: 3, registers: totalDial });
    const replacement = {
      replacedOn: '2026-01-10',
      finalReadings: [{ register: 'total', reading: '480.5' }],
      newMeter: { assetNo: 'M-NEW', ct: { primary: 150, secondary: 5 }, initialReadings: [{ register: 'total', reading: '0.1' }] },
    };
    const { status, body } = await clerkPost(app, `/v1/meter-installations/${installationId}/replacement`, replacement);
    expect([status, body]).toMatchObject([201, { assetNo: 'M-NEW', usagePointNo: 'P-SWAP', installedOn: '2026-01-10', removedOn: null, ct: { primary: 150, secondary: 5 } }]);
    const { body: readings } = await app.http.get('/v1/readings').query({ accountNo, from: '2026-01-10', to: '2026-01-11' }).set(await app.as('clerk'));
    expect(readings.items).toMatchObject([{ meterNo: 'M-OLD', kind: 'final', reading: '480.5' }, { meterNo: 'M-NEW', kind: 'initial', reading: '0.1' }]);
  });

  test('whose replacement fails stays where it is: nothing is half-written', async () => {
    await createPoint(app, accountNo, 'P-STAY');
    const installationId = await installMeter(app, 'P-STAY', 'M-STAY');
    const before = [await count('readings'), await count('meter_installation_versions')];
    const { status, body } = await clerkPost(app, `/v1/meter-installations/${installationId}/replacement`, {
      replacedOn: '2026-01-10',
      finalReadings: [{ register: 'total', reading: '480' }],
      newMeter: { assetNo: 'M-NOBODY', initialReadings: [{ register: 'total', reading: '0' }] },
    });
    expect([status, body.errors?.[0]]).toMatchObject([422, { field: 'newMeter.assetNo', code: 'UNKNOWN' }]);
    expect([await count('readings'), await count('meter_installation_versions')]).toEqual(before);
  });

  test.each([
    ['without a reading of a dial', [], 400, 'finalReadings', 'ITEMS'],
    ['with a dial twice', [{ register: 'total', reading: '1' }, { register: 'total', reading: '1' }], 422, 'finalReadings.1.register', 'REPEATED'],
    ['with a dial that it does not have', [{ register: 'peak', reading: '1' }], 422, 'finalReadings.0.register', 'UNKNOWN_REGISTER'],
  ])('is not taken down %s', async (_, finalReadings, status, field, code) => {
    const no = `P-DOWN-${status}-${code}`.slice(0, 20).replaceAll('_', '-');
    await createPoint(app, accountNo, no);
    const installationId = await installMeter(app, no, no.replace('P-', 'M-'));
    const answer = await clerkPost(app, `/v1/meter-installations/${installationId}/removal`, { removedOn: '2026-01-10', finalReadings });
    expect([answer.status, answer.body.errors?.[0]]).toMatchObject([status, { field, code }]);
  });

  test('is not taken down before its last reading', async () => {
    await createPoint(app, accountNo, 'P-EARLY');
    const installationId = await installMeter(app, 'P-EARLY', 'M-EARLY');
    await enter(app, 'M-EARLY', '2026-01-01', '200');
    const { body } = await clerkPost(app, `/v1/meter-installations/${installationId}/removal`, { removedOn: '2025-12-20', finalReadings: [{ register: 'total', reading: '150' }] });
    expect([body.code, body.errors?.[0]]).toMatchObject(['METERING.INSTALLATION_DATES_INVALID', { field: 'removedOn', allowed: '> 2026-01-01' }]);
  });

  test('with wrong ratios on record gets the right ones, and the wrong ones are kept', async () => {
    await createPoint(app, accountNo, 'P-RATIO');
    const installationId = await installMeter(app, 'P-RATIO', 'M-RATIO', { ct: { primary: 150, secondary: 5 } });
    const { body } = await clerkPost(app, `/v1/meter-installations/${installationId}/ratio-corrections`, {
      pt: { primary: 1, secondary: 1 }, ct: { primary: 200, secondary: 5 }, reason: 'name plate read again',
    }); // prettier-ignore
    expect(body).toMatchObject({ ct: { primary: 200, secondary: 5 } });
    const { rows } = await app.db.query('SELECT ct_primary, superseded_revision IS NULL AS live FROM meter_installation_versions WHERE installation_id = $1 ORDER BY 1', [installationId]);
    expect(rows).toEqual([{ ct_primary: 150, live: false }, { ct_primary: 200, live: true }]);
  });

  test('needs one or three phases and each dial once', async () => {
    const { status, body } = await clerkPost(app, '/v1/meters', { assetNo: 'M-BAD', phases: 2, registers: [...totalDial, ...totalDial] });
    expect([status, body.code, body.errors?.map(({ field, code }) => `${field} ${code}`)]).toEqual([
      422, 'METERING.REGISTERS_INVALID', ['phases NOT_ALLOWED', 'registers.1.register REPEATED'],
    ]); // prettier-ignore
  });
});

describe('a reading route', () => {
  const route = async (routeCode: string, readingDay: number): Promise<string> =>
    (await clerkPost(app, '/v1/reading-routes', { routeCode, regionCode: 'CN-SH', readingDay })).body['routeId'] ?? '';
  const cycle = async (no: string, period: string): Promise<[string, string]> => {
    const { body } = await app.http.get('/v1/reading-cycles').query({ accountNo: no, period }).set(await app.as('clerk'));
    return [body.from, body.to];
  };

  test('gives the cycle of its accounts; a change of route leaves neither gap nor overlap', async () => {
    const { accountNo: no } = await openAccount(app);
    expect(await cycle(no, '2026-01')).toEqual(['2026-01-01', '2026-02-01']);
    const fifth = await route('R-05', 5);
    const twentieth = await route('R-20', 20);
    expect((await clerkPost(app, `/v1/reading-routes/${fifth}/accounts`, { accountNos: [no], fromMonth: '2026-01' })).body).toEqual({ assigned: 1, unchanged: 0 });
    expect((await clerkPost(app, `/v1/reading-routes/${fifth}/accounts`, { accountNos: [no], fromMonth: '2026-01' })).body).toEqual({ assigned: 0, unchanged: 1 });
    await clerkPost(app, `/v1/reading-routes/${twentieth}/accounts`, { accountNos: [no], fromMonth: '2026-03' });
    expect([await cycle(no, '2025-12'), await cycle(no, '2026-01'), await cycle(no, '2026-02'), await cycle(no, '2026-03')]).toEqual([
      ['2025-12-01', '2026-01-05'],
      ['2026-01-05', '2026-02-05'],
      ['2026-02-05', '2026-03-20'],
      ['2026-03-20', '2026-04-20'],
    ]);
    const back = await clerkPost(app, `/v1/reading-routes/${fifth}/accounts`, { accountNos: [no], fromMonth: '2026-02' });
    expect([back.status, back.body.code]).toEqual([422, 'METERING.ROUTE_CHANGE_TOO_EARLY']);
  });

  test('takes all accounts of a request or none', async () => {
    const id = await route('R-NONE', 7);
    const { status, body } = await clerkPost(app, `/v1/reading-routes/${id}/accounts`, { accountNos: [accountNo, '9999999999'], fromMonth: '2026-01' });
    expect([status, body.errors]).toMatchObject([422, [{ field: 'accountNos.1', code: 'UNKNOWN' }]]);
    expect((await app.http.get(`/v1/reading-routes/${id}/accounts`).set(await app.as('clerk'))).body.items).toEqual([]);
  });

  test('is read between the 1st and the 28th', async () => {
    const { body } = await clerkPost(app, '/v1/reading-routes', { routeCode: 'R-29', regionCode: 'CN-SH', readingDay: 29 });
    expect(body.errors?.[0]).toMatchObject({ field: 'readingDay', code: 'OUT_OF_RANGE', allowed: '1 … 28' });
  });
});

describe('adjustment energy', () => {
  const request = (changes: object = {}) =>
    clerkPost(app, '/v1/energy-adjustments', {
      usagePointNo: 'P-ADJ', stage: 'before-losses', standing: false, firstPeriod: '2026-02', energies: { total: '-120.5' }, reason: 'meter stopped', ...changes,
    }); // prettier-ignore
  beforeAll(() => createPoint(app, accountNo, 'P-ADJ').then(() => createPoint(app, accountNo, 'P-ADJ-TOU', { timeOfUse: true })));

  test('counts once another person has approved it', async () => {
    const { body } = await request();
    const approve = async (role: 'clerk' | 'supervisor') => app.http.post(`/v1/energy-adjustments/${body['adjustmentId']}/approval`).set(await app.as(role)).send();
    expect((await approve('clerk')).body.code).toBe('AUTH.NOT_PERMITTED');
    const { rows } = await app.db.query('SELECT count(*)::int AS n FROM energy_adjustments');
    expect(rows).toEqual([{ n: 0 }]);
    expect((await approve('supervisor')).body).toMatchObject({ state: 'approved', energies: { total: '-120.5' } });
    expect((await approve('supervisor')).status).toBe(409);
  });

  test('is not approved by who asked for it', async () => {
    const { body } = await request();
    await app.db.query(`UPDATE energy_adjustment_requests SET requested_by = (SELECT user_id FROM users WHERE name = 'supervisor') WHERE adjustment_request_id = $1`, [body['adjustmentId']]);
    const { status, body: answer } = await app.http.post(`/v1/energy-adjustments/${body['adjustmentId']}/approval`).set(await app.as('supervisor')).send();
    expect([status, answer.code]).toEqual([403, 'APPROVAL.SAME_PERSON']);
  });

  test.each([
    ['periods on a plain point', { energies: { peak: '5' } }, 'energies.peak', 'NOT_APPLICABLE'],
    ['a total on a time-of-use point', { usagePointNo: 'P-ADJ-TOU' }, 'energies.total', 'NOT_APPLICABLE'],
    ['no energy', { energies: {} }, 'energies', 'REQUIRED'],
    ['an end before its beginning', { standing: true, lastPeriod: '2026-01' }, 'lastPeriod', 'OUT_OF_RANGE'],
  ])('with %s is refused', async (_, changes, field, code) => {
    const { status, body } = await request(changes);
    expect([status, body.code, body.errors?.[0]]).toMatchObject([422, 'METERING.ADJUSTMENT_INVALID', { field, code }]);
  });

  test('that stands for every month is ended with a period', async () => {
    const { body } = await request({ standing: true });
    const supervisor = await app.as('supervisor');
    await app.http.post(`/v1/energy-adjustments/${body['adjustmentId']}/approval`).set(supervisor).send();
    const ended = await app.http.post(`/v1/energy-adjustments/${body['adjustmentId']}/end`).set(supervisor).send({ lastPeriod: '2026-06' });
    expect(ended.body).toMatchObject({ standing: true, firstPeriod: '2026-02', lastPeriod: '2026-06' });
  });
});

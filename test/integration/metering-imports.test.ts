import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { ImportInstallations, ImportReadings } from '../../src/modules/metering';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { clerkPost, createPoint, enter, installMeter, meteredPoint, totalDial } from '../support/metering-builder';

let app: TestApp;
let accountNo: string;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-10T09:00:00+08:00' });
  ({ accountNo } = await openAccount(app));
});
afterAll(() => app.close());

const count = async (table: string): Promise<number> => Number((await app.db.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);
const send = async (path: string, type: string, body: string | Buffer) => app.http.post(path).set(await app.as('clerk')).set('Content-Type', type).send(body);
const csv = (body: string | Buffer) => send('/v1/reading-imports', 'text/csv', body);
const ndjson = (lines: readonly unknown[]) =>
  send('/v1/installation-imports', 'application/x-ndjson', lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
const refusals = async (kind: string, importId: string): Promise<string[]> => {
  const { body } = await app.http.get(`/v1/${kind}-imports/${importId}/refusals?limit=200`).set(await app.as('clerk'));
  return (body.items as { line: number; field: string; code: string }[]).map(({ line, field, code }) => `${line}: ${field} ${code}`);
};

const line = (no: string, changes: object = {}) => ({
  accountNo,
  usagePoint: { ...meteredPoint, usagePointNo: `P-${no}` },
  meter: { assetNo: `M-${no}`, phases: 1, registers: totalDial },
  installedOn: '2025-11-01',
  initialReadings: [{ register: 'total', reading: '100' }],
  ...changes,
});

describe('a file of readings', () => {
  test('keeps its good lines and reports every bad one with line, field, code and what is allowed', async () => {
    await createPoint(app, accountNo, 'P-CSV');
    await installMeter(app, 'P-CSV', 'M-CSV');
    await enter(app, 'M-CSV', '2025-12-01', '200');
    const { status, body, headers } = await csv(
      '\uFEFFreading,meterNo,register,readOn,source\r\n' +
        '300,M-CSV,total,2026-01-01,mobile\r\n' +
        '200.00,M-CSV,total,2025-12-01,\r\n' +
        '201,M-CSV,total,2025-12-01,\r\n' +
        '301,M-NOBODY,total,2026-01-01,\r\n' +
        '301,M-CSV,peak,2026-01-01,\r\n' +
        '301,M-CSV,gesamt,2026-01-01,\r\n' +
        '3O1,M-CSV,total,2026-01-02,\r\n' +
        '-301,M-CSV,total,2026-01-02,\r\n' +
        '301.123,M-CSV,total,2026-01-02,\r\n' +
        '1000000,M-CSV,total,2026-01-02,\r\n' +
        '99,M-CSV,total,2025-10-31,\r\n' +
        '301,M-CSV,total,2026-02-30,\r\n' +
        '301,M-CSV,total,2026-02-11,\r\n' +
        '301,M-CSV,total,2026-01-02,pigeon\r\n' +
        '301,M-CSV,total\r\n' +
        '\r\n' +
        '401,M-CSV,total,2026-02-01,automatic\r\n' +
        '402,M-CSV,total,2026-02-01,automatic\r\n',
    );
    expect([status, headers['location']]).toEqual([201, `/v1/reading-imports/${body.importId}`]);
    expect(body).toMatchObject({ kind: 'readings', state: 'finished', lines: 17, accepted: 2, unchanged: 1, refused: 14, suspicious: 0, stoppedBecause: null });
    expect(await refusals('reading', body.importId)).toEqual([
      '4: reading DUPLICATE',
      '5: meterNo UNKNOWN_METER',
      '6: register UNKNOWN_REGISTER',
      '7: register NOT_ALLOWED',
      '8: reading NOT_A_READING',
      '9: reading NEGATIVE',
      '10: reading TOO_MANY_DECIMALS',
      '11: reading BEYOND_DIAL',
      '12: readOn BEFORE_INSTALLATION',
      '13: readOn NOT_A_DATE',
      '14: readOn IN_THE_FUTURE',
      '15: source NOT_ALLOWED',
      '16:  COLUMNS',
      '19: reading DUPLICATE',
    ]);
    const file = await app.http.get(`/v1/reading-imports/${body.importId}/refusals.csv`).set(await app.as('clerk')).set('Accept-Language', 'zh').buffer(true);
    expect(file.headers['content-type']).toContain('text/csv');
    expect(file.text).toContain('11,reading,BEYOND_DIAL,整数部分最多 6 位,0 … 999999.99,1000000');
    expect((await csv('meterNo,register,readOn,reading\nM-CSV,total,2026-01-01,300\nM-CSV,total,2026-02-01,401\n')).body).toMatchObject({ accepted: 0, unchanged: 2, refused: 0 });
  });

  test('keeps doubtful readings with an open finding', async () => {
    await createPoint(app, accountNo, 'P-DOUBT');
    await installMeter(app, 'P-DOUBT', 'M-DOUBT');
    const { body } = await csv('meterNo,register,readOn,reading\nM-DOUBT,total,2025-12-01,200\nM-DOUBT,total,2026-01-01,300\nM-DOUBT,total,2026-02-01,9300\n');
    expect(body).toMatchObject({ accepted: 3, suspicious: 1 });
  });

  test.each([
    ['without a column', 'meterNo,register,readOn\n', 'reading', 'REQUIRED'],
    ['with an unknown column', 'meterNo,register,readOn,reading,colour\n', 'colour', 'UNKNOWN_FIELD'],
    ['without anything', '', 'meterNo', 'REQUIRED'],
  ])('%s is refused before anything is recorded', async (_, body, field, code) => {
    const before = await count('metering_imports');
    const { status, body: answer } = await csv(body === '' ? '\n' : body);
    expect([status, answer.code, answer.errors[0]]).toMatchObject([422, 'METERING.IMPORT_HEADER_INVALID', { field, code }]);
    expect(await count('metering_imports')).toBe(before);
  });

  test('that is not CSV is refused by its media type', async () => {
    expect((await send('/v1/reading-imports', 'application/json', '{}')).body.code).toBe('REQUEST.UNSUPPORTED_MEDIA_TYPE');
  });

  test('may have its cells in quotation marks; an unclosed one spoils its own line only', async () => {
    await createPoint(app, accountNo, 'P-QUOTE');
    await installMeter(app, 'P-QUOTE', 'M-QUOTE');
    const { body } = await csv('"meterNo","register","readOn","reading"\n"M-QUOTE","total","2025-12-01","200"\n"M-QUOTE,total,2026-01-01,300\nM-QUOTE,total,2026-02-01,400\n');
    expect(body).toMatchObject({ state: 'finished', accepted: 2, refused: 1 });
    expect(await refusals('reading', body.importId)).toEqual(['3: meterNo FORMAT']);
  });

  test('whose connection breaks is marked interrupted, and sending it again is harmless', async () => {
    const count0 = await count('metering_imports');
    const { Authorization } = await app.as('clerk');
    const url = new URL((app.http as unknown as { get(path: string): { url: string } }).get('/v1/reading-imports').url);
    await new Promise<void>((resolve) => {
      const request = httpRequest(url, { method: 'POST', headers: { Authorization, 'Content-Type': 'text/csv', 'Transfer-Encoding': 'chunked' } });
      request.on('error', () => resolve());
      request.write('meterNo,register,readOn,reading\nM-CSV,total,2026-01-15,330\n');
      setTimeout(() => request.destroy(new Error('cable cut')), 300);
    });
    const clerk = await app.as('clerk');
    let state = 'running';
    for (let attempt = 0; attempt < 50 && state === 'running'; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      state = (await app.http.get('/v1/reading-imports?limit=1').set(clerk)).body.items[0].state;
    }
    expect([await count('metering_imports'), state]).toEqual([count0 + 1, 'interrupted']);
    const again = await csv('meterNo,register,readOn,reading\nM-CSV,total,2026-01-15,330\n');
    expect(again.body).toMatchObject({ state: 'finished', refused: 0, lines: 1 });
  });

  test('that two people send at the same time is recorded once', async () => {
    await createPoint(app, accountNo, 'P-RACE');
    await installMeter(app, 'P-RACE', 'M-RACE');
    const days = Array.from({ length: 60 }, (_, index) => new Date(Date.UTC(2025, 10, 2 + index)).toISOString().slice(0, 10));
    const file = `meterNo,register,readOn,reading\n${days.map((day, index) => `M-RACE,total,${day},${101 + index}`).join('\n')}\n`;
    const answers = await Promise.all([csv(file), csv(file), csv(file)]);
    expect(answers.map(({ body }) => (body.accepted as number) + (body.unchanged as number))).toEqual([60, 60, 60]);
    expect(answers.reduce((sum, { body }) => sum + (body.accepted as number), 0)).toBe(60);
  });
});

describe('a file of installations', () => {
  test('enters usage point, meter, readings, route and parents of each good line', async () => {
    await clerkPost(app, '/v1/reading-routes', { routeCode: 'R-IMP', regionCode: 'CN-SH', readingDay: 5 });
    const { accountNo: own } = await openAccount(app);
    const { status, body } = await ndjson([
      line('MAIN', { accountNo: own, routeCode: 'R-IMP', ct: { primary: 150, secondary: 5 } }),
      line('SUB', { accountNo: own, routeCode: 'R-IMP', parents: ['P-MAIN'] }),
      '',
      { accountNo: own, usagePoint: { ...meteredPoint, kind: 'fixed-ratio', fixedRatioPercent: '12.5', usagePointNo: 'P-RATIO' }, installedOn: '2025-11-01', parents: ['P-MAIN'] },
    ]);
    expect([status, body]).toMatchObject([201, { kind: 'installations', state: 'finished', lines: 3, accepted: 3, refused: 0 }]);
    const clerk = await app.as('clerk');
    const { body: points } = await app.http.get('/v1/usage-points').query({ accountNo: own }).set(clerk);
    expect(points.items).toMatchObject([
      { usagePointNo: 'P-MAIN', parents: [] },
      { usagePointNo: 'P-SUB', parents: [{ usagePointNo: 'P-MAIN', position: 1 }] },
      { usagePointNo: 'P-RATIO', versions: [{ kind: 'fixed-ratio', fixedRatioPercent: '12.5' }] },
    ]);
    const { body: cycle } = await app.http.get('/v1/reading-cycles').query({ accountNo: own, period: '2026-01' }).set(clerk);
    expect(cycle).toMatchObject({ from: '2026-01-05', to: '2026-02-05', routeCode: 'R-IMP' });
    expect((await enter(app, 'M-MAIN', '2026-01-05', '150')).status).toBe(201);
    expect((await ndjson([line('MAIN', { accountNo: own, routeCode: 'R-IMP' })])).body).toMatchObject({ accepted: 0, unchanged: 1 });
  });

  test('reports every bad line and keeps the others', async () => {
    const { body } = await ndjson([
      line('GOOD-1'),
      '{"accountNo":',
      line('BAD-1', { accountNo: '9999999999' }),
      line('BAD-2', { colour: 'red' }),
      line('BAD-3', { initialReadings: [] }),
      line('BAD-4', { initialReadings: [{ register: 'total', reading: '1234567' }] }),
      line('BAD-5', { meter: undefined, initialReadings: undefined }),
      line('BAD-6', { routeCode: 'R-NOBODY' }),
      line('BAD-7', { parents: ['P-NOBODY'] }),
      line('BAD-8', { installedOn: '2026-03-01' }),
      line('BAD-9', { usagePoint: { ...meteredPoint, usagePointNo: 'P-GOOD-1' } }),
      line('BAD-10', { meter: { assetNo: 'M-GOOD-1', phases: 1, registers: totalDial } }),
      line('BAD-11', { parents: ['P-GOOD-1', 'P-GOOD-1'] }),
      line('BAD-12', { usagePoint: { ...meteredPoint, usagePointNo: 'P-BAD-12', fixedRatioPercent: '1' } }),
      'x'.repeat(70_000),
      line('GOOD-2'),
    ]);
    expect(body).toMatchObject({ lines: 16, accepted: 2, refused: 14 });
    expect(await refusals('installation', body.importId)).toEqual([
      '2:  MALFORMED',
      '3: accountNo UNKNOWN',
      '4: colour UNKNOWN_FIELD',
      '5: initialReadings INCOMPLETE',
      '6: initialReadings.0.reading BEYOND_DIAL',
      '7: meter REQUIRED',
      '8: routeCode UNKNOWN',
      '9: parents.0 UNKNOWN',
      '10: installedOn IN_THE_FUTURE',
      '11: usagePoint.usagePointNo TAKEN',
      '12: meter.assetNo REPEATED',
      '13: parents.1 REPEATED',
      '14: usagePoint.fixedRatioPercent NOT_APPLICABLE',
      '15:  TOO_LONG',
    ]);
  });

  test('refuses a fifth level and a meter that stands elsewhere', async () => {
    const { body } = await ndjson([
      line('T1'), line('T2', { parents: ['P-T1'] }), line('T3', { parents: ['P-T2'] }), line('T4', { parents: ['P-T3'] }), line('T5', { parents: ['P-T4'] }),
    ]); // prettier-ignore
    expect(await refusals('installation', body.importId)).toEqual(['5: parents.0 TOO_DEEP']);
    const later = await ndjson([line('T6', { parents: ['P-T4'] }), line('T7', { meter: { assetNo: 'M-T1', phases: 1, registers: totalDial } })]);
    expect(await refusals('installation', later.body.importId)).toEqual(['1: parents.0 TOO_DEEP', '2: meter.assetNo INSTALLED_ELSEWHERE']);
  });
});

test('many lines are written in bulk', async () => {
  const lines = Number(process.env['METERING_IMPORT_LINES'] ?? '4000');
  await app.clock.set('2026-02-10T09:00:00+08:00');
  await app.as('clerk');
  const rate = async (work: () => Promise<{ accepted: number }>): Promise<number> => {
    const start = performance.now();
    expect((await work()).accepted).toBe(lines);
    return Math.round(lines / ((performance.now() - start) / 1000));
  };
  const installations = Readable.from(Array.from({ length: lines }, (_, index) => Buffer.from(`${JSON.stringify(line(`BULK-${index}`))}\n`)));
  const installed = await rate(() => app.get(ImportInstallations).import(installations, { userId: '1' }));
  await app.db.query('ANALYZE');
  const rates: number[] = [];
  for (const [day, reading] of [['2025-12-01', '200.5'], ['2026-01-01', '301']] as const) {
    const file = Readable.from([Buffer.from('meterNo,register,readOn,reading\n'), ...Array.from({ length: lines }, (_, index) => Buffer.from(`M-BULK-${index},total,${day},${reading}\n`))]);
    rates.push(await rate(() => app.get(ImportReadings).import(file, { userId: '1' })));
  }
  process.stdout.write(`installations ${installed} lines/s, readings ${rates.join(' and ')} lines/s\n`);
  expect(await count('metering_imports')).toBeGreaterThan(0);
});

test('imports of installations are listed, and their refused lines come as a file', async () => {
  const { body } = await ndjson([line('LISTED'), { ...line('LISTED-2'), accountNo: '9999999999' }]);
  const clerk = await app.as('clerk');
  const listed = await app.http.get('/v1/installation-imports?limit=1').set(clerk);
  expect((listed.body as { items: object[] }).items).toEqual([body]);
  const file = await app.http.get(`/v1/installation-imports/${body.importId}/refusals.csv`).set(clerk);
  expect(file.headers['content-disposition']).toContain(`import-${body.importId}-refusals.csv`);
  expect(file.text.split('\r\n').filter((row) => row !== '')).toEqual([expect.stringContaining('line,field,code'), expect.stringMatching(/^2,accountNo,/)]);
});

import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { expectRefusal } from './support/refusals';
import { type Answer, get, type Problem, rowCounts, send } from './support/story';

const HEADER = 'meterNo,register,readOn,reading,source\n';
let app: TestApp;

/** A household whose meter 3140000000001 was installed on 1 January 2026 at 100 and read at 180 on 1 February. */
beforeAll(async () => {
  app = await startApp({ at: '2026-03-02T09:00:00+08:00' });
  const { accountNo } = await openAccount(app);
  await createPoint(app, accountNo, 'P-BAD-1');
  await installMeter(app, 'P-BAD-1', '3140000000001', { installedOn: '2026-01-01', first: '100' });
  await enter(app, '3140000000001', '2026-02-01', '180');
  await app.as('operator');
});
afterAll(() => app.close());

async function upload<Body = Problem>(file: string | Buffer, type = 'text/csv', language = 'en'): Promise<Answer<Body>> {
  const request = app.http.post('/v1/reading-imports').set(await app.as('operator')).set({ 'Content-Type': type, 'Accept-Language': language });
  const { status, body, headers, text } = await request.send(file);
  return { status, body: body as Body, headers: headers as Record<string, string>, text };
}

interface Import {
  readonly importId: string;
  readonly state: string;
  readonly lines: number;
  readonly accepted: number;
  readonly refused: number;
  readonly stoppedBecause: string | null;
}
interface Refused {
  readonly line: number;
  readonly field: string;
  readonly code: string;
  readonly reason: string;
  readonly allowed: string | null;
}
const refusals = async ({ importId }: Import, language = 'en'): Promise<Refused[]> =>
  (await get<{ items: Refused[] }>(app, 'operator', `/v1/reading-imports/${importId}/refusals?limit=200`, 'operator', { 'Accept-Language': language })).body.items;

describe('one reading is refused, and nothing is kept of it, where', () => {
  const sound = { meterNo: '3140000000001', register: 'total', readOn: '2026-03-01', reading: '260.50', source: 'manual' };
  test.each<[string, object, number, string, string, string | RegExp | undefined]>([
    ['the meter is not known', { meterNo: '3149999999999' }, 422, 'METERING.READING_REFUSED', 'meterNo UNKNOWN_METER', undefined],
    ['the meter has no such dial', { register: 'valley' }, 422, 'METERING.READING_REFUSED', 'register UNKNOWN_REGISTER', 'total'],
    ['no meter has such a dial', { register: 'night' }, 400, 'REQUEST.INVALID', 'register NOT_ALLOWED', /total .* peak/],
    ['letters stand for digits', { reading: '26O.5O' }, 400, 'REQUEST.INVALID', 'reading NOT_A_DECIMAL', undefined],
    ['the reading is a number', { reading: 260.5 }, 400, 'REQUEST.INVALID', 'reading MUST_BE_A_STRING', undefined],
    ['the dial has fewer decimals', { reading: '260.505' }, 422, 'METERING.READING_REFUSED', 'reading TOO_MANY_DECIMALS', '0 … 999999.99'],
    ['it lies before the installation', { readOn: '2025-12-31' }, 422, 'METERING.READING_REFUSED', 'readOn BEFORE_INSTALLATION', '2026-01-01 …'],
    ['it lies in the future', { readOn: '2026-03-03' }, 422, 'METERING.READING_REFUSED', 'readOn IN_THE_FUTURE', '… 2026-03-02'],
    ['its day does not exist', { readOn: '2026-02-29' }, 400, 'REQUEST.INVALID', 'readOn NOT_A_DATE', 'YYYY-MM-DD'],
    ['its year is none', { readOn: '0000-03-01' }, 400, 'REQUEST.INVALID', 'readOn NOT_A_DATE', 'YYYY-MM-DD'],
    ['the day has another value', { readOn: '2026-02-01', reading: '181' }, 409, 'METERING.READING_DUPLICATE', 'reading DUPLICATE', '180'],
    ['a field is not known', { colour: 'red' }, 400, 'REQUEST.INVALID', 'colour UNKNOWN_FIELD', undefined],
    ['a text holds NUL', { meterNo: '314000\u0000000001' }, 400, 'REQUEST.INVALID', 'meterNo FORBIDDEN_CHARACTER', undefined],
  ])('%s', async (_, changes, status, code, flaw, allowed) => {
    await expectRefusal(app, {
      send: (language) => send(app, 'clerk', '/v1/readings', { ...sound, ...changes }, 'clerk', { 'Accept-Language': language }),
      status, code, flaw, ...(allowed === undefined ? {} : { allowed }),
    }); // prettier-ignore
  });
});

describe('a file of readings is refused whole, before anything is recorded, where', () => {
  const utf16 = Buffer.from(`\uFEFF${HEADER}`, 'utf16le');
  test.each<[string, string | Buffer, string, number, string, string | undefined]>([
    ['a column is missing', 'meterNo,register,readOn\n', 'text/csv', 422, 'METERING.IMPORT_HEADER_INVALID', 'reading REQUIRED'],
    ['a column has another name', 'meterNo,register,readOn,value\n', 'text/csv', 422, 'METERING.IMPORT_HEADER_INVALID', 'value UNKNOWN_FIELD'],
    ['the columns are named in Chinese', '表号,示数类型,抄表日期,示数\n', 'text/csv', 422, 'METERING.IMPORT_HEADER_INVALID', 'meterNo REQUIRED'],
    ['the columns are parted by semicolons', 'meterNo;register;readOn;reading\n', 'text/csv', 422, 'METERING.IMPORT_HEADER_INVALID', 'reading REQUIRED'],
    ['it is in UTF-16', utf16, 'text/csv', 422, 'METERING.IMPORT_HEADER_INVALID', ' NOT_UTF8'],
    ['its header is longer than a line may be', `${'x'.repeat(5_000)}\n`, 'text/csv', 422, 'METERING.IMPORT_HEADER_INVALID', ' TOO_LONG'],
    ['it is JSON', '{}', 'application/json', 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE', undefined],
    ['it is a spreadsheet', 'PK', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE', undefined],
    ['it is said to be in GBK', HEADER, 'text/csv; charset=gbk', 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE', undefined],
  ])('%s', async (_, file, type, status, code, flaw) => {
    await expectRefusal(app, { send: (language) => upload(file, type, language), status, code, ...(flaw === undefined ? {} : { flaw }) });
  });
});

describe('of a file with bad lines the good ones are kept', () => {
  test('and each bad one has its number, field, code and what is allowed, in both languages', async () => {
    const lines = [
      '3140000000001,total,2026-01-15,140,mobile',
      '3149999999999,total,2026-03-01,260,',
      '3140000000001,peak,2026-03-01,260,',
      '3140000000001,total,2026-03-01,26O,',
      '3140000000001,total,2025-12-31,99,',
      '3140000000001,total,2026-02-01,181,',
      '3140000000001,total,0000-03-01,260,',
      `3140000000001,total,2026-03-01,${'9'.repeat(6_000)},`,
      '3140\u00000000001,total,2026-03-01,260,',
      '3140000000001,total,2026-03-01,260.50,mobile',
    ];
    const { body } = await upload<Import>(HEADER + lines.join('\n'));
    const found = await refusals(body);
    expect(found.map(({ line, field, code, allowed }) => [line, `${field} ${code}`, allowed])).toEqual([
      [3, 'meterNo UNKNOWN_METER', null],
      [4, 'register UNKNOWN_REGISTER', 'total'],
      [5, 'reading NOT_A_READING', '0 … 9999999999.9999'],
      [6, 'readOn BEFORE_INSTALLATION', '2026-01-01 …'],
      [7, 'reading DUPLICATE', '180'],
      [8, 'readOn NOT_A_DATE', 'YYYY-MM-DD'],
      [9, ' TOO_LONG', '1 … 4096 B'],
      [10, 'meterNo FORMAT', expect.any(String)],
    ]);
    expect(body).toMatchObject({ state: 'finished', lines: 10, accepted: 2, refused: 8, stoppedBecause: null });
    for (const { reason } of await refusals(body, 'zh')) expect(reason).toMatch(/[\u4e00-\u9fff]/);
    const { body: recorded } = await get<{ items: { readOn: string; reading: string }[] }>(app, 'clerk', '/v1/readings?meterNo=3140000000001');
    expect(recorded.items.map(({ readOn, reading }) => `${readOn} ${reading}`).sort()).toEqual(['2026-01-01 100', '2026-01-15 140', '2026-02-01 180', '2026-03-01 260.5']);
  });

  test('also where a line is not UTF-8', async () => {
    const gbk = Buffer.concat([Buffer.from(HEADER), Buffer.from([0xb1, 0xed]), Buffer.from(',total,2026-03-01,260.50,\n3140000000001,total,2026-03-01,260.50,\n')]);
    const { body } = await upload<Import>(gbk);
    expect((await refusals(body)).map(({ line, field, code }) => `${line} ${field} ${code}`)).toEqual(['2  NOT_UTF8']);
    expect(body).toMatchObject({ state: 'finished', unchanged: 1, refused: 1 });
  });

  test('and the same file again changes nothing more', async () => {
    const before = await rowCounts(app);
    const { body } = await upload<Import>(`${HEADER}3140000000001,total,2026-01-15,140,mobile\n3140000000001,total,2026-03-01,260.50,mobile\n`);
    expect(body).toMatchObject({ accepted: 0, unchanged: 2, refused: 0 });
    expect(await rowCounts(app)).toEqual({ ...before, metering_imports: (before['metering_imports'] ?? 0) + 1 });
  });
});

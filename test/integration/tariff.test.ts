import type { TariffDocument } from '../../src/core/tariff';
import { Database } from '../../src/platform/database';
import { TariffsForBilling } from '../../src/modules/tariff';
import { startApp, type TestApp } from '../support/app';
import { tariffDocument } from '../support/tariff-builder';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-02T09:00:00+08:00' });
});
afterAll(() => app.close());

const draft = async (document: unknown, caller = 'price-clerk') =>
  app.http.post('/v1/tariff-versions').set(await app.as('operator', caller)).send({ document });
const publish = async (id: string, caller = 'head-of-pricing') =>
  app.http.post(`/v1/tariff-versions/${id}/publication`).set(await app.as('supervisor', caller));
const published = async (document: TariffDocument): Promise<string> => {
  const { body } = await draft(document).then((answer) => {
    expect(answer.status).toBe(201);
    return answer;
  });
  expect((await publish(body.tariffVersionId)).status).toBe(201);
  return body.tariffVersionId as string;
};
const codes = (body: { errors: { field: string; code: string }[] }): string[] => body.errors.map(({ field, code }) => `${field} ${code}`);
const frozen = async (): Promise<string> => (await app.db.query<{ r: string }>('SELECT freeze_inputs() AS r')).rows[0]?.r ?? '';
const inForce = async (priceBook: string, from: string, to: string, frozenRevision: string) =>
  app.get(Database).transaction((tx) => app.get(TariffsForBilling).read(tx, { priceBooks: [priceBook], from, to, frozenRevision }));

describe('a tariff version', () => {
  test('is a draft until another person publishes it, and is found by its content', async () => {
    const document = tariffDocument({ priceBook: 'four-eyes' });
    const author = await app.as('supervisor', 'author');
    const { body: version } = await app.http.post('/v1/tariff-versions').set(author).send({ document });
    expect(version).toMatchObject({ state: 'draft', priceBook: 'four-eyes', validFrom: '2026-01-01', validTo: null, publishedBy: null });

    const own = await app.http.post(`/v1/tariff-versions/${version.tariffVersionId}/publication`).set(author);
    expect([own.status, own.body.code]).toEqual([403, 'APPROVAL.SAME_PERSON']);
    const before = await app.db.query('SELECT state FROM tariff_versions WHERE tariff_version_id = $1', [version.tariffVersionId]);
    expect(before.rows[0]?.state).toBe('draft');

    expect((await publish(version.tariffVersionId)).body).toMatchObject({ state: 'published', inForceTo: null });
    const again = await publish(version.tariffVersionId);
    expect([again.status, again.body.code]).toEqual([409, 'TARIFF.NOT_A_DRAFT']);

    const found = await app.http.get(`/v1/tariff-versions/by-hash/${version.contentHash}`).set(await app.as('auditor'));
    expect(found.body.document).toEqual(JSON.parse(JSON.stringify(document)));
  });

  test('says everything that is wrong with it at once, and stores nothing', async () => {
    const sound = tariffDocument({ priceBook: 'flawed' });
    const [household, industry] = sound.plans;
    const flawed = {
      ...sound,
      calendars: [{ calendarId: 'day', complete: true, seasons: [{ season: 'all', months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], windows: [{ period: 'peak', from: '08:00', to: '21:00' }, { period: 'valley', from: '22:00', to: '08:00' }] }] }],
      plans: [{ ...household, prices: [{ voltages: ['below-1kv'], prices: { energy: {} } }] }, { ...industry, calendarId: 'night' }],
    };
    const { status, body } = await draft(flawed);
    expect([status, body.code]).toEqual([422, 'TARIFF.DOCUMENT_INVALID']);
    expect(codes(body)).toEqual(expect.arrayContaining([expect.stringContaining('TARIFF.DAY_GAP'), expect.stringContaining('TARIFF.PRICE_MISSING'), expect.stringContaining('TARIFF.CALENDAR_UNKNOWN')]));
    expect(body.errors.every(({ field, allowed }: { field: string; allowed?: string }) => field.startsWith('document.') && allowed !== undefined)).toBe(true);
    expect((await app.db.query(`SELECT 1 FROM tariff_versions WHERE price_book = 'flawed'`)).rowCount).toBe(0);
  });

  test('is refused where the shape is wrong: a missing day, an unknown field, a price as a number', async () => {
    const { validFrom: _left, ...without } = tariffDocument({ priceBook: 'shapeless' });
    const wrong = { ...without, colour: 'red', surcharges: [{ name: 'levy', title: { en: 'Levy', zh: '附加' }, pricePerKwh: 0.02, placement: 'on-top', kind: 'fund' }] };
    const { status, body } = await draft(wrong);
    expect(status).toBe(422);
    expect(codes(body)).toEqual(expect.arrayContaining(['document.validFrom REQUIRED', 'document.colour UNKNOWN_FIELD', 'document.surcharges.0.pricePerKwh TYPE']));
  });

  test('is recorded once: the same content and the same name are refused', async () => {
    const document = tariffDocument({ priceBook: 'once' });
    expect((await draft(document)).status).toBe(201);
    const same = await draft(document);
    expect([same.status, same.body.code]).toEqual([409, 'TARIFF.ALREADY_LOADED']);
    const sameName = await draft({ ...document, taxRatePercent: '17' });
    expect([sameName.status, sameName.body.code]).toEqual([409, 'TARIFF.VERSION_NAME_TAKEN']);
  });

  test('that is withdrawn can be recorded again; a published one cannot be withdrawn', async () => {
    const document = tariffDocument({ priceBook: 'withdrawn' });
    const { body: first } = await draft(document);
    const withdraw = async (id: string) => app.http.post(`/v1/tariff-versions/${id}/withdrawal`).set(await app.as('supervisor'));
    expect((await withdraw(first.tariffVersionId)).body.state).toBe('withdrawn');
    const id = await published(document);
    const refused = await withdraw(id);
    expect([refused.status, refused.body.code]).toEqual([409, 'TARIFF.NOT_A_DRAFT']);
  });

  test('is neither drafted by a clerk nor published by an operator', async () => {
    expect((await app.http.post('/v1/tariff-versions').set(await app.as('clerk')).send({ document: tariffDocument() })).body.code).toBe('AUTH.NOT_PERMITTED');
    const { body } = await draft(tariffDocument({ priceBook: 'roles' }));
    const refused = await app.http.post(`/v1/tariff-versions/${body.tariffVersionId}/publication`).set(await app.as('operator', 'another-operator'));
    expect([refused.status, refused.body.code]).toEqual([403, 'AUTH.NOT_PERMITTED']);
  });

  test('that does not exist is not found', async () => {
    const auditor = await app.as('auditor');
    expect((await app.http.get('/v1/tariff-versions/999999').set(auditor)).body.code).toBe('TARIFF.VERSION_NOT_FOUND');
    expect((await app.http.get(`/v1/tariff-versions/by-hash/${'0'.repeat(64)}`).set(auditor)).body.code).toBe('TARIFF.VERSION_NOT_FOUND');
    expect((await publish('999999')).body.code).toBe('TARIFF.VERSION_NOT_FOUND');
  });
});

describe('versions of one price book', () => {
  test('follow each other: an open version ends where its successor begins, and a frozen run keeps what it saw', async () => {
    await published(tariffDocument({ priceBook: 'chain', version: 'a' }));
    const early = await frozen();
    await published(tariffDocument({ priceBook: 'chain', version: 'b', validFrom: '2026-03-11' }));
    const late = await frozen();

    const seen = (await inForce('chain', '2026-03-01', '2026-04-01', late)).map(({ from, to, document }) => [document.version, from, to]);
    expect(seen).toEqual([['a', '2026-03-01', '2026-03-11'], ['b', '2026-03-11', '2026-04-01']]);
    const before = (await inForce('chain', '2026-03-01', '2026-04-01', early)).map(({ from, to, document }) => [document.version, from, to]);
    expect(before).toEqual([['a', '2026-03-01', '2026-04-01']]);
    const [first, second] = [await inForce('chain', '2026-03-01', '2026-03-02', late), await inForce('chain', '2026-03-02', '2026-03-03', late)];
    expect(first[0]?.document).toBe(second[0]?.document);
  });

  test('do not overlap: a second version of the same days is refused, and stays a draft', async () => {
    await published(tariffDocument({ priceBook: 'overlap', version: 'january', validTo: '2026-02-01' }));
    const { body } = await draft(tariffDocument({ priceBook: 'overlap', version: 'late january', validFrom: '2026-01-15', validTo: '2026-03-01' }));
    const refused = await publish(body.tariffVersionId);
    expect([refused.status, refused.body.code]).toEqual([409, 'TARIFF.OVERLAPS_PUBLISHED']);
    const rows = await app.db.query('SELECT state FROM tariff_versions WHERE tariff_version_id = $1', [body.tariffVersionId]);
    expect(rows.rows).toEqual([{ state: 'draft' }]);
    expect((await app.db.query(`SELECT 1 FROM approvals WHERE subject_type = 'tariff-version' AND subject_id::text = $1`, [body.tariffVersionId])).rowCount).toBe(0);
  });
});

describe('the price books that come with the product', () => {
  test('load as drafts once, are published by another person, and say which parts are incomplete', async () => {
    const load = async () => app.http.post('/v1/price-books/shipped').set(await app.as('operator'));
    const first = (await load()).body as { outcome: string; version: { tariffVersionId: string; priceBook: string } }[];
    expect(new Set(first.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    expect(((await load()).body as { outcome: string }[]).every(({ outcome }) => outcome === 'present')).toBe(true);
    for (const { version } of first) expect((await publish(version.tariffVersionId)).status).toBe(201);

    const { body } = await app.http.get('/v1/price-books?limit=200').set(await app.as('clerk'));
    const books = body.items as { priceBook: string; versions: { state: string; incomplete: { planId: string }[] }[] }[];
    expect(books.map(({ priceBook }) => priceBook)).toEqual(expect.arrayContaining(['hubei', 'jiangsu', 'shanghai', 'zhejiang']));
    expect(books.flatMap(({ versions }) => versions.flatMap(({ incomplete }) => incomplete)).length).toBeGreaterThan(0);
  });

  test('are listed page by page', async () => {
    const clerk = await app.as('clerk');
    const { body: page } = await app.http.get('/v1/price-books?limit=1').set(clerk);
    const { body: next } = await app.http.get(`/v1/price-books?limit=1&cursor=${page.nextCursor}`).set(clerk);
    expect(next.items[0].priceBook > page.items[0].priceBook).toBe(true);
    const { body: versions } = await app.http.get('/v1/tariff-versions?priceBook=shanghai&state=published&inForceOn=2026-01-31').set(clerk);
    expect(versions.items).toHaveLength(1);
  });
});

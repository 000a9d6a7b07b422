import type { CalculationDocument } from '../../src/core/bill';
import type { TariffDocument } from '../../src/core/tariff';
import { BillDocuments } from '../../src/modules/billing';
import { contentHashOf } from '../../src/modules/tariff';
import { Database } from '../../src/platform/database';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { buildFactory, buildHousehold, type BuiltAccount, post, publishedDocument, publishTariff } from '../support/billing-builder';
import { clerkPost, createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

let app: TestApp;
let factory: BuiltAccount;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  factory = await buildFactory(app);
  await publishTariff(app, tariffDocument({ validTo: '2026-05-16' }));
});
afterAll(() => app.close());

interface Answer {
  readonly status: number;
  readonly body: { code?: string; totalAmount?: string; errors?: { field: string; code: string; allowed?: string; message: string }[] };
}

const compute = async (document: unknown, language = 'en'): Promise<Answer> =>
  app.http.post('/v1/calculations').set(await app.as('auditor')).set('Accept-Language', language).send(document as object);
const preview = async (accountNo: string, period = '2026-05'): Promise<Answer> =>
  app.http.post(`/v1/accounts/${accountNo}/bill-previews`).set(await app.as('clerk')).send({ period });

const totalsOf = ({ body }: Answer): string[] => ((body as unknown as { items?: { totalAmount: string }[] }).items ?? []).map(({ totalAmount }) => totalAmount);
const without = (document: CalculationDocument, member: keyof CalculationDocument): object =>
  Object.fromEntries(Object.entries(document).filter(([name]) => name !== member));

describe('a calculation document', () => {
  test.each([
    ['P-real-1', '30666.79'],
    ['P-real-1-readings', '30666.79'],
    ['P-E24', '455.70'],
    ['P-crossing-month-bill1', '170.24'],
  ])('%s with its tariff inlined is computed to the fen', async (name, total) => {
    const { status, body } = await compute(publishedDocument(name));
    expect([status, body.totalAmount]).toEqual([200, total]);
  });

  test('may name a published tariff by its content hash', async () => {
    const document = publishedDocument('P-real-1');
    const { body } = await compute({ ...document, tariffs: document.tariffs.map(({ hash }) => ({ hash })) });
    expect(body.totalAmount).toBe('30666.79');
    const unknown = await compute({ ...document, tariffs: [{ hash: '0'.repeat(64) }] });
    expect([unknown.status, unknown.body.code, unknown.body.errors?.[0]?.field]).toEqual([422, 'BILLING.TARIFF_UNKNOWN', 'tariffs.0.hash']);
  });

  test('whose inlined tariff is not what its hash says is refused', async () => {
    const document = publishedDocument('P-E24');
    const tariff = { ...document.tariffs[0]?.document, version: 'another' } as TariffDocument;
    const { body } = await compute({ ...document, tariffs: [{ hash: document.tariffs[0]?.hash, document: tariff }] });
    expect(body.code).toBe('BILLING.TARIFF_HASH_DIFFERS');
    const named = await compute({ ...document, tariffs: [{ hash: contentHashOf(tariff), document: tariff }] });
    expect(named.body.totalAmount).toBe('455.70');
  });

  test('whose inlined tariff leaves a gap in the day is refused with the place', async () => {
    const document = publishedDocument('P-crossing-month-bill1');
    const tariff = structuredClone(document.tariffs[0]?.document) as unknown as { calendars: { seasons: { windows: unknown[] }[] }[] };
    tariff.calendars[0]?.seasons[0]?.windows.pop();
    const { status, body } = await compute({ ...document, tariffs: [{ hash: contentHashOf(tariff as never), document: tariff }] });
    expect([status, body.code, body.errors?.[0]?.code]).toEqual([422, 'TARIFF.DOCUMENT_INVALID', 'TARIFF.DAY_GAP']);
    expect(body.errors?.[0]?.field).toMatch(/^tariffs\.0\.document\.calendars\.0/);
  });

  const sound = publishedDocument('P-E24');
  const [point] = sound.usagePoints;
  test.each([
    ['without a period', without(sound, 'period'), 'BILLING.DOCUMENT_INVALID', 'period', 'REQUIRED'],
    ['with a period that has no days', { ...sound, period: { from: '2013-07-01', to: '2013-07-01' } }, 'DOCUMENT.PERIOD_EMPTY', 'period', 'DOCUMENT.PERIOD_EMPTY'],
    ['with a day that the calendar does not have', { ...sound, period: { from: '2013-07-01', to: '2013-02-30' } }, 'DOCUMENT.DATE', 'period.to', 'DOCUMENT.DATE'],
    ['with an unknown member', { ...sound, colour: 'red' }, 'BILLING.DOCUMENT_INVALID', 'colour', 'UNKNOWN_FIELD'],
    ['with an energy as a number', { ...sound, statedReactiveEnergyKvarh: 12.5 }, 'BILLING.DOCUMENT_INVALID', 'statedReactiveEnergyKvarh', 'TYPE'],
    ['of another format', { ...sound, format: 'bill/9' }, 'BILLING.DOCUMENT_INVALID', 'format', 'NOT_ALLOWED'],
    ['of a kind that does not exist', { ...sound, kind: 'weekly' }, 'BILLING.DOCUMENT_INVALID', 'kind', 'NOT_ALLOWED'],
    ['with a point that says nothing of its energy', { ...sound, usagePoints: [{ ...point, meters: undefined }] }, 'DOCUMENT.ENERGY_SOURCE', 'usagePoints.0', 'DOCUMENT.ENERGY_SOURCE'],
    ['that is a list', [], 'BILLING.DOCUMENT_INVALID', '', 'TYPE'],
  ])('%s is refused with code, place and what is allowed', async (_, document, code, field, fieldCode) => {
    const { status, body } = await compute(document);
    expect([status, body.code]).toEqual([422, code]);
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field, code: fieldCode })]));
    expect((await compute(document, 'zh')).body.errors?.find((error) => error.field === field)?.message).toMatch(/[\u4e00-\u9fff]/);
  });

  test('is not computed for who may not', async () => {
    const answer = await app.http.post('/v1/calculations').set(await app.as('customer', { name: 'c', customerId: factory.customerId })).send(sound);
    expect(answer.body.code).toBe('AUTH.NOT_PERMITTED');
  });
});

describe('an account for which no bill can be made', () => {
  const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' } as const;
  const reasons = ({ body }: Answer): string[] => (body.errors ?? []).map(({ field, code }) => `${code} ${field}`.trim());
  const metered = async (no: string, changes: object = {}, since = '2026-04-01'): Promise<string> => {
    const { accountNo } = await openAccount(app, { ...terms, ...changes }, since);
    await createPoint(app, accountNo, `P-${no}`, { validFrom: since });
    await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: since, first: '100' });
    return accountNo;
  };

  test('is told so when it is unknown', async () => {
    expect((await preview('9999999999')).body.code).toBe('BILLING.ACCOUNT_NOT_FOUND');
  });

  test('has no usage point', async () => {
    const { accountNo } = await openAccount(app, terms, '2026-04-01');
    expect(reasons(await preview(accountNo))).toEqual(['BILLING.USAGE_POINT_MISSING']);
  });

  test('was not open in the period', async () => {
    const { accountNo } = await openAccount(app, terms, '2026-05-20');
    expect(reasons(await preview(accountNo, '2026-04'))).toEqual(['BILLING.CYCLE_MISSING']);
  });

  test('lacks a reading at the end of the cycle', async () => {
    const accountNo = await metered('MISSING');
    await enter(app, 'M-MISSING', '2026-05-01', '200');
    const answer = await preview(accountNo);
    expect([answer.status, answer.body.code]).toEqual([422, 'BILLING.ACCOUNT_IS_EXCEPTION']);
    expect(reasons(answer)).toEqual(['METERING.READING_MISSING P-MISSING/M-MISSING/total']);
  });

  test('has a doubtful reading, and is billed once somebody has confirmed it', async () => {
    const accountNo = await metered('JUMP', {}, '2026-03-01');
    await enter(app, 'M-JUMP', '2026-04-01', '200');
    const { body } = await enter(app, 'M-JUMP', '2026-05-01', '9200');
    expect(reasons(await preview(accountNo, '2026-04'))).toEqual(['METERING.USAGE_JUMP P-JUMP/M-JUMP/total']);
    await post(app, 'operator', `/v1/reading-findings/${body.openFindings[0]?.findingId ?? ''}/confirmation`, { reason: 'seen on site' });
    expect(totalsOf(await preview(accountNo, '2026-04'))).toEqual(['4500.00']);
  });

  test('is on days of which no version of its price book is in force', async () => {
    const accountNo = await metered('GAP');
    await enter(app, 'M-GAP', '2026-05-01', '200');
    await enter(app, 'M-GAP', '2026-06-01', '300');
    const answer = await preview(accountNo);
    expect(reasons(answer)).toEqual(['TARIFF.NOT_IN_FORCE /tariffs']);
    expect(answer.body.errors?.[0]?.message).toContain('2026-05-16');
  });

  test('needs a part that its price book leaves open, or a plan that it does not have', async () => {
    const [household] = tariffDocument().plans;
    if (household === undefined) throw new Error('the price book has no plan');
    const castle = { ...household, planId: 'castle' };
    await publishTariff(app, tariffDocument({ priceBook: 'castleland', plans: [castle], validTo: '2026-04-01' }));
    await publishTariff(app, tariffDocument({ priceBook: 'castleland', version: 'without castles', validFrom: '2026-04-01' }));
    const accountNo = await metered('PLAN', { priceBook: 'castleland', planId: 'castle' });
    await enter(app, 'M-PLAN', '2026-05-01', '200');
    expect(reasons(await preview(accountNo, '2026-04'))).toEqual(['TARIFF.PLAN_UNKNOWN /terms/0/planId']);
  });

  test('has a main meter that is not enough for its sub-meters, until a person confirms it', async () => {
    const accountNo = await metered('MAIN');
    await createPoint(app, accountNo, 'P-SUB', { validFrom: '2026-04-01', parents: ['P-MAIN'] });
    await installMeter(app, 'P-SUB', 'M-SUB', { installedOn: '2026-04-01', first: '100' });
    await enter(app, 'M-MAIN', '2026-05-01', '150');
    await enter(app, 'M-SUB', '2026-05-01', '170');
    expect(reasons(await preview(accountNo, '2026-04'))).toEqual(['USAGE.NOT_ENOUGH_TO_DEDUCT P-MAIN']);
    const confirmation = { period: '2026-04', code: 'USAGE.NOT_ENOUGH_TO_DEDUCT', subject: 'P-MAIN', reason: 'both meters tested' };
    await post(app, 'operator', `/v1/accounts/${accountNo}/finding-confirmations`, confirmation);
    await post(app, 'operator', `/v1/accounts/${accountNo}/finding-confirmations`, confirmation);
    expect(totalsOf(await preview(accountNo, '2026-04'))).toEqual(['35.00']);
  });

  test('depends on a sub-meter of another account whose reading is missing', async () => {
    const main = await metered('UP');
    const child = await openAccount(app, terms, '2026-04-01');
    await createPoint(app, child.accountNo, 'P-DOWN', { validFrom: '2026-04-01', parents: ['P-UP'] });
    await installMeter(app, 'P-DOWN', 'M-DOWN', { installedOn: '2026-04-01', first: '100' });
    await enter(app, 'M-UP', '2026-05-01', '400');
    expect(reasons(await preview(main, '2026-04'))).toEqual(['BILLING.CHILD_READING_MISSING P-DOWN/M-DOWN/total']);
    await enter(app, 'M-DOWN', '2026-05-01', '180');
    expect([...totalsOf(await preview(main, '2026-04')), ...totalsOf(await preview(child.accountNo, '2026-04'))]).toEqual(['110.00', '40.00']);
  });
});

describe('a shared amount', () => {
  test('is superseded by a new entry of the same name, and the preview follows', async () => {
    const enterAmount = (amount: string) =>
      post<{ amount: string }>(app, 'clerk', `/v1/accounts/${factory.accountNo}/shared-amounts`, { period: '2026-05', name: 'marketAllocation', titleZh: '市场分摊费用', titleEn: 'Market allocation', amount });
    await enterAmount('0.00');
    expect(totalsOf(await preview(factory.accountNo))).toEqual(['29662.06']);
    await enterAmount('952.35');
    const { body } = await app.http.get(`/v1/accounts/${factory.accountNo}/shared-amounts?period=2026-05`).set(await app.as('auditor'));
    expect(body.items).toMatchObject([{ name: 'marketAllocation', amount: '952.35', inPowerFactorBase: true }]);
    const { rows } = await app.db.query('SELECT count(*) AS entries FROM shared_amounts');
    expect(rows[0].entries).toBe('3');
  });

  test('is refused with an amount that has three decimals', async () => {
    const { status, body } = await clerkPost(app, `/v1/accounts/${factory.accountNo}/shared-amounts`, { period: '2026-05', name: 'x', titleZh: '甲', titleEn: 'X', amount: '1.005' });
    expect([status, body.errors?.[0]]).toMatchObject([400, { field: 'amount', code: 'TOO_MANY_DECIMALS' }]);
  });
});

test('many accounts are read with as many statements as one', async () => {
  await buildHousehold(app);
  const { rows } = await app.db.query<{ account_id: string }>('SELECT account_id FROM accounts ORDER BY account_id');
  const documents = app.get(BillDocuments);
  const statements = (accountIds: readonly string[]): Promise<number> =>
    app.get(Database).transaction(async (tx) => {
      let count = 0;
      const query = tx.query.bind(tx) as (sql: string, params?: unknown[]) => Promise<never>;
      tx.query = (sql: string, params?: unknown[]) => {
        count += 1;
        return query(sql, params);
      };
      const { unknown, accounts } = await documents.assemble(tx, { accountIds, period: '2026-05', frozenRevision: null });
      const found = [...accounts].flatMap((account) => ('documents' in account ? account.documents.map((one) => one.account) : account.map((one) => one.account)));
      expect(new Set([...unknown.map(({ account }) => account), ...found].map(({ accountId }) => accountId)).size).toBe(accountIds.length);
      return count;
    });
  const all = rows.map((row) => row.account_id);
  await statements(all);
  expect(all.length).toBeGreaterThan(10);
  expect(await statements(all)).toBe(await statements(all.slice(0, 1)));
});

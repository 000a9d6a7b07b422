import { householdTerms, openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { buildFactory, buildHousehold, type BuiltAccount, computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

let app: TestApp;
let factory: BuiltAccount;
let household: BuiltAccount;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00', worker: true });
  factory = await buildFactory(app);
  household = await buildHousehold(app);
});
afterAll(() => app.close());

const get = async (role: 'operator' | 'clerk' | 'auditor', path: string, headers: Record<string, string> = {}) =>
  app.http.get(path).set(await app.as(role)).set(headers);

describe('one account to one bill over HTTP', () => {
  test('the factory of May 2026 is previewed at 30666.79, line by line as printed', async () => {
    const { items } = await post<{ items: { totalAmount: string; content: { lines: { group: string; item: string; pricePeriod?: string; amount: string }[] } }[] }>(
      app, 'operator', `/v1/accounts/${factory.accountNo}/bill-previews`, { period: '2026-05' },
    );
    expect(items.map(({ totalAmount }) => totalAmount)).toEqual(['30666.79']);
    const lines = items[0]?.content.lines.map(({ group, item, pricePeriod, amount }) => [group, item, pricePeriod, amount].filter(Boolean).join(' ')) ?? [];
    expect(lines).toEqual(expect.arrayContaining([
      'energy-charge energy peak 4437.25', 'energy-charge lineLoss flat 203.67', 'capacity-charge T1 14238.00',
      'shared-amount marketAllocation 952.35', 'power-factor-adjustment standard-0.90 1561.84',
    ]));
  });

  test('the household of July 2013 with monthly blocks is previewed at 455.70', async () => {
    const { items } = await post<{ items: { totalAmount: string }[] }>(app, 'operator', `/v1/accounts/${household.accountNo}/bill-previews`, { period: '2013-07' });
    expect(items.map(({ totalAmount }) => totalAmount)).toEqual(['455.70']);
  });

  test('a run makes the previewed bill, unseen by its customer until another person releases the run', async () => {
    const preview = await post<{ items: { resultHash: string; content: object }[] }>(app, 'operator', `/v1/accounts/${factory.accountNo}/bill-previews`, { period: '2026-05' });
    const run = await computeRun(app, '2026-05', [factory.accountNo]);
    expect(run.counts).toMatchObject({ accounts: 1, pending: 0, billed: 1, exceptions: 0 });
    const customer = await app.as('customer', { name: 'factory', customerId: factory.customerId });
    const { body: list } = await get('operator', `/v1/bills?runId=${run.runId}`);
    expect(list.items).toMatchObject([{ accountNo: factory.accountNo, standing: 'unreleased', totalAmount: '30666.79' }]);
    const { billNo } = list.items[0] as { billNo: string };
    expect((await app.http.get('/v1/bills').set(customer)).body.items).toEqual([]);
    for (const path of ['', '/document', '/explanation', '/page']) {
      expect((await app.http.get(`/v1/bills/${billNo}${path}`).set(customer)).body.code).toBe('BILLING.BILL_NOT_FOUND');
    }

    await releaseRun(app, run.runId);
    const { body: bill, headers } = await app.http.get(`/v1/bills/${billNo}`).set(customer);
    expect(bill).toMatchObject({ billNo, standing: 'issued', totalAmount: '30666.79', energyKwh: '25581.28', resultHash: preview.items[0]?.resultHash });
    expect(bill.content.lines).toHaveLength(27);
    expect(bill.content).toEqual(preview.items[0]?.content);
    expect((await app.http.get(`/v1/bills/${billNo}`).set(customer).set('If-None-Match', headers['etag'] ?? '')).status).toBe(304);
    const stranger = await app.as('customer', { name: 'stranger', customerId: household.customerId });
    expect((await app.http.get(`/v1/bills/${billNo}`).set(stranger)).body.code).toBe('BILLING.BILL_NOT_FOUND');
    expect((await app.http.get('/v1/bills').set(stranger)).body.items).toEqual([]);
  });

  test('every figure of a bill leads to its origin: references, explanation, page', async () => {
    const { body: list } = await get('clerk', `/v1/bills?accountNo=${factory.accountNo}&period=2026-05`);
    const { billNo } = list.items[0] as { billNo: string };
    const { body: bill } = await get('clerk', `/v1/bills/${billNo}`);
    const figures = new Set(bill.content.figures.map(({ id }: { id: string }) => id));
    const peak = bill.content.lines.find((line: { item: string; pricePeriod?: string }) => line.item === 'energy' && line.pricePeriod === 'peak');
    expect(peak.from.some((id: string) => figures.has(id))).toBe(true);
    expect(bill.content.figures).toEqual(expect.arrayContaining([
      expect.objectContaining({ value: '6910.35', inputs: expect.objectContaining({ start: '690.211', end: '759.3145', multiplier: '100' }) }),
    ]));

    const { body: words } = await get('clerk', `/v1/bills/${billNo}/explanation`, { 'Accept-Language': 'zh' });
    expect(words.title).toBe('电费账单');
    expect(JSON.stringify(words.groups)).toContain('6910.35 千瓦时 × 0.642117 = 4437.25');

    const page = await get('clerk', `/v1/bills/${billNo}/page?lang=en`);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.text).toContain('30666.79');
    expect(page.text).toContain('(759.3145 − 690.211) × 100');
    expect(page.text).toContain('25581.28 − 6910.35 − 5780.29');
    expect(page.text).not.toMatch(/<script|src="http|href="http/);
    const ids = new Set([...page.text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => decodeURIComponent(id ?? ''));
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
    expect((await get('clerk', `/v1/bills/${billNo}/page`, { 'Accept-Language': 'zh-CN' })).text).toContain('<html lang="zh-CN">');
  });

  test('a stored bill is computed again from its document: the same bill, here and as a document from outside', async () => {
    const { body: list } = await get('operator', `/v1/bills?accountNo=${factory.accountNo}`);
    const { billNo } = list.items[0] as { billNo: string };
    const replay = await post(app, 'operator', `/v1/bills/${billNo}/replays`);
    expect(replay).toMatchObject({ billNo, equal: true, documentIntact: true, totalAmount: '30666.79', differences: [] });
    const { body } = await get('operator', `/v1/bills/${billNo}/document`);
    const again = await post<{ resultHash: string }>(app, 'operator', '/v1/calculations', body.document as object);
    const { body: bill } = await get('operator', `/v1/bills/${billNo}`);
    expect(again.resultHash).toBe(bill.resultHash);
  });

  test('an issued bill can neither be changed nor removed, whatever the application tries; it can be cancelled', async () => {
    const { body: list } = await get('operator', `/v1/bills?accountNo=${factory.accountNo}`);
    const { billNo } = list.items[0] as { billNo: string };
    const billId = Number(billNo.slice(6, 16));
    for (const [statement, constraint] of [
      [`UPDATE bills SET total_amount = 1, net_amount = 1, tax_amount = 0 WHERE bill_id = ${billId}`, 'bills_only_cancellation'],
      [`DELETE FROM bills WHERE bill_id = ${billId}`, 'bills_released_stay'],
      [`UPDATE bill_lines SET amount = 1 WHERE bill_id = ${billId}`, 'bill_lines_never_edited'],
      [`DELETE FROM bill_lines WHERE bill_id = ${billId}`, 'bill_lines_released_stay'],
      [`DELETE FROM bill_documents WHERE bill_id = ${billId}`, 'bill_documents_released_stay'],
    ]) {
      await expect(app.db.query(statement ?? '')).rejects.toMatchObject({ constraint });
    }
    await expect(app.db.query(`UPDATE bills SET live = false WHERE bill_id = ${billId}`)).rejects.toMatchObject({ constraint: 'bills_cancelled_by_two' });
    const { requestId } = await post<{ requestId: string }>(app, 'clerk', `/v1/bills/${billNo}/cancellation-requests`, { reason: 'misread' });
    await post(app, 'supervisor', `/v1/cancellation-requests/${requestId}/approval`, { reason: 'seen the photograph' });
    expect((await get('operator', `/v1/bills/${billNo}`)).body.standing).toBe('cancelled');
    await expect(app.db.query(`UPDATE bills SET live = true WHERE bill_id = ${billId}`)).rejects.toMatchObject({ constraint: 'bills_only_cancellation' });
  });

  test('a list is read page by page, cancelled bills included, and narrowed by account, period and run', async () => {
    const run = await computeRun(app, '2013-07', [household.accountNo]);
    const all: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await get('operator', `/v1/bills?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      all.push(...body.items.map(({ period, standing }: { period: string; standing: string }) => `${period} ${standing}`));
      cursor = body.nextCursor as string | null;
    }
    expect(all).toEqual(['2026-05 cancelled', '2013-07 unreleased']);
    const numbers = async (query: string): Promise<number> => (await get('operator', `/v1/bills?${query}`)).body.items.length as number;
    expect(await Promise.all([
      numbers(`accountNo=${household.accountNo}`), numbers(`accountNo=${household.accountNo}&period=2026-05`), numbers(`runId=${run.runId}`),
      numbers('accountNo=9999999999'), numbers('period=2026-05'),
    ])).toEqual([1, 0, 1, 0, 1]);
    expect((await get('operator', '/v1/bills?cursor=abc')).body.errors[0].code).toBe('NOT_A_CURSOR');
  });

  test('a number that is no bill number answers like an absent bill', async () => {
    expect((await get('operator', '/v1/bills/20260500000000010')).status).toBe(404);
    expect((await get('operator', '/v1/bills/abc')).status).toBe(400);
  });
});

test('yearly blocks go on where the last issued bill of the year ended; while that bill is not issued, nothing follows it', async () => {
  const household = {
    planId: 'household', title: { zh: '居民', en: 'Household' }, category: 'residential', parts: 'single-part', timeOfUse: false,
    prices: [{ voltages: ['below-1kv'], prices: { energy: { total: '0.5000' } } }],
    blocks: {
      period: 'year', method: 'base-plus-increment', crossingMonth: 'none',
      scales: [{ blocks: [{ upToKwh: '300', incrementPerKwh: '0' }, { upToKwh: null, incrementPerKwh: '0.05' }] }],
    },
  } as const;
  await publishTariff(app, tariffDocument({ priceBook: 'yearland', plans: [household] }));
  const { accountNo } = await openAccount(app, { ...householdTerms, priceBook: 'yearland', planId: 'household' }, '2025-12-01');
  await createPoint(app, accountNo, 'P-YEAR', { validFrom: '2025-12-01' });
  await installMeter(app, 'P-YEAR', 'M-YEAR', { installedOn: '2025-12-01', first: '0' });
  for (const [day, reading] of [['2026-01-01', '200'], ['2026-02-01', '400'], ['2026-03-01', '600']] as const) await enter(app, 'M-YEAR', day, reading);
  const february = async (): Promise<string | undefined> => {
    const { body } = await app.http.post(`/v1/accounts/${accountNo}/bill-previews`).set(await app.as('operator')).send({ period: '2026-02' });
    const { items, errors } = body as { items?: { totalAmount: string }[]; errors?: { code: string }[] };
    return items?.[0]?.totalAmount ?? errors?.[0]?.code;
  };

  const run = await computeRun(app, '2026-01', [accountNo]);
  expect(await february()).toBe('BILLING.EARLIER_BILL_NOT_RELEASED');
  await releaseRun(app, run.runId);
  expect(await february()).toBe('105.00');
});

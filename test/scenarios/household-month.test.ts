import { householdTerms } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { verifyRun } from '../support/billing-builder';
import { get, runReaches, send, type RunView } from './support/story';

/**
 * Li Guoqiang of Shanghai, two-rate household, his first month: 1 May to 1 June 2026.
 *
 *   total   1286.40 − 1000.00 = 286.40 → 286 kWh
 *   valley   385.10 −  300.00 =  85.10 →  85 kWh
 *   peak     901.30 −  700.00 = 201.30 → 201 kWh
 *   the first yearly block reaches to 3120 kWh:
 *   201 kWh × 0.617 = 124.017 → 124.02
 *    85 kWh × 0.307 =  26.095 →  26.10
 *   due 150.12 = net 132.85 + 13 % tax 17.27          (150.12 / 1.13 = 132.849…)
 */
let app: TestApp;
const customerName = '李国强';
let customer: { name: string; customerId: string };
let accountNo: string;
let runId: string;
let billNo: string;

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00', worker: true });
});
afterAll(() => app.close());

const ask = <Body>(path: string, headers: Record<string, string> = {}) => get<Body>(app, 'customer', path, customer, headers);

describe('a household’s month from meter to receivable', () => {
  test('the price table is recorded by one person and published by a second one', async () => {
    const { body: loaded } = await send<{ version: { tariffVersionId: string; priceBook: string; state: string } }[]>(app, 'operator', '/v1/price-books/shipped', undefined, 'price.clerk');
    const version = loaded.find(({ version: { priceBook } }) => priceBook === 'shanghai')?.version;
    expect(version?.state).toBe('draft');
    const publication = `/v1/tariff-versions/${version?.tariffVersionId ?? ''}/publication`;
    expect((await send(app, 'supervisor', publication, undefined, 'price.clerk')).body.code).toBe('APPROVAL.SAME_PERSON');
    expect((await send<{ state: string }>(app, 'supervisor', publication, undefined, 'head.of.pricing')).body.state).toBe('published');
  });

  test('the clerk opens the account, the meter is installed and put on a reading route', async () => {
    const made = async (path: string, body: object): Promise<Record<string, string>> => {
      const answer = await send<Record<string, string>>(app, 'clerk', path, body);
      expect({ path, status: answer.status, body: answer.body }).toMatchObject({ path, status: 201 });
      return answer.body;
    };
    const { customerId = '' } = await made('/v1/customers', { kind: 'person', name: customerName, phone: '13900001111', identity: { kind: 'resident-id', number: '310101198803151234' } });
    const { premiseId } = await made('/v1/premises', { regionCode: '310104', address: '上海市徐汇区天平路188弄7号602室' });
    const account = await made('/v1/accounts', { customerId, premiseId, openedOn: '2026-05-01', terms: { ...householdTerms, planId: 'residential-time-of-use' } });
    accountNo = account['accountNo'] ?? '';
    customer = { name: 'li.guoqiang', customerId };
    await made('/v1/usage-points', { accountNo, usagePointNo: 'P-LI-1', kind: 'metered', role: 'billing', timeOfUse: true, meteringMode: 'low-low', validFrom: '2026-05-01' });
    const dials = ['total', 'peak', 'valley'].map((register) => ({ register, dialDigits: 6, decimals: 2 }));
    await made('/v1/meters', { assetNo: '3140012345678', phases: 1, registers: dials });
    const initialReadings = [['total', '1000'], ['peak', '700'], ['valley', '300']].map(([register, reading]) => ({ register, reading }));
    await made('/v1/meter-installations', { assetNo: '3140012345678', usagePointNo: 'P-LI-1', installedOn: '2026-05-01', initialReadings });
    const { routeId } = await made('/v1/reading-routes', { routeCode: 'R0601', regionCode: '310104', readingDay: 1 });
    const assigned = await send(app, 'clerk', `/v1/reading-routes/${routeId}/accounts`, { accountNos: [accountNo], fromMonth: '2026-05' });
    expect(assigned.status).toBe(200);
  });

  test('the readings of 1 June come in as a file', async () => {
    const file = 'meterNo,register,readOn,reading,source\n' + [['total', '1286.40'], ['peak', '901.30'], ['valley', '385.10']].map(([register, reading]) => `3140012345678,${register},2026-06-01,${reading},mobile\n`).join('');
    const { body } = await app.http.post('/v1/reading-imports').set(await app.as('clerk')).set('Content-Type', 'text/csv').send(file);
    expect(body).toMatchObject({ state: 'finished', lines: 3, accepted: 3, refused: 0, suspicious: 0 });
  });

  test('the operator starts the month for the route, checks it and looks a sample through; nobody outside sees the bill yet', async () => {
    const { body: started, status, headers } = await send<RunView>(app, 'operator', '/v1/billing-runs', { period: '2026-05', kind: 'regular', population: { by: 'routes', routeCodes: ['R0601'] } });
    ({ runId } = started);
    expect([status, headers['location']]).toEqual([202, `/v1/billing-runs/${runId}`]);
    const run = await runReaches(app, runId, 'computed');
    expect(run).toMatchObject({ totalAmount: '150.12', counts: { accounts: 1, pending: 0, billed: 1, excluded: 0, exceptions: 0 } });
    const { body: check } = await send<{ report: { total: object } }>(app, 'operator', `/v1/billing-runs/${runId}/checks`, {});
    expect(check.report.total).toMatchObject({ accounts: 1, amount: '150.12' });
    await verifyRun(app, runId);
    expect((await ask<{ items: unknown[] }>('/v1/bills')).body.items).toEqual([]);
    expect((await get<{ items: unknown[] }>(app, 'clerk', `/v1/receivables?accountNo=${accountNo}`)).body.items).toEqual([]);
  });

  test('the supervisor releases it, and the customer reads the bill line by line', async () => {
    const { body: released } = await send(app, 'supervisor', `/v1/billing-runs/${runId}/release`, { reason: 'checked against the load report' });
    expect(released).toEqual({ runId, receivables: 1, credits: 0, amount: '150.12' });
    const { body: list } = await ask<{ items: { billNo: string }[] }>('/v1/bills');
    billNo = list.items[0]?.billNo ?? '';
    const { body: bill } = await ask<{ content: { lines: { pricePeriod: string; quantity: string; price: string; exactAmount: string; amount: string }[] } }>(`/v1/bills/${billNo}`);
    expect(bill).toMatchObject({ accountNo, standing: 'issued', totalAmount: '150.12', netAmount: '132.85', taxAmount: '17.27', energyKwh: '286' });
    expect(bill.content.lines.map(({ pricePeriod, quantity, price, exactAmount, amount }) => [pricePeriod, quantity, price, exactAmount, amount])).toEqual([
      ['peak', '201', '0.617', '124.017', '124.02'],
      ['valley', '85', '0.307', '26.095', '26.10'],
    ]);
  });

  test('explanation and page show where each figure comes from, in both languages', async () => {
    const { body: chinese } = await ask<object>(`/v1/bills/${billNo}/explanation`, { 'Accept-Language': 'zh-CN' });
    expect(JSON.stringify(chinese)).toContain('201 千瓦时 × 0.617 = 124.02');
    const { body: english } = await ask<object>(`/v1/bills/${billNo}/explanation`, { 'Accept-Language': 'en' });
    expect(JSON.stringify(english)).toContain('201 kWh × 0.617 = 124.02');
    const page = await ask(`/v1/bills/${billNo}/page?lang=zh`);
    expect(page.headers['content-type']).toContain('text/html');
    for (const shown of ['150.12', '124.02', '26.10', '901.3', '1286.4']) expect(page.text).toContain(shown);
    expect(page.text).not.toContain(customerName);
  });

  test('the receivable is the bill, its journal balances, and the ledger agrees', async () => {
    const { body: receivables } = await get<{ items: object[] }>(app, 'clerk', `/v1/receivables?accountNo=${accountNo}`);
    expect(receivables.items).toMatchObject([{ billNo, amount: '150.12', period: '2026-05' }]);
    const { body: balances } = await get<{ items: { ledgerCode: string; debit: string; credit: string }[] }>(app, 'auditor', '/v1/ledger/balances');
    const moved = balances.items.filter(({ debit, credit }) => debit !== '0.00' || credit !== '0.00').map(({ ledgerCode, debit, credit }) => [ledgerCode, debit, credit]);
    expect(moved).toEqual([['1122', '150.12', '0.00'], ['222101', '0.00', '17.27'], ['6001', '0.00', '132.85']]);
  });

  test('the audit tells who did what', async () => {
    const { body } = await get<{ items: { action: string }[] }>(app, 'auditor', '/v1/audit-events?limit=200');
    const actions = new Set(body.items.map(({ action }) => action));
    for (const action of ['billing.run.create', 'billing.run.release']) expect(actions).toContain(action);
    expect(JSON.stringify(body)).not.toContain(customerName);
    expect(JSON.stringify(body)).not.toContain('310101198803151234');
  });
});

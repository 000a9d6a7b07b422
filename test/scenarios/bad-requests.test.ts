import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { accountLine, householdTerms, openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { publishTariff } from '../support/billing-builder';
import { tariffDocument } from '../support/tariff-builder';
import { expectRefusal } from './support/refusals';
import { type Answer, get, type Problem, rowCounts, send } from './support/story';

let app: TestApp;
let account: { accountId: string; accountNo: string; customerId: string };
let premiseId: string;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  account = await openAccount(app);
  ({ premiseId } = (await send<{ premiseId: string }>(app, 'clerk', '/v1/premises', { regionCode: '310104', address: '上海市静安区北京西路1号' })).body);
});
afterAll(() => app.close());

/** A body as it stands, with the caller's media type. */
async function raw(path: string, body: string | Buffer, language: string, type = 'application/json'): Promise<Answer<Problem>> {
  const request = app.http.post(path).set(await app.as('clerk')).set({ 'Content-Type': type, 'Accept-Language': language });
  request.write(body);
  const { status, body: answer, headers, text } = await request;
  return { status, body: answer as Problem, headers: headers as Record<string, string>, text };
}

const customer = { kind: 'person', name: '李国强' };

describe('an account is not opened, and nothing of it is kept, where', () => {
  test.each<[string, object, number, string, string | undefined, string | RegExp | undefined]>([
    ['its category does not exist', { terms: { ...householdTerms, category: 'castle' } }, 400, 'REQUEST.INVALID', 'terms.category NOT_ALLOWED', /residential/],
    ['its policy is not known', { terms: { ...householdTerms, policies: { generosity: '1' } } }, 422, 'CUSTOMERS.TERMS_INVALID', 'terms.policies.generosity POLICY.UNKNOWN', /moneyDecimals/],
    ['a household pays for capacity', { terms: { ...householdTerms, chargeMethod: 'capacity' } }, 422, 'CUSTOMERS.TERMS_INVALID', 'terms.chargeMethod INCONSISTENT', undefined],
    ['a capacity is a number', { terms: { ...householdTerms, approvedCapacityKva: 8 } }, 400, 'REQUEST.INVALID', 'terms.approvedCapacityKva MUST_BE_A_STRING', undefined],
    ['its customer is not recorded', { customerId: '999999' }, 404, 'CUSTOMERS.CUSTOMER_NOT_FOUND', undefined, undefined],
    ['its customer’s id is out of range', { customerId: '9223372036854775808' }, 400, 'REQUEST.INVALID', 'customerId NOT_AN_ID', undefined],
    ['its customer’s id is a number', { customerId: 1 }, 400, 'REQUEST.INVALID', 'customerId MUST_BE_A_STRING', undefined],
    ['its day does not exist', { openedOn: '2026-02-30' }, 400, 'REQUEST.INVALID', 'openedOn NOT_A_DATE', 'YYYY-MM-DD'],
  ])('%s', async (_, changes, status, code, flaw, allowed) => {
    const input = { customerId: account.customerId, premiseId, openedOn: '2026-01-01', terms: householdTerms, ...changes };
    await expectRefusal(app, {
      send: (language) => send(app, 'clerk', '/v1/accounts', input, 'clerk', { 'Accept-Language': language }),
      status, code, ...(flaw === undefined ? {} : { flaw }), ...(allowed === undefined ? {} : { allowed }),
    }); // prettier-ignore
  });
});

describe('a body is refused where', () => {
  test.each<[string, string | Buffer, string, number, string, string | undefined]>([
    ['it is larger than 1 MiB', JSON.stringify({ ...customer, name: 'x'.repeat(1_100_000) }), 'application/json', 413, 'REQUEST.TOO_LARGE', undefined],
    ['it breaks off', '{"kind":"person",', 'application/json', 400, 'REQUEST.MALFORMED', undefined],
    ['it is a list', '[]', 'application/json', 400, 'REQUEST.INVALID', ' MUST_BE_AN_OBJECT'],
    ['it is nested absurdly deep', `{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 'application/json', 400, 'REQUEST.INVALID', ' TOO_DEEP'],
    ['a field is not known', JSON.stringify({ ...customer, colour: 'red' }), 'application/json', 400, 'REQUEST.INVALID', 'colour UNKNOWN_FIELD'],
    ['a text holds NUL', JSON.stringify({ ...customer, name: '李\u0000国强' }), 'application/json', 400, 'REQUEST.INVALID', 'name FORBIDDEN_CHARACTER'],
    ['it is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'application/json', 400, 'REQUEST.MALFORMED', undefined],
    ['it is a form', 'kind=person', 'application/x-www-form-urlencoded', 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE', undefined],
  ])('%s', async (_, body, type, status, code, flaw) => {
    await expectRefusal(app, { send: (language) => raw('/v1/customers', body, language, type), status, code, ...(flaw === undefined ? {} : { flaw }) });
  });
});

describe('a query is refused where', () => {
  test.each<[string, string, number, string, string | undefined, string | RegExp | undefined]>([
    ['the limit is negative', '/v1/accounts?limit=-1', 400, 'REQUEST.INVALID', 'limit OUT_OF_RANGE', /200/],
    ['the limit is nothing', '/v1/accounts?limit=0', 400, 'REQUEST.INVALID', 'limit OUT_OF_RANGE', /1 … 200/],
    ['the limit is above the maximum', '/v1/bills?limit=201', 400, 'REQUEST.INVALID', 'limit OUT_OF_RANGE', /200/],
    ['the limit is no number', '/v1/bills?limit=many', 400, 'REQUEST.INVALID', 'limit MUST_BE_AN_INTEGER', undefined],
    ['a filter is not known', '/v1/bills?colour=red', 400, 'REQUEST.INVALID', 'colour UNKNOWN_FIELD', undefined],
    ['a filter has no such value', '/v1/accounts?category=castle', 400, 'REQUEST.INVALID', 'category NOT_ALLOWED', /residential/],
    ['the month does not exist', '/v1/bills?period=2026-13', 400, 'REQUEST.INVALID', 'period NOT_A_MONTH', 'YYYY-MM'],
    ['an id is zero', '/v1/accounts/0', 400, 'REQUEST.INVALID', 'accountId NOT_AN_ID', undefined],
    ['an id is out of range', '/v1/accounts/9223372036854775808', 400, 'REQUEST.INVALID', 'accountId NOT_AN_ID', undefined],
    ['an id is a word', '/v1/tariff-versions/first', 400, 'REQUEST.INVALID', 'tariffVersionId NOT_AN_ID', undefined],
    ['an id holds NUL', '/v1/accounts/%00', 400, 'REQUEST.INVALID', 'accountId NOT_AN_ID', undefined],
    ['the address is badly escaped', '/v1/accounts/%E0%A4%A', 400, 'REQUEST.MALFORMED', undefined, undefined],
    ['there is no such route', '/v1/kettles', 404, 'ROUTE.NOT_FOUND', undefined, undefined],
    ['there is no such account', '/v1/accounts/999999', 404, 'CUSTOMERS.ACCOUNT_NOT_FOUND', undefined, undefined],
  ])('%s', async (_, path, status, code, flaw, allowed) => {
    await expectRefusal(app, {
      send: (language) => get(app, 'auditor', path, 'auditor', { 'Accept-Language': language }),
      status, code, ...(flaw === undefined ? {} : { flaw }), ...(allowed === undefined ? {} : { allowed }),
    }); // prettier-ignore
  });
});

const coded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const NAMES = [coded(['x']), coded(['9223372036854775808'])];
const CURSORS = ['%', 'abc', '\u0000', coded(['1', '2', '3', '4']), coded([{}]), ...NAMES];

describe('a cursor that is none', () => {
  const { paths } = parse(readFileSync(join(__dirname, '../../openapi.yaml'), 'utf8')) as { paths: Record<string, Record<string, { parameters?: { name: string }[] }>> };
  const lists = Object.entries(paths).filter(([path, { get: list }]) => !path.includes('{') && list?.parameters?.some(({ name }) => name === 'cursor')).map(([path]) => path);

  test('is asked of every list of the contract', () => expect(lists.length).toBeGreaterThan(10));

  test.each(lists)('is refused by %s', async (path) => {
    for (const cursor of CURSORS) {
      if (path === '/v1/price-books' && NAMES.includes(cursor)) continue; // these go on after a name
      const { status, body } = await get(app, 'auditor', `${path}?cursor=${encodeURIComponent(cursor)}`);
      // Where another filter is required, its lack may be said first.
      expect({ path, cursor, status, code: body.code }).toEqual({ path, cursor, status: 400, code: expect.stringMatching(/^REQUEST\./) as string });
    }
  });
});

test('an import of accounts keeps its good lines beside lines that hold NUL or break off', async () => {
  const line = (externalReference: string, changes: object = {}): string =>
    JSON.stringify({ externalReference, openedOn: '2026-01-01', customer: { kind: 'person', name: '王秀兰' }, premise: { regionCode: 'CN-SH', address: '上海市徐汇区天平路1号' }, terms: [householdTerms], ...changes });
  const file = [line('A-1'), line('A\u0000-2'), line('A-3', { 'col\u0000our': 'red' }), '{"externalReference":', line('A-5')].join('\n');
  const before = await rowCounts(app);
  const { body } = await app.http.post('/v1/account-imports').set(await app.as('clerk')).set('Content-Type', 'application/x-ndjson').send(file);
  expect(body).toMatchObject({ state: 'finished' });
  const after = await rowCounts(app);
  expect((after['accounts'] ?? 0) - (before['accounts'] ?? 0)).toBe(2);
  const { body: refused } = await get<{ items: { line: number }[] }>(app, 'clerk', `/v1/account-imports/${String(body.importId)}/refusals`);
  expect(refused.items.map((each) => Object.values(each)[0])).toEqual([2, 3, 4]);
});

test('an import of installations keeps its good lines beside one with a strange field', async () => {
  const line = (no: string, changes: object = {}): string => JSON.stringify({
    accountNo: account.accountNo, usagePoint: { kind: 'metered', role: 'billing', timeOfUse: false, meteringMode: 'low-low', usagePointNo: `P-${no}` },
    meter: { assetNo: `M-${no}`, phases: 1, registers: [{ register: 'total', dialDigits: 6, decimals: 2 }] }, installedOn: '2026-01-01', initialReadings: [{ register: 'total', reading: '1' }], ...changes,
  }); // prettier-ignore
  const file = [line('NUL-1'), line('NUL-2', { 'col\u0000our': 'red' }), line('NUL-3', { ['x'.repeat(500)]: 'red' }), line('NUL-4')].join('\n');
  const { body } = await app.http.post('/v1/installation-imports').set(await app.as('clerk')).set('Content-Type', 'application/x-ndjson').send(file);
  expect(body).toMatchObject({ state: 'finished', accepted: 2, refused: 2 });
  expect((await get<{ items: object[] }>(app, 'clerk', `/v1/installation-imports/${String(body.importId)}/refusals`)).body.items).toHaveLength(2);
});

describe('terms that nobody has published prices for are refused, once any prices are published: ', () => {
  const input = (terms: object): object => ({ customerId: account.customerId, premiseId, openedOn: '2026-05-01', terms: { ...householdTerms, ...terms } });

  test.each<[string, object, string, string]>([
    ['the price book is not published', { priceBook: 'atlantis', planId: 'household' }, 'priceBook', 'testland'],
    ['the plan is not in the price book', { priceBook: 'testland', planId: 'castle' }, 'planId', 'household | industry'],
  ])('%s', async (name, terms, field, allowed) => {
    if (name.startsWith('the price')) await publishTariff(app, tariffDocument());
    await expectRefusal(app, {
      send: (language) => send(app, 'clerk', '/v1/accounts', input(terms), 'clerk', { 'Accept-Language': language }),
      status: 422, code: 'CUSTOMERS.TERMS_INVALID', flaw: `terms.${field} UNKNOWN`, allowed,
    }); // prettier-ignore
    const change = { ...householdTerms, ...terms, validFrom: '2026-05-01', reason: 'other prices' };
    await expectRefusal(app, {
      send: (language) => send(app, 'clerk', `/v1/accounts/${account.accountId}/terms`, change, 'clerk', { 'Accept-Language': language }),
      status: 422, code: 'CUSTOMERS.TERMS_INVALID', flaw: `${field} UNKNOWN`, allowed,
    }); // prettier-ignore
  });

  test('in a file line by line, and the others are kept', async () => {
    const lines = [{ priceBook: 'testland', planId: 'household' }, { priceBook: 'testland', planId: 'castle' }].map((terms, index) => JSON.stringify(accountLine(`PLAN-${String(index)}`, { terms: [{ ...householdTerms, ...terms }] })));
    const clerk = await app.as('clerk');
    const { body } = await app.http.post('/v1/account-imports').set(clerk).set('Content-Type', 'application/x-ndjson').send(lines.join('\n'));
    const view = body as { importId: string };
    expect(body).toMatchObject({ rowsAccepted: 1, rowsRefused: 1 });
    const refusals = await app.http.get(`/v1/account-imports/${view.importId}/refusals`).set(clerk);
    expect(JSON.stringify(refusals.body)).toContain('terms.0.planId');
  });
});

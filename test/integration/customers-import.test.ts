import { ImportAccounts, isAccountNo, type ImportedAccount } from '../../src/modules/customers';
import { accountLine, factoryTerms, householdTerms } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-02T09:00:00+08:00' });
});
afterAll(() => app.close());

const ndjson = (lines: readonly unknown[]): string => lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
const load = async (lines: readonly unknown[]) =>
  app.http.post('/v1/account-imports?label=test').set(await app.as('clerk')).set('Content-Type', 'application/x-ndjson').send(ndjson(lines));
const refusals = async (importId: string, query = '') =>
  (await app.http.get(`/v1/account-imports/${importId}/refusals${query}`).set(await app.as('clerk'))).body as {
    items: { lineNo: number; externalReference: string | null; problems: { field: string; code: string; reason: string; allowed?: string }[] }[];
    nextCursor: string | null;
  };
const told = async (importId: string): Promise<string[]> =>
  (await refusals(importId)).items.map(({ lineNo, problems }) => `${String(lineNo)}: ${problems.map(({ field, code }) => `${field} ${code}`).join(', ')}`);
const without = (line: ImportedAccount, name: keyof ImportedAccount): object => Object.fromEntries(Object.entries(line).filter(([key]) => key !== name));

describe('an import of accounts', () => {
  test('keeps good lines with all that belongs to them, and answers their numbers', async () => {
    const factory = accountLine('F-1', {
      customer: { kind: 'organisation', name: '申江精密机械有限公司', identity: { kind: 'unified-social-credit-code', number: '91310115MA1K4XXY0N' } },
      terms: [{ ...factoryTerms, validFrom: '2026-01-01', approvedCapacityKva: '1000' }, { ...factoryTerms }],
      transformers: [
        {
          transformerNo: 'T1',
          ownership: 'own',
          capacityKva: '800',
          loss: { method: 'percentage', activePercent: '1.5' },
          states: [{ state: 'running' }, { state: 'removed', validFrom: '2026-03-01' }, { state: 'suspended', validFrom: '2026-02-01' }],
        },
        { transformerNo: 'T2', ownership: 'own', capacityKva: '200' },
      ],
      supplyCircuits: [{ supplyCircuitNo: 'L1', kind: 'main', voltage: '1-10kv' }],
    });
    const { status, body, headers } = await load([accountLine('H-1'), '', factory]);
    expect([status, headers.location]).toEqual([201, `/v1/account-imports/${body.importId}`]);
    expect(body).toMatchObject({ state: 'finished', label: 'test', rowsRead: 2, rowsAccepted: 2, rowsRefused: 0 });

    const { text } = await app.http.get(`/v1/account-imports/${body.importId}/accounts`).set(await app.as('clerk')).buffer(true);
    const numbers = text.trim().split('\n').map((line) => JSON.parse(line) as { externalReference: string; accountNo: string; accountId: string });
    expect(numbers.map(({ externalReference }) => externalReference)).toEqual(['H-1', 'F-1']);
    expect(numbers.every(({ accountNo }) => isAccountNo(accountNo))).toBe(true);

    const accountId = numbers[1]?.accountId ?? '';
    const clerk = await app.as('clerk');
    const { body: account } = await app.http.get(`/v1/accounts/${accountId}`).set(clerk);
    expect(account.terms.map((each: Record<string, unknown>) => [each['validFrom'], each['validTo'], each['approvedCapacityKva']])).toEqual([
      ['2025-01-01', '2026-01-01', '800'],
      ['2026-01-01', null, '1000'],
    ]);
    const { body: transformers } = await app.http.get(`/v1/accounts/${accountId}/transformers`).set(clerk);
    expect(transformers).toMatchObject([
      { transformerNo: 'T1', loss: { method: 'percentage', activePercent: '1.5' }, states: [{ state: 'running', validTo: '2026-02-01' }, { state: 'suspended', validFrom: '2026-02-01', validTo: '2026-03-01' }] },
      { transformerNo: 'T2', loss: null, states: [{ state: 'running', validFrom: '2025-01-01', validTo: null }] },
    ]);
    expect((await app.http.get(`/v1/accounts/${accountId}/supply-circuits`).set(clerk)).body).toMatchObject([{ supplyCircuitNo: 'L1', validTo: null }]);
  });

  test('refuses bad lines with number, field and reason, and keeps the good ones', async () => {
    const good = accountLine('B-1');
    const { body } = await load([
      good,
      '{"externalReference":',
      '[1]',
      without(accountLine('B-4'), 'premise'),
      { ...accountLine('B-5'), colour: 'red', 'nul\u0000': 1 },
      accountLine('B-6', { terms: [{ ...householdTerms, category: 'palace' as 'residential' }] }),
      accountLine('B-7', { terms: [{ ...factoryTerms, approvedCapacityKva: 800 as unknown as string }] }),
      accountLine('B-8', { terms: [{ ...factoryTerms, chargeMethod: 'contract-demand' }] }),
      accountLine('B-9', { terms: [{ ...householdTerms }, { ...householdTerms }] }),
      accountLine('B-10', { terms: [{ ...householdTerms, validFrom: '2024-12-31' }] }),
      accountLine('B-11', { openedOn: '2025-02-30' }),
      accountLine('B-1'),
      accountLine('B-13', { transformers: [{ transformerNo: 'T1', ownership: 'own', capacityKva: '0' }] }),
      accountLine('B-14'),
    ]);
    expect(body).toMatchObject({ rowsRead: 14, rowsAccepted: 2, rowsRefused: 12 });
    expect(await told(body.importId)).toEqual([
      '2:  MALFORMED',
      '3:  MALFORMED',
      '4: premise REQUIRED',
      '5: colour UNKNOWN_FIELD, nul? UNKNOWN_FIELD',
      '6: terms.0.category NOT_ALLOWED',
      '7: terms.0.approvedCapacityKva MUST_BE_A_STRING',
      '8: terms.0.contractDemandKw INCONSISTENT',
      '9: terms OVERLAP',
      '10: terms.0.validFrom INCONSISTENT',
      '11: openedOn NOT_A_DATE',
      '12: externalReference DUPLICATE_IN_FILE',
      '13: transformers.0.capacityKva OUT_OF_RANGE',
    ]);
    const page = await refusals(body.importId, '?limit=5');
    expect(page.items[3]?.problems[0]).toMatchObject({ reason: 'is not a field of this input' });
    expect((await refusals(body.importId, `?limit=5&cursor=${page.nextCursor ?? ''}`)).items[0]?.lineNo).toBe(7);
    const chinese = await app.http.get(`/v1/account-imports/${body.importId}/refusals?limit=1`).set(await app.as('clerk')).set('Accept-Language', 'zh');
    expect(chinese.body.items[0].problems[0].reason).toBe('该行不是 JSON 对象');
  });

  test('is safe to send again: recorded references are refused, lines not recorded yet are kept', async () => {
    await load([accountLine('R-1'), accountLine('R-2')]);
    const { body } = await load([accountLine('R-1'), accountLine('R-2'), accountLine('R-3')]);
    expect(body).toMatchObject({ rowsAccepted: 1, rowsRefused: 2 });
    expect(await told(body.importId)).toEqual(['1: externalReference DUPLICATE', '2: externalReference DUPLICATE']);
    const { rows } = await app.db.query(`SELECT count(*)::int AS n FROM accounts WHERE external_reference LIKE 'R-%'`);
    expect(rows[0]?.n).toBe(3);
  });

  test('takes one customer for one identity document, and refuses the document under another name', async () => {
    const identity = { kind: 'resident-id', number: '320106197701012345' } as const;
    const owner = { kind: 'person', name: '钱多多', identity } as const;
    const { body } = await load([
      accountLine('I-1', { customer: owner }),
      accountLine('I-2', { customer: owner }),
      accountLine('I-3', { customer: { ...owner, name: '钱少少' } }),
    ]);
    expect(await told(body.importId)).toEqual(['3: customer.identity IDENTITY_NAME_DIFFERS']);
    await load([accountLine('I-4', { customer: owner })]);
    const { rows } = await app.db.query(`SELECT count(DISTINCT customer_id)::int AS n, count(*)::int AS accounts FROM accounts WHERE external_reference LIKE 'I-%'`);
    expect(rows[0]).toEqual({ n: 1, accounts: 3 });
  });

  test('two at once with the same references record each of them once', async () => {
    const lines = Array.from({ length: 1200 }, (_, index) => accountLine(`C-${String(index)}`));
    const counts = (await Promise.all([load(lines), load([...lines].reverse())])).map(({ body }) => body as { rowsAccepted: number; rowsRefused: number });
    expect(counts.reduce((sum, { rowsAccepted }) => sum + rowsAccepted, 0)).toBe(1200);
    expect(counts.reduce((sum, { rowsRefused }) => sum + rowsRefused, 0)).toBe(1200);
  });

  test('that breaks off keeps its complete batches and says so', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      for (let index = 0; index < 700; index += 1) yield Buffer.from(`${JSON.stringify(accountLine(`X-${String(index)}`))}\n`);
      throw new Error('the line went dead');
    }
    await expect(app.get(ImportAccounts).execute({ userId: '1' }, broken())).rejects.toThrow('the line went dead');
    const { rows } = await app.db.query('SELECT state, rows_accepted FROM account_imports ORDER BY import_id DESC LIMIT 1');
    expect(rows[0]).toEqual({ state: 'interrupted', rows_accepted: '500' });
  });

  test('reads lines that arrive in pieces, refuses over-long and broken ones, and goes on', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${JSON.stringify(accountLine('P-1'))}\r\n`),
      Buffer.from(`{"externalReference":"${'9'.repeat(300_000)}"}\n`),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from(JSON.stringify(accountLine('P-4'))),
    ]);
    async function* pieces(): AsyncGenerator<Buffer> {
      for (let start = 0; start < bytes.length; start += 777) yield bytes.subarray(start, start + 777);
    }
    const importId = await app.get(ImportAccounts).execute({ userId: '1' }, pieces());
    expect(await told(importId)).toEqual(['2:  TOO_LONG', '3:  NOT_UTF8']);
  });

  test('counts as interrupted once its process has written nothing for five minutes', async () => {
    const start = async (age: string): Promise<string> =>
      (await app.db.query<{ import_id: string }>(`INSERT INTO account_imports (started_by, progressed_at) VALUES (1, app_now() - $1::interval) RETURNING import_id`, [age])).rows[0]?.import_id ?? '';
    const clerk = await app.as('clerk');
    const stateOf = async (importId: string): Promise<unknown> => ((await app.http.get(`/v1/account-imports/${importId}`).set(clerk)).body as { state: string }).state;
    expect([await stateOf(await start('4 minutes')), await stateOf(await start('6 minutes'))]).toEqual(['running', 'interrupted']);
  });

  test('is refused from who may not load, in another media type, and where it does not exist', async () => {
    const refused = await app.http.post('/v1/account-imports').set(await app.as('auditor')).set('Content-Type', 'application/x-ndjson').send('{}');
    expect(refused.body.code).toBe('AUTH.NOT_PERMITTED');
    const media = await app.http.post('/v1/account-imports').set(await app.as('clerk')).set('Content-Type', 'text/csv').send('a,b');
    expect([media.status, media.body.code]).toEqual([415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE']);
    const clerk = await app.as('clerk');
    for (const path of ['', '/refusals', '/accounts']) {
      expect((await app.http.get(`/v1/account-imports/999999${path}`).set(clerk)).body.code).toBe('CUSTOMERS.IMPORT_NOT_FOUND');
    }
  });
});

import { isAccountNo } from '../../src/modules/customers';
import { factoryTerms, householdTerms, openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-02T09:00:00+08:00' });
});
afterAll(() => app.close());

const person = { kind: 'person', name: '李国强', identity: { kind: 'resident-id', number: '310101198803151234' }, phone: '13900001111' };
const count = async (table: string): Promise<number> => Number((await app.db.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);
const post = async (path: string, body: object) => app.http.post(path).set(await app.as('clerk')).send(body);

describe('a customer', () => {
  test('is shown masked, found by exact personal data, and stored encrypted', async () => {
    const { status, body } = await post('/v1/customers', person);
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'person', name: '李**', phone: '139****1111', identity: { kind: 'resident-id', number: '3101****1234' }, version: 1 });
    const { body: found } = await app.http.get('/v1/customers').query({ name: '李国强', identityNumber: '310101198803151234' }).set(await app.as('clerk'));
    expect(found.items.map(({ customerId }: { customerId: string }) => customerId)).toEqual([body.customerId]);
    const { rows } = await app.db.query('SELECT * FROM customers WHERE customer_id = $1', [body.customerId]);
    const stored = JSON.stringify(rows, (_, value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : value));
    for (const text of [person.name, person.phone, person.identity.number]) expect(stored).not.toContain(text);
  });

  test('with an identity document that is recorded already is refused', async () => {
    const before = await count('customers');
    const { status, body } = await post('/v1/customers', { ...person, name: '赵六' });
    expect([status, body.code]).toEqual([409, 'CUSTOMERS.IDENTITY_TAKEN']);
    expect(await count('customers')).toBe(before);
  });

  test('is changed only by who has seen the version that is recorded', async () => {
    const created = await post('/v1/customers', { kind: 'organisation', name: '申江精密机械有限公司' });
    const change = async (headers: Record<string, string>, body: object) =>
      app.http.patch(`/v1/customers/${created.body.customerId}`).set(await app.as('clerk')).set(headers).send(body);
    const input = { phone: '02158991234', reason: 'reported by letter' };
    expect((await change({}, input)).body.code).toBe('REQUEST.PRECONDITION_REQUIRED');
    const changed = await change({ 'If-Match': created.headers.etag ?? '' }, input);
    expect([changed.status, changed.headers.etag, changed.body.phone]).toEqual([200, '"2"', '021****1234']);
    expect((await change({ 'If-Match': '"1"' }, { ...input, phone: null })).body.code).toBe('REQUEST.VERSION_CONFLICT');
    const disclosed = await app.http.post(`/v1/customers/${created.body.customerId}/disclosures`).set(await app.as('supervisor')).send({ reason: 'check of the letter' });
    expect(disclosed.body).toMatchObject({ name: '申江精密机械有限公司', phone: '02158991234', identity: null });
  });

  test('is shown in full only with permission and a reason, and the look is recorded without the data', async () => {
    const { body } = await post('/v1/customers', { kind: 'person', name: '周小燕', phone: '13712345678' });
    const disclose = async (role: 'clerk' | 'supervisor', input: object) =>
      app.http.post(`/v1/customers/${body.customerId}/disclosures`).set(await app.as(role)).send(input);
    expect((await disclose('clerk', { reason: 'curious' })).body.code).toBe('AUTH.NOT_PERMITTED');
    expect((await disclose('supervisor', {})).body.errors[0]).toMatchObject({ field: 'reason', code: 'REQUIRED' });
    const shown = await disclose('supervisor', { reason: 'contract to be printed' });
    expect([shown.status, shown.body.name]).toEqual([201, '周小燕']);
    const { rows } = await app.db.query(`SELECT * FROM audit_events WHERE action = 'customers.customer.disclose' AND subject_id::text = $1`, [body.customerId]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).toContain('contract to be printed');
    expect(JSON.stringify(rows)).not.toContain('13712345678');
  });

  test('with wrong fields is refused with each of them', async () => {
    const { status, body } = await post('/v1/customers', { kind: 'firm', identity: { kind: 'passport' }, colour: 'red' });
    expect(status).toBe(400);
    expect(body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`).sort()).toEqual(
      ['colour UNKNOWN_FIELD', 'identity.number REQUIRED', 'kind NOT_ALLOWED', 'name REQUIRED'],
    );
  });

  test('sees itself and its own accounts, and nobody else', async () => {
    const own = await openAccount(app);
    const other = await openAccount(app);
    const self = await app.as('customer', { name: 'customer-one', customerId: own.customerId });
    const listed = await app.http.get('/v1/accounts').set(self);
    expect(listed.body.items.map(({ accountId }: { accountId: string }) => accountId)).toEqual([own.accountId]);
    expect((await app.http.get(`/v1/accounts/${own.accountId}/transformers`).set(self)).status).toBe(200);
    for (const path of [`accounts/${other.accountId}`, `accounts/${other.accountId}/terms`, 'accounts/999999']) {
      expect((await app.http.get(`/v1/${path}`).set(self)).body.code).toBe('CUSTOMERS.ACCOUNT_NOT_FOUND');
    }
    expect((await app.http.get(`/v1/customers/${other.customerId}`).set(self)).body.code).toBe('CUSTOMERS.CUSTOMER_NOT_FOUND');
    expect((await app.http.get('/v1/customers').set(self)).body.items).toHaveLength(1);
  });
});

describe('an account', () => {
  test('gets a number with a check digit and begins with its terms', async () => {
    const { accountId, accountNo } = await openAccount(app, { ...factoryTerms, policies: { minimumSuspensionDays: 10 } });
    expect(isAccountNo(accountNo)).toBe(true);
    const { body } = await app.http.get(`/v1/accounts/${accountId}`).set(await app.as('auditor'));
    expect(body.terms).toMatchObject([{ ...factoryTerms, validFrom: '2025-01-01', validTo: null, policies: { minimumSuspensionDays: 10 } }]);
    const { body: found } = await app.http.get(`/v1/accounts?accountNo=${accountNo}&category=large-industrial&open=true`).set(await app.as('clerk'));
    expect(found.items).toMatchObject([{ accountId, customerName: '王**', address: expect.stringContaining('****') }]);
  });

  test.each([
    ['contract demand is missing', { ...factoryTerms, chargeMethod: 'contract-demand' }, 'terms.contractDemandKw INCONSISTENT'],
    ['a household pays a basic charge', { ...householdTerms, chargeMethod: 'capacity' }, 'terms.chargeMethod INCONSISTENT'],
    ['an exempt account has a standard', { ...factoryTerms, powerFactorExemption: 'school' }, 'terms.powerFactorStandard INCONSISTENT'],
    ['an extension has no household', { ...householdTerms, householdExtensionFrom: '2026-01' }, 'terms.householdSize INCONSISTENT'],
    ['a policy is unknown', { ...householdTerms, policies: { generosity: '1' } }, 'terms.policies.generosity POLICY.UNKNOWN'],
    ['a policy has a wrong value', { ...householdTerms, policies: { energyDecimals: 9 } }, 'terms.policies.energyDecimals POLICY.INVALID'],
  ])('is refused where %s', async (_, terms, expected) => {
    const before = [await count('accounts'), await count('account_terms')];
    await expect(openAccount(app, terms)).rejects.toThrow('CUSTOMERS.TERMS_INVALID');
    await expect(openAccount(app, terms)).rejects.toThrow(expected.split(' ')[0]);
    expect([await count('accounts'), await count('account_terms')]).toEqual(before);
  });

  test('takes an external reference once, and needs a recorded customer and premise', async () => {
    const { customerId } = await openAccount(app);
    const premise = (await post('/v1/premises', { regionCode: 'CN-SH', address: '上海市静安区北京西路1号' })).body.premiseId as string;
    const input = { customerId, premiseId: premise, openedOn: '2025-01-01', externalReference: 'OLD-1', terms: householdTerms };
    expect((await post('/v1/accounts', input)).status).toBe(201);
    expect((await post('/v1/accounts', input)).body.code).toBe('CUSTOMERS.REFERENCE_TAKEN');
    expect((await post('/v1/accounts', { ...input, externalReference: null, customerId: '999999' })).body.code).toBe('CUSTOMERS.CUSTOMER_NOT_FOUND');
    expect((await post('/v1/accounts', { ...input, externalReference: null, premiseId: '999999' })).body.code).toBe('CUSTOMERS.PREMISE_NOT_FOUND');
    const { body } = await app.http.get(`/v1/premises/${premise}`).set(await app.as('clerk'));
    expect(body).toEqual({ premiseId: premise, regionCode: 'CN-SH', address: '上海市静安区****' });
    expect((await app.http.get('/v1/premises/999999').set(await app.as('clerk'))).body.code).toBe('CUSTOMERS.PREMISE_NOT_FOUND');
  });

  test('gets new terms from a day: the version in force is split, and what was superseded stays readable', async () => {
    const { accountId } = await openAccount(app, factoryTerms);
    const path = `/v1/accounts/${accountId}/terms`;
    const change = { ...factoryTerms, chargeMethod: 'contract-demand', contractDemandKw: '500', validFrom: '2026-03-01', reason: 'order 2026-0117' };
    expect((await post(path, change)).status).toBe(201);
    const { body } = await post(path, { ...change, contractDemandKw: '600', validFrom: '2025-07-01', reason: 'found in the archive' });
    expect(body.map(({ validFrom, validTo, contractDemandKw }: Record<string, unknown>) => [validFrom, validTo, contractDemandKw])).toEqual([
      ['2025-01-01', '2025-07-01', null],
      ['2025-07-01', '2026-03-01', '600'],
      ['2026-03-01', null, '500'],
    ]);
    const { rows } = await app.db.query('SELECT count(*) AS all, count(superseded_revision) AS old FROM account_terms WHERE account_id = $1', [accountId]);
    expect(rows[0]).toEqual({ all: '5', old: '2' });
    const early = await post(path, { ...change, validFrom: '2024-12-31' });
    expect([early.status, early.body.code, early.body.detail]).toEqual([422, 'CUSTOMERS.NOTHING_IN_FORCE', expect.stringContaining('2025-01-01')]);
    expect((await post('/v1/accounts/999999/terms', change)).body.code).toBe('CUSTOMERS.ACCOUNT_NOT_FOUND');
  });

  test('is closed once, and everything of it ends on that day', async () => {
    const { accountId } = await openAccount(app, factoryTerms);
    await post(`/v1/accounts/${accountId}/terms`, { ...factoryTerms, approvedCapacityKva: '1000', validFrom: '2026-09-01', reason: 'planned' });
    await post(`/v1/accounts/${accountId}/transformers`, { transformerNo: 'T1', ownership: 'own', capacityKva: '800', connectedOn: '2025-01-01', reason: 'first' });
    const close = (closedOn: string) => post(`/v1/accounts/${accountId}/closing`, { closedOn, reason: 'premise demolished' });
    expect((await close('2024-01-01')).body.code).toBe('CUSTOMERS.CLOSED_BEFORE_OPENING');
    const { body } = await close('2026-06-01');
    expect([body.closedOn, body.terms.map(({ validTo }: { validTo: string }) => validTo)]).toEqual(['2026-06-01', ['2026-06-01']]);
    const { body: transformers } = await app.http.get(`/v1/accounts/${accountId}/transformers`).set(await app.as('clerk'));
    expect(transformers[0].states).toEqual([{ state: 'running', validFrom: '2025-01-01', validTo: '2026-06-01' }]);
    expect((await close('2026-07-01')).body.code).toBe('CUSTOMERS.ACCOUNT_CLOSED');
    expect((await post(`/v1/accounts/${accountId}/terms`, { ...factoryTerms, validFrom: '2026-03-01', reason: 'late' })).body.code).toBe('CUSTOMERS.ACCOUNT_CLOSED');
  });
});

describe('the supply of an account', () => {
  const loss = { method: 'formula', noLoadLossKw: '0.98', loadLossKw: '7.5', noLoadCurrentPercent: '1.0', impedanceVoltagePercent: '4.5' };
  const transformer = { transformerNo: 'T1', ownership: 'own', capacityKva: '800', loss, connectedOn: '2025-01-01', reason: 'new connection' };

  test('has transformers that are suspended, run again and removed, each from a day', async () => {
    const { accountId } = await openAccount(app, factoryTerms);
    const added = await post(`/v1/accounts/${accountId}/transformers`, transformer);
    expect(added.body).toMatchObject({ transformerNo: 'T1', capacityKva: '800', loss, states: [{ state: 'running', validFrom: '2025-01-01', validTo: null }] });
    const state = (to: string, validFrom: string) =>
      post(`/v1/accounts/${accountId}/transformers/${added.body.transformerId}/states`, { state: to, validFrom, reason: 'order' });
    await state('suspended', '2026-02-01');
    await state('running', '2026-03-10');
    const { body } = await state('removed', '2026-06-01');
    expect(body.states).toEqual([
      { state: 'running', validFrom: '2025-01-01', validTo: '2026-02-01' },
      { state: 'suspended', validFrom: '2026-02-01', validTo: '2026-03-10' },
      { state: 'running', validFrom: '2026-03-10', validTo: '2026-06-01' },
    ]);
    expect((await state('removed', '2026-07-01')).body.code).toBe('CUSTOMERS.NOTHING_CHANGES');
    expect((await state('suspended', '2026-02-15')).body.code).toBe('CUSTOMERS.NOTHING_CHANGES');
    expect((await state('running', '2024-06-01')).body.code).toBe('CUSTOMERS.VALIDITY_OVERLAPS');
    expect((await post(`/v1/accounts/${accountId}/transformers/999999/states`, { state: 'running', validFrom: '2026-01-01', reason: 'order' })).body.code).toBe('CUSTOMERS.TRANSFORMER_NOT_FOUND');
  });

  test('refuses a second transformer of a number, and loss figures that do not belong to the method', async () => {
    const { accountId } = await openAccount(app, factoryTerms);
    const path = `/v1/accounts/${accountId}/transformers`;
    await post(path, transformer);
    expect((await post(path, transformer)).body.code).toBe('CUSTOMERS.TRANSFORMER_NO_TAKEN');
    const { body } = await post(path, { ...transformer, transformerNo: 'T2', loss: { method: 'fixed', noLoadLossKw: '1' } });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['loss.monthlyActiveLossKwh', 'loss.noLoadLossKw']);
    expect((await app.http.get(path).set(await app.as('clerk'))).body).toHaveLength(1);
  });

  test('has circuits with figures that change from a day and end on one', async () => {
    const { accountId } = await openAccount(app, factoryTerms);
    const path = `/v1/accounts/${accountId}/supply-circuits`;
    const circuit = { supplyCircuitNo: 'L1', kind: 'main', voltage: '1-10kv', contractDemandKw: '1300', validFrom: '2025-01-01', reason: 'new connection' };
    await post(path, circuit);
    await post(path, { ...circuit, supplyCircuitNo: 'L2', kind: 'standby' });
    await post(path, { ...circuit, contractDemandKw: '1500.5', validFrom: '2026-03-01' });
    const { body } = await post(`${path}/L2/end`, { endsOn: '2026-05-01', reason: 'given up' });
    expect(body.map((each: Record<string, unknown>) => [each['supplyCircuitNo'], each['contractDemandKw'], each['validFrom'], each['validTo']])).toEqual([
      ['L1', '1300', '2025-01-01', '2026-03-01'],
      ['L1', '1500.5', '2026-03-01', null],
      ['L2', '1300', '2025-01-01', '2026-05-01'],
    ]);
    expect((await post(`${path}/L2/end`, { endsOn: '2026-06-01', reason: 'again' })).body.code).toBe('CUSTOMERS.SUPPLY_CIRCUIT_NOT_FOUND');
    expect((await post(path, { ...circuit, contractDemandKw: 1300 })).body.errors[0]).toMatchObject({ field: 'contractDemandKw', code: 'MUST_BE_A_STRING' });
  });
});

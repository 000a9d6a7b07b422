import { AccountDirectory, AccountsForBilling, type AccountForBilling } from '../../src/modules/customers';
import { Database } from '../../src/platform/database';
import { factoryTerms, openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-02T09:00:00+08:00' });
});
afterAll(() => app.close());

const post = async (path: string, body: object) => app.http.post(path).set(await app.as('clerk')).send(body);
const freeze = async (): Promise<string> => (await app.db.query<{ r: string }>('SELECT freeze_inputs() AS r')).rows[0]?.r ?? '';
const read = (accountIds: string[], frozenRevision: string, from = '2026-02-01', to = '2026-03-01'): Promise<AccountForBilling[]> =>
  app.get(Database).transaction((tx) => app.get(AccountsForBilling).read(tx, { accountIds, from, to, frozenRevision }));

async function factory(): Promise<{ accountId: string; transformerId: string }> {
  const { accountId } = await openAccount(app, { ...factoryTerms, policies: { minimumSuspensionDays: 10 } });
  const transformer = { transformerNo: 'T1', ownership: 'own', capacityKva: '800.50', connectedOn: '2025-01-01', reason: 'first' };
  const { body } = await post(`/v1/accounts/${accountId}/transformers`, transformer);
  await post(`/v1/accounts/${accountId}/supply-circuits`, { supplyCircuitNo: 'L1', kind: 'main', voltage: '1-10kv', validFrom: '2026-02-10', reason: 'second supply' });
  return { accountId, transformerId: body.transformerId };
}

test('billing reads an account cut to its days, masked, with the whole stretch of a suspension', async () => {
  const { accountId, transformerId } = await factory();
  const state = (to: string, validFrom: string) => post(`/v1/accounts/${accountId}/transformers/${transformerId}/states`, { state: to, validFrom, reason: 'order' });
  await state('suspended', '2026-01-20');
  await state('running', '2026-02-05');
  await post(`/v1/accounts/${accountId}/terms`, { ...factoryTerms, approvedCapacityKva: '1000', validFrom: '2026-02-15', reason: 'increase' });
  const [account] = await read([accountId], await freeze());
  expect(account).toMatchObject({
    regionCode: 'CN-SH',
    customerNameMasked: '王**',
    openedOn: '2025-01-01',
    closedOn: null,
    terms: [
      { from: '2026-02-01', to: '2026-02-15', approvedCapacityKva: '800', policies: { minimumSuspensionDays: 10 }, lowIncome: false },
      { from: '2026-02-15', to: '2026-03-01', approvedCapacityKva: '1000', policies: null },
    ],
    supplyCircuits: [{ supplyCircuitNo: 'L1', from: '2026-02-10', to: '2026-03-01' }],
  });
  expect(account?.transformers).toMatchObject([
    {
      transformerNo: 'T1',
      capacityKva: '800.5',
      states: [
        { state: 'suspended', from: '2026-02-01', to: '2026-02-05', since: '2026-01-20', until: '2026-02-05' },
        { state: 'running', from: '2026-02-05', to: '2026-03-01', since: '2026-02-05', until: null },
      ],
    },
  ]);
});

test('what is recorded after the freeze does not reach the run', async () => {
  const { accountId, transformerId } = await factory();
  const frozen = await freeze();
  const before = await read([accountId], frozen);
  await post(`/v1/accounts/${accountId}/transformers/${transformerId}/states`, { state: 'suspended', validFrom: '2026-02-03', reason: 'order' });
  await post(`/v1/accounts/${accountId}/terms`, { ...factoryTerms, approvedCapacityKva: '1000', validFrom: '2026-02-15', reason: 'increase' });
  await post(`/v1/accounts/${accountId}/closing`, { closedOn: '2026-02-20', reason: 'moved' });
  expect(await read([accountId], frozen)).toEqual(before);
  const [after] = await read([accountId], await freeze());
  expect([after?.closedOn, after?.terms.at(-1)?.to, after?.transformers[0]?.states.at(-1)?.state]).toEqual(['2026-02-20', '2026-02-20', 'suspended']);
  const later = await openAccount(app);
  expect(await read([later.accountId], frozen)).toEqual([]);
});

test('a batch is read with as many queries as one account', async () => {
  const accounts = await Promise.all([factory(), factory(), factory()]);
  const frozen = await freeze();
  const queriesFor = (accountIds: string[]): Promise<number> =>
    app.get(Database).transaction(async (tx) => {
      const query = jest.spyOn(tx, 'query');
      await app.get(AccountsForBilling).read(tx, { accountIds, from: '2026-02-01', to: '2026-03-01', frozenRevision: frozen });
      return query.mock.calls.length;
    });
  const ids = accounts.map(({ accountId }) => accountId);
  expect(await queriesFor(ids)).toBe(await queriesFor(ids.slice(0, 1)));
});

test('other modules find accounts by number, id and customer', async () => {
  const { accountId, accountNo, customerId } = await openAccount(app);
  const directory = app.get(AccountDirectory);
  await app.get(Database).transaction(async (tx) => {
    const entry = (await directory.byNumbers(tx, [accountNo, '0000000000'])).get(accountNo);
    expect(entry).toMatchObject({ accountId, customerId, regionCode: 'CN-SH', closedOn: null });
    expect((await directory.byIds(tx, [accountId])).get(accountId)).toEqual(entry);
    expect(await directory.ofCustomer(tx, customerId)).toEqual([entry]);
    expect(await directory.transformerIds(tx, accountId)).toEqual(new Map());
  });
});

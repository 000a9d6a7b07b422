import { connect, openDatabase, type DatabaseFixture } from '../support/database';

let db: DatabaseFixture;
let accountId: string;
beforeEach(async () => {
  db = await openDatabase();
  accountId = await account('1000000001');
});
afterEach(() => db.close());

const id = async (sql: string, params: unknown[] = []): Promise<string> => Object.values((await db.owner.query<Record<string, string>>(sql, params)).rows[0] ?? {})[0] ?? '';

async function customer(identity: string | null = null): Promise<string> {
  return id(
    `INSERT INTO customers (kind, name_enc, name_hash, name_masked, identity_kind, identity_enc, identity_hash, identity_masked)
     VALUES ('person', 'x', 'x', '王**', CASE WHEN $1::text IS NOT NULL THEN 'passport' END, $1::bytea, $1::bytea, $1) RETURNING customer_id`,
    [identity],
  );
}

async function account(accountNo: string, reference: string | null = null): Promise<string> {
  const premise = await id(`INSERT INTO premises (region_code, address_enc, address_masked) VALUES ('R', 'x', '****') RETURNING premise_id`);
  return id(
    `INSERT INTO accounts (account_no, customer_id, premise_id, region_code, opened_on, external_reference) VALUES ($1, $2, $3, 'R', '2025-01-01', $4) RETURNING account_id`,
    [accountNo, await customer(), premise, reference],
  );
}

const terms = (from: string, to: string | null): Promise<string> =>
  id(
    `INSERT INTO account_terms (account_id, valid_from, valid_to, category, voltage, price_book, plan_id, charge_method, power_factor_standard, recorded_by)
     VALUES ($1, $2, $3, 'residential', 'below-1kv', 'b', 'p', 'none', 'none', 1) RETURNING terms_id`,
    [accountId, from, to],
  );
const transformer = (): Promise<string> =>
  id(`INSERT INTO transformers (account_id, transformer_no, ownership, capacity_kva, recorded_by) VALUES ($1, 'T1', 'own', 400, 1) RETURNING transformer_id`, [accountId]);
const state = (transformerId: string, from: string): Promise<string> =>
  id(`INSERT INTO transformer_states (transformer_id, state, valid_from, recorded_by) VALUES ($1, 'running', $2, 1) RETURNING transformer_state_id`, [transformerId, from]);
const circuit = (): Promise<string> =>
  id(`INSERT INTO supply_circuits (account_id, supply_circuit_no, kind, voltage, valid_from, recorded_by) VALUES ($1, 'L1', 'main', '1-10kv', '2025-01-01', 1) RETURNING supply_circuit_id`, [accountId]);

/** The violation is refused with the guard, and goes through without it: the test can fail. */
async function guarded(violation: () => Promise<unknown>, constraint: string, dropGuard: string): Promise<void> {
  await expect(violation()).rejects.toMatchObject({ constraint });
  await db.owner.query(dropGuard);
  await expect(violation()).resolves.toBeDefined();
}

test('two terms of an account never hold on the same day', async () => {
  await terms('2025-01-01', null);
  await guarded(() => terms('2026-01-01', null), 'account_terms_no_overlap', 'ALTER TABLE account_terms DROP CONSTRAINT account_terms_no_overlap');
});

test('superseded terms do not stand in the way of their correction', async () => {
  const wrong = await terms('2025-01-01', null);
  await db.owner.query('UPDATE account_terms SET superseded_revision = next_input_revision() WHERE terms_id = $1', [wrong]);
  await expect(terms('2025-01-01', null)).resolves.toBeDefined();
});

test('two states of a transformer never hold on the same day', async () => {
  const transformerId = await transformer();
  await state(transformerId, '2025-01-01');
  await guarded(() => state(transformerId, '2026-01-01'), 'transformer_states_no_overlap', 'ALTER TABLE transformer_states DROP CONSTRAINT transformer_states_no_overlap');
});

test('a circuit has one set of figures on a day', async () => {
  await circuit();
  await guarded(circuit, 'supply_circuits_no_overlap', 'ALTER TABLE supply_circuits DROP CONSTRAINT supply_circuits_no_overlap');
});

test('an account has one transformer of a number', async () => {
  await transformer();
  await guarded(transformer, 'transformers_no_once', 'DROP INDEX transformers_no_once');
});

test.each(['account_terms', 'supply_circuits', 'transformers', 'transformer_states'])('a recorded row of %s is superseded, never changed or deleted', async (table) => {
  await terms('2025-01-01', null);
  await circuit();
  await state(await transformer(), '2025-01-01');
  await expect(db.owner.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ constraint: 'input_row_is_final' });
  await guarded(() => db.owner.query(`UPDATE ${table} SET recorded_by = 2`), 'input_row_is_final', `DROP TRIGGER ${table}_guard ON ${table}`);
});

test('an account number and an external reference belong to one account', async () => {
  await account('1000000002', 'OLD-1');
  await guarded(() => account('1000000003', 'OLD-1'), 'accounts_external_reference_once', 'ALTER TABLE accounts DROP CONSTRAINT accounts_external_reference_once');
  await guarded(() => account('1000000001'), 'accounts_account_no_once', 'ALTER TABLE accounts DROP CONSTRAINT accounts_account_no_once');
});

test('an identity document belongs to one customer', async () => {
  await customer('P1');
  await guarded(() => customer('P1'), 'customers_identity_once', 'DROP INDEX customers_identity_once');
});

test('a closed account is not changed again', async () => {
  const close = (day: string) =>
    db.owner.query(`UPDATE accounts SET closed_on = $2, closing_reason = 'r', closed_revision = next_input_revision() WHERE account_id = $1`, [accountId, day]);
  await close('2026-01-01');
  await guarded(() => close('2026-02-01'), 'accounts_closed_once', 'DROP TRIGGER accounts_guard ON accounts');
});

test.each(['accounts', 'account_terms', 'supply_circuits', 'transformers', 'transformer_states'])('a freeze waits for whoever is writing %s', async (table) => {
  await terms('2025-01-01', null);
  await circuit();
  await state(await transformer(), '2025-01-01');
  const touch: Record<string, string> = { accounts: `UPDATE accounts SET closing_reason = NULL WHERE false`, default: `UPDATE ${table} SET superseded_revision = NULL WHERE false` };
  const frozenWhileWriting = async (): Promise<boolean> => {
    const [writer, run] = [await connect(db.urls.owner), await connect(db.urls.owner)];
    try {
      await writer.query('BEGIN');
      await writer.query(touch[table] ?? touch['default'] ?? '');
      await run.query(`SET lock_timeout = '100ms'`);
      return await run.query('SELECT freeze_inputs()').then(() => true, () => false);
    } finally {
      await Promise.all([writer.end(), run.end()]);
    }
  };
  expect(await frozenWhileWriting()).toBe(false);
  await db.owner.query(`DROP TRIGGER ${table}_share_lock ON ${table}`);
  expect(await frozenWhileWriting()).toBe(true);
});

test('the application can neither rewrite nor delete what bills are made from', async () => {
  const denied = { code: '42501' };
  for (const table of ['accounts', 'account_terms', 'supply_circuits', 'transformers', 'transformer_states', 'account_import_refusals']) {
    await expect(db.app.query(`DELETE FROM ${table}`)).rejects.toMatchObject(denied);
  }
  await expect(db.app.query(`UPDATE accounts SET account_no = '1000000009'`)).rejects.toMatchObject(denied);
  await expect(db.app.query(`UPDATE account_terms SET plan_id = 'other'`)).rejects.toMatchObject(denied);
  await expect(db.app.query('DELETE FROM customers')).rejects.toMatchObject(denied);
});

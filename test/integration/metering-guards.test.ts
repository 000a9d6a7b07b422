import { connect, openDatabase, type DatabaseFixture } from '../support/database';

let db: DatabaseFixture;
let accountId: string;
beforeEach(async () => {
  db = await openDatabase();
  accountId = await account();
});
afterEach(() => db.close());

const id = async (sql: string, params: unknown[] = []): Promise<string> => Object.values((await db.owner.query<Record<string, string>>(sql, params)).rows[0] ?? {})[0] ?? '';

async function account(): Promise<string> {
  const customer = await id(`INSERT INTO customers (kind, name_enc, name_hash, name_masked) VALUES ('person', 'x', 'x', '王**') RETURNING customer_id`);
  const premise = await id(`INSERT INTO premises (region_code, address_enc, address_masked) VALUES ('R', 'x', '****') RETURNING premise_id`);
  return id(`INSERT INTO accounts (account_no, customer_id, premise_id, region_code, opened_on) VALUES ('1000000004', $1, $2, 'R', '2025-01-01') RETURNING account_id`, [customer, premise]);
}

const point = (no: string): Promise<string> => id('INSERT INTO usage_points (usage_point_no, account_id) VALUES ($1, $2) RETURNING usage_point_id', [no, accountId]);
const version = (pointId: string, from: string, changes: { kind?: string; ratio?: string | null } = {}): Promise<string> =>
  id(
    `INSERT INTO usage_point_versions (usage_point_id, valid_from, kind, role, time_of_use, metering_mode, fixed_ratio_percent, recorded_by)
     VALUES ($1, $2, $3, 'billing', false, 'low-low', $4, 1) RETURNING usage_point_version_id`,
    [pointId, from, changes.kind ?? 'metered', changes.ratio ?? null],
  );
const link = (child: string, parent: string, position = 1): Promise<string> =>
  id(
    `INSERT INTO usage_point_parents (child_usage_point_id, parent_usage_point_id, position, valid_from, recorded_by)
     VALUES ($1, $2, $3, '2025-01-01', 1) RETURNING parent_link_id`,
    [child, parent, position],
  );
const meter = (no: string): Promise<string> => id('INSERT INTO meters (asset_no, phases) VALUES ($1, 1) RETURNING meter_id', [no]);
const installation = (meterId: string, pointId: string): Promise<string> =>
  id('INSERT INTO meter_installations (meter_id, usage_point_id) VALUES ($1, $2) RETURNING installation_id', [meterId, pointId]);
async function place(meterId: string, pointId: string, from = '2025-01-01'): Promise<string> {
  return id(
    `INSERT INTO meter_installation_versions (installation_id, meter_id, usage_point_id, installed_on, pt_primary, pt_secondary, ct_primary, ct_secondary, recorded_by)
     VALUES ($1, $2, $3, $4, 1, 1, 1, 1, 1) RETURNING installation_version_id`,
    [await installation(meterId, pointId), meterId, pointId, from],
  );
}
const reading = (installationId: string, value = '5'): Promise<string> =>
  id(
    `INSERT INTO readings (installation_id, register, read_on, reading, kind, source, recorded_by)
     VALUES ($1, 'total', '2025-02-01', $2, 'periodic', 'manual', 1) RETURNING reading_id`,
    [installationId, value],
  );
async function route(code: string, from: string): Promise<string> {
  const routeId = await id(`INSERT INTO reading_routes (route_code, region_code, reading_day) VALUES ($1, 'R', 5) RETURNING route_id`, [code]);
  return id('INSERT INTO route_accounts (route_id, account_id, valid_from, recorded_by) VALUES ($1, $2, $3, 1) RETURNING route_account_id', [routeId, accountId, from]);
}

/** The violation is refused with the guard, and goes through without it: the test can fail. */
async function guarded(violation: () => Promise<unknown>, constraint: string, dropGuard: string): Promise<void> {
  await expect(violation()).rejects.toMatchObject({ constraint });
  await db.owner.query(dropGuard);
  await expect(violation()).resolves.toBeDefined();
}

test('a meter stands at one place at a time', async () => {
  const meterId = await meter('M-01');
  await place(meterId, await point('P-01'));
  const elsewhere = await point('P-02');
  await guarded(
    () => place(meterId, elsewhere, '2025-06-01'),
    'meter_installation_versions_one_place_at_a_time',
    'ALTER TABLE meter_installation_versions DROP CONSTRAINT meter_installation_versions_one_place_at_a_time',
  );
});

test('two versions of a usage point never hold on the same day', async () => {
  const pointId = await point('P-01');
  await version(pointId, '2025-01-01');
  await guarded(() => version(pointId, '2026-01-01'), 'usage_point_versions_no_overlap', 'ALTER TABLE usage_point_versions DROP CONSTRAINT usage_point_versions_no_overlap');
});

test('a ratio lies between 0 and 100 %', async () => {
  const pointId = await point('P-01');
  await guarded(
    () => version(pointId, '2025-01-01', { kind: 'fixed-ratio', ratio: '100.01' }),
    'usage_point_versions_ratio_in_range',
    'ALTER TABLE usage_point_versions DROP CONSTRAINT usage_point_versions_ratio_in_range',
  );
});

test('a sub-meter has at most two parents', async () => {
  const [child, first, second, third] = [await point('P-CH'), await point('P-A1'), await point('P-A2'), await point('P-A3')];
  await link(child, first, 1);
  await link(child, second, 2);
  await expect(link(child, third, 2)).rejects.toMatchObject({ constraint: 'usage_point_parents_one_per_position' });
  await guarded(() => link(child, third, 3), 'usage_point_parents_at_most_two', 'ALTER TABLE usage_point_parents DROP CONSTRAINT usage_point_parents_at_most_two');
});

test('the tree has no ring', async () => {
  const [top, middle, low] = [await point('P-TOP'), await point('P-MID'), await point('P-LOW')];
  await link(middle, top);
  await link(low, middle);
  await guarded(() => link(top, low), 'usage_point_parents_no_cycle', 'DROP TRIGGER usage_point_parents_tree ON usage_point_parents');
});

test('two writers cannot close a ring between them', async () => {
  const [one, other] = [await point('P-ONE'), await point('P-OTH')];
  const insert = `INSERT INTO usage_point_parents (child_usage_point_id, parent_usage_point_id, position, valid_from, recorded_by) VALUES ($1, $2, 1, '2025-01-01', 1)`;
  const [first, second] = [await connect(db.urls.app), await connect(db.urls.app)];
  try {
    await first.query('BEGIN');
    await first.query(insert, [one, other]);
    const waiting = second.query(insert, [other, one]).then(() => 'written', (error: unknown) => (error as { constraint?: string }).constraint);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await first.query('COMMIT');
    expect(await waiting).toBe('usage_point_parents_no_cycle');
  } finally {
    await first.end();
    await second.end();
  }
});

test('the tree has four levels at most', async () => {
  const points: string[] = [];
  for (const no of ['P-L1', 'P-L2', 'P-L3', 'P-L4', 'P-L5']) points.push(await point(no));
  const at = (level: number): string => points[level] ?? '';
  for (const level of [1, 2, 3]) await link(at(level), at(level - 1));
  await guarded(() => link(at(4), at(3)), 'usage_point_parents_four_levels', 'DROP TRIGGER usage_point_parents_tree ON usage_point_parents');
});

test('a dial has one live reading a day', async () => {
  const installationId = await installation(await meter('M-01'), await point('P-01'));
  await reading(installationId);
  await guarded(() => reading(installationId, '6'), 'readings_one_live', 'ALTER TABLE readings DROP CONSTRAINT readings_one_live');
});

test('an account is read on one route at a time', async () => {
  await route('R-01', '2025-01-01');
  await guarded(
    () => route('R-02', '2026-01-01'),
    'route_accounts_one_route_at_a_time',
    `ALTER TABLE route_accounts DROP CONSTRAINT route_accounts_one_route_at_a_time; DELETE FROM reading_routes WHERE route_code = 'R-02'`,
  );
});

test.each(['readings', 'usage_point_versions', 'meter_installation_versions', 'route_accounts'])('a recorded row of %s is neither changed nor deleted', async (table) => {
  const pointId = await point('P-01');
  const meterId = await meter('M-01');
  await version(pointId, '2025-01-01');
  await place(meterId, pointId);
  await reading((await db.owner.query<{ installation_id: string }>('SELECT installation_id FROM meter_installations')).rows[0]?.installation_id ?? '');
  await route('R-01', '2025-01-01');
  await guarded(
    () => db.owner.query(`UPDATE ${table} SET recorded_by = 2 RETURNING recorded_by`),
    'input_row_is_final',
    `DROP TRIGGER ${table}_guard ON ${table}`,
  );
  await expect(db.app.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
  await expect(db.app.query(`UPDATE ${table} SET recorded_by = 2`)).rejects.toMatchObject({ code: '42501' });
});

test.each(['readings', 'reading_findings', 'usage_point_versions', 'usage_point_parents', 'meter_installation_versions', 'route_accounts', 'energy_adjustments'])(
  'no row of %s is written while a run freezes its inputs',
  async (table) => {
    const [freezing, writer] = [await connect(db.urls.app), await connect(db.urls.app)];
    const write = () => writer.query(`UPDATE ${table} SET superseded_revision = 1 WHERE false`);
    try {
      await writer.query(`SET lock_timeout = '100ms'`);
      await freezing.query('BEGIN');
      await freezing.query('SELECT freeze_inputs()');
      await expect(write()).rejects.toMatchObject({ code: '55P03' });
      await db.owner.query(`DROP TRIGGER ${table}_share_lock ON ${table}`);
      await expect(write()).resolves.toBeDefined();
    } finally {
      await freezing.end();
      await writer.end();
    }
  },
);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCatalogue } from '../../scripts/catalogue/describe';
import { migrate, migrationStatus, revertLast } from '../../src/platform/database';
import { openDatabase, type DatabaseFixture } from '../support/database';
import { countRows, seedRows } from './seed';

const SNAPSHOT = join(__dirname, '../../migrations/catalogue.snapshot.txt');

describe('the migrations', () => {
  let fixture: DatabaseFixture;
  beforeEach(async () => {
    fixture = await openDatabase();
  });
  afterEach(() => fixture.close());

  async function catalogue(): Promise<string[]> {
    const client = await fixture.owner.connect();
    try {
      return (await describeCatalogue(client)).split('\n');
    } finally {
      client.release();
    }
  }

  it('lead to the catalogue that was reviewed (npm run catalogue writes it anew)', async () => {
    expect(await catalogue()).toEqual(readFileSync(SNAPSHOT, 'utf8').split('\n'));
  });

  it('can be taken back one deeper each time and applied again, while the tables below keep every row', async () => {
    const before = await catalogue();
    const steps = (await migrationStatus(fixture.urls.owner)).length;
    await seedRows(fixture.owner);
    const seeded = await countRows(fixture.owner);
    for (let depth = 1; depth <= steps; depth += 1) {
      await revertLast(fixture.urls.owner, depth);
      const remaining = await countRows(fixture.owner);
      expect(remaining).toEqual(new Map([...seeded].filter(([table]) => remaining.has(table))));
      await migrate(fixture.urls.owner);
      const again = await countRows(fixture.owner);
      expect(new Map([...again].filter(([table]) => remaining.has(table)))).toEqual(remaining);
    }
    expect(await catalogue()).toEqual(before);
    await seedRows(fixture.owner);
    // Every migration is taken back once for each one below it.
  }, 300_000);

  it('are applied once when several processes start together', async () => {
    await revertLast(fixture.urls.owner, 3);
    const applied = await Promise.all([migrate(fixture.urls.owner), migrate(fixture.urls.owner), migrate(fixture.urls.owner)]);
    expect(applied.map((names) => names.length).sort()).toEqual([0, 0, 3]);
  });

  it('leave nothing in the hands of the application: it owns no table, function or schema of the trade', async () => {
    const { rows } = await fixture.owner.query(`
      SELECT relname FROM pg_class WHERE relowner = 'wattledger_app'::regrole AND relnamespace = 'public'::regnamespace
      UNION ALL SELECT proname FROM pg_proc WHERE proowner = 'wattledger_app'::regrole AND pronamespace = 'public'::regnamespace
      UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = 'wattledger_app'::regrole`);
    expect(rows).toEqual([]);
    await expect(fixture.app.query('CREATE TABLE mine (id integer)')).rejects.toThrow('permission denied');
  });

  it('give readers no way to write', async () => {
    const { rows } = await fixture.owner.query(`
      SELECT table_name, privilege_type FROM information_schema.role_table_grants
      WHERE grantee = 'wattledger_reader' AND table_schema = 'public' AND privilege_type <> 'SELECT'`);
    expect(rows).toEqual([]);
  });
});

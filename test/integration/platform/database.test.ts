import { affectedRows, copyRows, savepoint } from '../../../src/platform/database';
import { openDatabase, type DatabaseFixture } from '../../support/database';

describe('the database service', () => {
  let fixture: DatabaseFixture;

  beforeAll(async () => {
    fixture = await openDatabase();
    await fixture.owner.query(`
      CREATE TABLE samples (sample_id integer PRIMARY KEY, amount numeric(18,2), read_on date, flag boolean, tags text[], payload jsonb,
                            secret bytea, taken_at timestamptz, label text)`);
  });
  afterAll(() => fixture.close());

  const columns = ['sample_id', 'amount', 'read_on', 'flag', 'tags', 'payload', 'secret', 'taken_at', 'label'];

  it('copies rows of every kind of value and reads the same values back', async () => {
    const awkward = 'tab\t, backslash \\, line\n, return\r, quote " and 电费 \\N';
    const row = [1, '12345678901234.56', '2026-02-28', true, ['a,b', 'c"d\\', null, awkward], { note: awkward }, Buffer.from([0, 92, 255]), new Date('2026-03-01T00:00:00Z'), awkward];
    await fixture.database.transaction((tx) => copyRows(tx, 'samples', columns, [row]));
    const [read] = await fixture.database.query('SELECT * FROM samples WHERE sample_id = 1');
    expect(columns.map((column) => read?.[column])).toEqual(row);
  });

  it('asks a generator for its rows and answers how many it copied', async () => {
    function* rows(): Generator<unknown[]> {
      for (let id = 1_000; id < 21_000; id += 1) yield [id, '1.00', null, null, null, null, null, null, 'x'.repeat(50)];
    }
    expect(await fixture.database.transaction((tx) => copyRows(tx, 'samples', columns, rows()))).toBe(20_000);
  });

  it('leaves nothing of a copy whose transaction fails, nor of one whose rows are refused', async () => {
    const counted = async (): Promise<unknown> => (await fixture.database.query('SELECT count(*) AS n FROM samples'))[0]?.n;
    const before = await counted();
    const failing = fixture.database.transaction(async (tx) => {
      await copyRows(tx, 'samples', ['sample_id'], [[50_000]]);
      throw new Error('the use case changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    const duplicate = fixture.database.transaction((tx) => copyRows(tx, 'samples', ['sample_id'], [[60_000], [60_000]]));
    await expect(duplicate).rejects.toMatchObject({ code: '23505', constraint: 'samples_pkey' });
    const interrupted = fixture.database.transaction((tx) => copyRows(tx, 'samples', ['sample_id'], brokenRows()));
    await expect(interrupted).rejects.toThrow('the source of the rows broke');
    expect(await counted()).toBe(before);
  });

  it('answers the rows of an update with a returning clause like those of a query', async () => {
    const rows = await fixture.database.transaction(async (tx) => {
      expect(await affectedRows(tx, `UPDATE samples SET label = 'y' WHERE sample_id < $1`, [1_010])).toBe(11);
      return tx.query<{ sample_id: number }[]>(`UPDATE samples SET amount = 2 WHERE sample_id = $1 RETURNING sample_id, amount`, [1_000]);
    });
    expect(rows).toEqual([{ sample_id: 1_000, amount: '2.00' }]);
  });

  it('goes on with a transaction after a step that failed under a savepoint', async () => {
    await fixture.database.transaction(async (tx) => {
      await expect(savepoint(tx, () => tx.query('SELECT 1/0'))).rejects.toThrow('division by zero');
      await tx.query(`UPDATE samples SET label = 'after' WHERE sample_id = 1001`);
    });
    expect(await fixture.database.query('SELECT label FROM samples WHERE sample_id = 1001')).toEqual([{ label: 'after' }]);
  });

  function* brokenRows(): Generator<unknown[]> {
    yield [70_000];
    throw new Error('the source of the rows broke');
  }
});

import { allConstraintErrors } from '../../../src/platform/errors';
import { openDatabase, type DatabaseFixture } from '../../support/database';
import { shapeOfApp } from '../../support/shape';

describe('the constraints that error codes are claimed for', () => {
  let db: DatabaseFixture;

  beforeAll(async () => {
    await shapeOfApp();
    db = await openDatabase();
  });
  afterAll(() => db.close());

  test('all exist in the database: as a constraint, as a unique index, or as a trigger or function that raises it', async () => {
    const { rows } = await db.owner.query<{ name: string }>(`
      SELECT conname AS name FROM pg_constraint
      UNION SELECT relname FROM pg_class WHERE relkind IN ('i', 'I')
      UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
      UNION SELECT (regexp_matches(prosrc, '(?:constraint =|then|else) ''([a-z0-9_]+)''', 'gi'))[1] FROM pg_proc WHERE pronamespace = 'public'::regnamespace`);
    const known = new Set(rows.map(({ name }) => name));
    expect([...allConstraintErrors().keys()].filter((name) => !known.has(name))).toEqual([]);
  });
});

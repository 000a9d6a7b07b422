import { openDatabase, type DatabaseFixture } from '../support/database';

let db: DatabaseFixture;
beforeEach(async () => {
  db = await openDatabase();
});
afterEach(() => db.close());

const HASH = (letter: string): string => letter.repeat(64);
const draft = (priceBook: string, hash: string, from = '2026-01-01', to: string | null = null) =>
  db.owner.query<{ id: string }>(
    `INSERT INTO tariff_versions (price_book, version, region_code, valid_from, valid_to, content_hash, document, created_by)
     VALUES ($1, $2, 'R', $3, $4, $2, '{"title":{"en":"t","zh":"t"}}', 1) RETURNING tariff_version_id AS id`,
    [priceBook, hash, from, to],
  ).then(({ rows }) => rows[0]?.id ?? '');
const publish = (id: string, by = 2) =>
  db.owner.query(`UPDATE tariff_versions SET state = 'published', published_by = $2, published_at = now() WHERE tariff_version_id = $1`, [id, by]);
const takeIntoForce = (id: string) =>
  db.owner.query(
    `INSERT INTO tariff_validities (tariff_version_id, price_book, valid_from, valid_to)
     SELECT tariff_version_id, price_book, valid_from, valid_to FROM tariff_versions WHERE tariff_version_id = $1`,
    [id],
  );

/** The violation is refused with the guard, and goes through in a copy without it: the test can fail. */
async function guarded(violation: () => Promise<unknown>, constraint: string, dropGuard: string): Promise<void> {
  await expect(violation()).rejects.toMatchObject({ constraint });
  await db.owner.query(dropGuard);
  await expect(violation()).resolves.toBeDefined();
}

test('two versions of a price book are never in force on the same day', async () => {
  await takeIntoForce(await draft('book', HASH('a')));
  const second = await draft('book', HASH('b'), '2026-05-01');
  await guarded(() => takeIntoForce(second), 'tariff_validities_no_overlap', 'ALTER TABLE tariff_validities DROP CONSTRAINT tariff_validities_no_overlap');
});

test('a published document never changes', async () => {
  const id = await draft('book', HASH('a'));
  await publish(id);
  const change = () => db.owner.query(`UPDATE tariff_versions SET document = '{}' WHERE tariff_version_id = $1`, [id]);
  await guarded(change, 'tariff_versions_immutable', 'DROP TRIGGER tariff_versions_guard ON tariff_versions');
});

test('the document of a draft does not change either, and nothing is deleted', async () => {
  const id = await draft('book', HASH('a'));
  await expect(db.owner.query(`UPDATE tariff_versions SET document = '{}' WHERE tariff_version_id = $1`, [id])).rejects.toMatchObject({ constraint: 'tariff_versions_immutable' });
  await expect(db.owner.query('DELETE FROM tariff_versions')).rejects.toMatchObject({ constraint: 'tariff_versions_immutable' });
});

test('who recorded a version does not publish it', async () => {
  const id = await draft('book', HASH('a'));
  await guarded(() => publish(id, 1), 'tariff_versions_second_person', 'ALTER TABLE tariff_versions DROP CONSTRAINT tariff_versions_second_person');
});

test('the same content is recorded once', async () => {
  await draft('one', HASH('a'));
  const again = () =>
    db.owner.query(
      `INSERT INTO tariff_versions (price_book, version, region_code, valid_from, content_hash, document, created_by)
       VALUES ('two', 'v', 'R', '2026-01-01', $1, '{}', 1)`,
      [HASH('a')],
    );
  await guarded(again, 'tariff_versions_content_once', 'DROP INDEX tariff_versions_content_once');
});

test('the application can neither rewrite a document nor delete a version or a validity', async () => {
  const denied = { code: '42501' };
  await expect(db.app.query(`UPDATE tariff_versions SET document = '{}'`)).rejects.toMatchObject(denied);
  await expect(db.app.query('DELETE FROM tariff_versions')).rejects.toMatchObject(denied);
  await expect(db.app.query(`UPDATE tariff_validities SET valid_to = '2030-01-01'`)).rejects.toMatchObject(denied);
});

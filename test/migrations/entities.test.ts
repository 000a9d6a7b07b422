import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../support/app';

interface Column {
  table_name: string;
  column_name: string;
  type: string;
  nullable: boolean;
}

describe('the entities', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('have the columns of their tables: by name, type and obligation', async () => {
    const { rows } = await app.db.query<Column>(`
      SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS nullable
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped`);
    const catalogue = new Map(rows.map((row) => [`${row.table_name}.${row.column_name}`, row]));
    const source = app.get(DataSource);
    const differences = source.entityMetadatas.flatMap((entity) =>
      entity.columns.flatMap((column) => {
        const name = `${entity.tableName}.${column.databaseName}`;
        const found = catalogue.get(name);
        if (!found) return [`${name} is in the entity ${entity.name} and not in the table`];
        const type = `${source.driver.normalizeType(column)}${column.isArray ? '[]' : ''}`;
        return [
          ...(type === found.type ? [] : [`${name} is ${type} in the entity and ${found.type} in the table`]),
          ...(column.isNullable === found.nullable ? [] : [`${name} is ${column.isNullable ? '' : 'not '}nullable in the entity only`]),
        ];
      }),
    );
    expect(differences).toEqual([]);
  });
});

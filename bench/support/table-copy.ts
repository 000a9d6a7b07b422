import { join } from 'node:path';
import { COPY_SCHEMA, type CopiedRows, exportRows, loadRows, withCopies } from './copied-rows';
import { secondsOf } from './timing';

export interface TableCopy {
  readonly rows: Readonly<Record<string, number>>;
  readonly megabytes: number;
  readonly seconds: number;
}

/**
 * How long these very rows take by COPY alone over one connection: they are written to files first, and then, in one
 * transaction, into empty tables with the same columns, constraints and indexes.
 */
export async function measureTableCopy(ownerUrl: string, copied: readonly Omit<CopiedRows, 'file'>[]): Promise<TableCopy> {
  return withCopies(ownerUrl, 1, async ([client], folder) => {
    const files = copied.map((each) => ({ ...each, file: join(folder, each.table) }));
    const rows: Record<string, number> = {};
    let bytes = 0;
    for (const each of files) {
      const exported = await exportRows(client, each);
      rows[each.table] = exported.rows;
      bytes += exported.bytes;
      await client.query(`create table ${COPY_SCHEMA}.${each.table} (like public.${each.table} including all)`);
    }
    return { rows, megabytes: Math.round(bytes / 1e6), seconds: await secondsOf(() => loadRows(client, files)) };
  });
}

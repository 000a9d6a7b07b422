import type { Tx } from '../../../platform/database';

/** A table of versions with `[valid_from, valid_to)` and revisions, of which one at most holds on a day for a key. */
export interface DatedTable {
  readonly table: string;
  readonly key: readonly string[];
  readonly values: readonly string[];
}

/** A version as the database answers it. */
export type DatedRow = Readonly<Record<string, unknown>> & { readonly valid_from: string; readonly valid_to: string | null };

/** Who records a version and why. */
export interface RecordedBy {
  readonly userId: string;
  readonly reason: string | null;
}

function keyCondition(dated: DatedTable): string {
  return dated.key.map((column, index) => `${column} = $${String(index + 1)}`).join(' AND ');
}

/** Takes a new version into force from its first day to its end; the database refuses an overlap. */
export async function insertVersion(
  tx: Tx,
  dated: DatedTable,
  version: { key: readonly unknown[]; values: readonly unknown[]; from: string; to: string | null },
  by: RecordedBy,
): Promise<void> {
  const columns = [...dated.key, ...dated.values, 'valid_from', 'valid_to', 'reason', 'recorded_by'];
  const places = columns.map((_, index) => `$${String(index + 1)}`).join(', ');
  await tx.query(`INSERT INTO ${dated.table} (${columns.join(', ')}) VALUES (${places})`, [
    ...version.key, ...version.values, version.from, version.to, by.reason, by.userId,
  ]);
}

/** The version in force on a day, or undefined. */
export async function versionOn(tx: Tx, dated: DatedTable, key: readonly unknown[], day: string): Promise<DatedRow | undefined> {
  const place = `$${String(key.length + 1)}::date`;
  const rows = await tx.query<DatedRow[]>(
    `SELECT * FROM ${dated.table} WHERE ${keyCondition(dated)} AND superseded_revision IS NULL
       AND valid_from <= ${place} AND (valid_to IS NULL OR valid_to > ${place})`,
    [...key, day],
  );
  return rows[0];
}

/** The first day on which any version of the key is in force, or null. */
export async function firstDay(tx: Tx, dated: DatedTable, key: readonly unknown[]): Promise<string | null> {
  const rows = await tx.query<{ first: string | null }[]>(
    `SELECT min(valid_from) AS first FROM ${dated.table} WHERE ${keyCondition(dated)} AND superseded_revision IS NULL`,
    [...key],
  );
  return rows[0]?.first ?? null;
}

/**
 * Splits the version in force on a day: what it said holds up to that day, the new values from that day to its end.
 * Without new values nothing holds from that day on (later versions stay).
 */
export async function splitVersion(
  tx: Tx,
  dated: DatedTable,
  change: { key: readonly unknown[]; inForce: DatedRow; day: string; values: readonly unknown[] | null },
  by: RecordedBy,
): Promise<void> {
  const { key, inForce, day, values } = change;
  await tx.query(
    `UPDATE ${dated.table} SET superseded_revision = next_input_revision()
     WHERE ${keyCondition(dated)} AND superseded_revision IS NULL AND valid_from = $${String(key.length + 1)}`,
    [...key, inForce.valid_from],
  );
  if (inForce.valid_from < day) {
    const kept = { key, values: dated.values.map((column) => stored(inForce[column])), from: inForce.valid_from, to: day };
    await insertVersion(tx, dated, kept, { userId: by.userId, reason: (inForce['reason'] as string | null) ?? null });
  }
  if (values !== null) await insertVersion(tx, dated, { key, values, from: day, to: inForce.valid_to }, by);
}

/**
 * Ends every version of an account on a day: those that hold then are cut, later ones are taken back.
 * `owner` narrows to the account's rows with the account as $1.
 */
export async function endVersions(tx: Tx, dated: DatedTable, owner: string, accountId: string, day: string, by: RecordedBy): Promise<void> {
  const columns = [...dated.key, ...dated.values].join(', ');
  await tx.query(
    `WITH ended AS (
       UPDATE ${dated.table} SET superseded_revision = next_input_revision()
       WHERE ${owner} AND superseded_revision IS NULL AND (valid_to IS NULL OR valid_to > $2) RETURNING *)
     INSERT INTO ${dated.table} (${columns}, valid_from, valid_to, reason, recorded_by)
     SELECT ${columns}, valid_from, $2::date, $3, $4 FROM ended WHERE valid_from < $2::date`,
    [accountId, day, by.reason, by.userId],
  );
}

/** Objects go back into the database as JSON text, everything else as it came. */
function stored(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? JSON.stringify(value) : (value ?? null);
}

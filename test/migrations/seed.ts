import type { Pool } from 'pg';

/**
 * A few rows of every area, as the owner writes them: what must still be there when a later migration
 * is taken back and applied again.
 */
const ROWS: readonly string[] = [
  `INSERT INTO users (name, roles) VALUES ('anna', '{operator}'), ('bo', '{supervisor}')`,
  `INSERT INTO access_tokens (user_id, token_hash, expires_at) SELECT user_id, sha256(name::bytea), now() + interval '1 day' FROM users`,
  `INSERT INTO approvals (subject_type, subject_id, action, requested_by, approved_by)
   SELECT 'tariff', '1', 'publish', a.user_id, b.user_id FROM users a, users b WHERE a.name = 'anna' AND b.name = 'bo'`,
  `INSERT INTO audit_events (action, subject_type, subject_id) VALUES ('customers.account.open', 'account', '1')`,
  `INSERT INTO outbox_events (topic, payload) VALUES ('bill.released', '{"period": "2026-03"}')`,
  `INSERT INTO outbox_deliveries (event_id, subscriber) SELECT event_id, 'Ledger.open' FROM outbox_events`,
  `INSERT INTO customers (kind, name_enc, name_hash, name_masked) VALUES ('person', '\\x00', sha256('王'), '王*')`,
  `INSERT INTO premises (region_code, address_enc, address_masked) VALUES ('GX', '\\x00', '南宁市***')`,
  `INSERT INTO accounts (account_no, customer_id, premise_id, region_code, opened_on)
   SELECT '4500000001', customer_id, premise_id, 'GX', '2026-01-01' FROM customers, premises`,
  `INSERT INTO meters (asset_no, phases) VALUES ('0000000001', 1)`,
  `INSERT INTO meter_registers (meter_id, register, dial_digits, decimals) SELECT meter_id, 'total', 6, 2 FROM meters`,
  `INSERT INTO usage_points (usage_point_no, account_id) SELECT '0000000001', account_id FROM accounts`,
  `INSERT INTO meter_installations (meter_id, usage_point_id) SELECT meter_id, usage_point_id FROM meters, usage_points`,
  `INSERT INTO readings (installation_id, register, read_on, reading, kind, source, recorded_by)
   SELECT installation_id, 'total', '2026-01-01', 0, 'initial', 'manual', user_id FROM meter_installations, users WHERE users.name = 'anna'`,
  `SELECT ensure_period_partitions('2026-03')`,
];

/** Writes the rows; a table that got a new obligation shows here first. */
export async function seedRows(owner: Pool): Promise<void> {
  for (const row of ROWS) {
    try {
      await owner.query(row);
    } catch (error) {
      throw new Error(`the seed needs care: ${error instanceof Error ? error.message : String(error)}\n${row}`, { cause: error });
    }
  }
}

/** How many rows each table has, without the migrations' own. */
export async function countRows(owner: Pool): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ name: string; count: string }>(`
    SELECT c.relname AS name,
      (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM public.%I', c.relname), false, true, '')))[1]::text AS count
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> 'schema_migrations' ORDER BY 1`);
  return new Map(rows.map(({ name, count }) => [name, Number(count)]));
}

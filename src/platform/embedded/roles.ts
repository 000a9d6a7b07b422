import { Client } from 'pg';
import { databaseUrl } from './cluster';

/** The passwords of the database roles; generated once and kept with the data. */
export interface RolePasswords {
  owner: string;
  app: string;
  reader: string;
}

export interface DatabaseUrls {
  owner: string;
  app: string;
  reader: string;
}

/** Creates the three roles where they are missing: the owner of the schema, the application, and readers. */
export async function createRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const existing = await client.query<{ rolname: string }>(`SELECT rolname FROM pg_roles WHERE rolname LIKE 'wattledger%'`);
    const known = new Set(existing.rows.map((row) => row.rolname));
    for (const [role, password] of Object.entries(passwords)) {
      const name = `wattledger_${role}`;
      if (!known.has(name)) await client.query(`CREATE ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(String(password))}`);
    }
  });
}

/** Creates an empty database that belongs to the owner's role, where it is missing. Answers whether it was. */
export async function createDatabase(adminUrl: string, database: string, template = 'template0'): Promise<boolean> {
  return asAdmin(adminUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount !== 0) return false;
    const name = client.escapeIdentifier(database);
    await client.query(`CREATE DATABASE ${name} OWNER wattledger_owner TEMPLATE ${client.escapeIdentifier(template)}`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO wattledger_app, wattledger_reader`);
    // The queue adds many jobs at once by way of temporary tables.
    await client.query(`GRANT TEMPORARY ON DATABASE ${name} TO wattledger_app`);
    return true;
  });
}

/** Removes a database, whoever is connected to it. */
export async function dropDatabase(adminUrl: string, database: string): Promise<void> {
  await asAdmin(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`));
}

/** The addresses under which the three roles reach a database. */
export function roleUrls(port: number, passwords: RolePasswords, database: string): DatabaseUrls {
  return {
    owner: databaseUrl('wattledger_owner', passwords.owner, port, database),
    app: databaseUrl('wattledger_app', passwords.app, port, database),
    reader: databaseUrl('wattledger_reader', passwords.reader, port, database),
  };
}

/** The same server and role, another database. */
export function otherDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function asAdmin<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Two commands that start together must not both find a role or a database missing.
    await client.query('SELECT pg_advisory_lock(7003)');
    return await work(client);
  } finally {
    await client.end();
  }
}

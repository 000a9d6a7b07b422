import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, loadConfig, processEnvironment, type Config } from '../config';
import { migrate } from '../database';
import { onShutdown } from '../lifecycle';
import { joinCompanyCluster } from './company-cluster';
import { createDatabase, createRoles, dropDatabase, roleUrls } from './roles';

const DATABASE = 'wattledger';
const DATABASE_NAME = /^[a-z][a-z0-9_]{0,62}$/;

export interface EnvironmentOptions {
  /** A database of the embedded server that is emptied first; a real server is never emptied. */
  readonly freshDatabase?: string;
}

export interface Environment {
  config: Config;
  /** True where the embedded server is used. */
  embedded: boolean;
  /** The superuser's address of the embedded server, for the demo that starts afresh; undefined for a real server. */
  adminUrl: string | undefined;
}

/**
 * The configuration that a command works with. Where the environment names a database, that is all; else the embedded
 * server is started or joined, its roles, database and keys are made where they are missing, the schema is brought up
 * to date, and the server is signed off when the process ends. `defaults` are settings of the command's own choice.
 * EMBEDDED_DATABASE names another database of the embedded server.
 */
export async function openEnvironment(defaults: Readonly<Record<string, string>> = {}, { freshDatabase }: EnvironmentOptions = {}): Promise<Environment> {
  const env = { ...defaults, ...processEnvironment() };
  if (env.DATABASE_URL !== undefined && env.DATABASE_URL !== '') {
    if (freshDatabase !== undefined) throw new ConfigError(['DATABASE_URL is set, and this command empties its database: it works on the embedded server only']);
    return { config: loadConfig(env), embedded: false, adminUrl: undefined };
  }
  const { keys, port, adminUrl, release } = joinCompanyCluster(projectFolder());
  onShutdown('embedded database', release);
  const database = freshDatabase ?? env.EMBEDDED_DATABASE ?? DATABASE;
  if (!DATABASE_NAME.test(database)) throw new ConfigError(['EMBEDDED_DATABASE must be a lower-case name']);
  const urls = roleUrls(port, keys.passwords, database);
  const config = loadConfig({
    DATA_KEY: keys.dataKey,
    DATA_HASH_KEY: keys.dataHashKey,
    SANDBOX_CLOCK: '1',
    ...env,
    DATABASE_URL: urls.app,
    DATABASE_OWNER_URL: urls.owner,
  });
  await createRoles(adminUrl, keys.passwords);
  if (freshDatabase !== undefined) await dropDatabase(adminUrl, database);
  await createDatabase(adminUrl, database);
  await migrate(urls.owner);
  return { config, embedded: true, adminUrl };
}

/** The folder of the project, whether the sources run or what was built of them. */
function projectFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadConfig, processEnvironment, type Config } from '../config';
import { migrate } from '../database';
import { onShutdown } from '../lifecycle';
import { joinCompanyCluster } from './company-cluster';
import { createDatabase, createRoles, roleUrls } from './roles';

const DATABASE = 'wattledger';

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
 */
export async function openEnvironment(defaults: Readonly<Record<string, string>> = {}): Promise<Environment> {
  const env = { ...defaults, ...processEnvironment() };
  if (env.DATABASE_URL !== undefined && env.DATABASE_URL !== '') {
    return { config: loadConfig(env), embedded: false, adminUrl: undefined };
  }
  const { keys, port, adminUrl, release } = joinCompanyCluster(projectFolder());
  onShutdown('embedded database', release);
  const urls = roleUrls(port, keys.passwords, DATABASE);
  const config = loadConfig({
    DATA_KEY: keys.dataKey,
    DATA_HASH_KEY: keys.dataHashKey,
    SANDBOX_CLOCK: '1',
    ...env,
    DATABASE_URL: urls.app,
    DATABASE_OWNER_URL: urls.owner,
  });
  await createRoles(adminUrl, keys.passwords);
  await createDatabase(adminUrl, DATABASE);
  await migrate(urls.owner);
  return { config, embedded: true, adminUrl };
}

/** The folder of the project, whether the sources run or what was built of them. */
function projectFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

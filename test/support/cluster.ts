import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../src/platform/database';
import { EmbeddedCluster, createDatabase, createRoles, prepareBinaries, roleUrls, serviceUser, type RolePasswords } from '../../src/platform/embedded';
import { isAlive } from '../../src/platform/embedded/files';

/** What the tests need to know of the cluster; it travels from the global set-up to the test processes as JSON. */
export interface TestCluster {
  adminUrl: string;
  port: number;
  passwords: RolePasswords;
}

/** The migrated database that every test's own database is cloned from. */
export const TEMPLATE_DATABASE = 'wattledger_template';

const PREFIX = 'wattledger-test-';
const VARIABLE = 'WATTLEDGER_TEST_CLUSTER';

export interface StartedTestCluster extends TestCluster {
  stop(): void;
}

/** Starts a disposable cluster in a folder of its own, and migrates the template database. */
export async function startTestCluster(): Promise<StartedTestCluster> {
  removeAbandoned();
  const user = serviceUser();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${String(process.pid)}-`));
  const cluster = new EmbeddedCluster({
    folder,
    binaries: prepareBinaries(user, folder),
    user,
    adminPassword: secret(),
    durability: 'disposable',
  });
  const stop = (): void => {
    cluster.stop('immediate');
    cluster.remove();
  };
  try {
    const { adminUrl, port } = cluster.start();
    const passwords = { owner: secret(), app: secret(), reader: secret() };
    await createRoles(adminUrl, passwords);
    await createDatabase(adminUrl, TEMPLATE_DATABASE);
    await migrate(roleUrls(port, passwords, TEMPLATE_DATABASE).owner);
    return { adminUrl, port, passwords, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** Lets the test processes find the cluster. */
export function announce({ adminUrl, port, passwords }: TestCluster): void {
  process.env[VARIABLE] = JSON.stringify({ adminUrl, port, passwords });
}

/** The cluster that the global set-up started. */
export function testCluster(): TestCluster {
  const announced = process.env[VARIABLE];
  if (announced === undefined) throw new Error('There is no test cluster: tests with a database belong into test/integration, test/scenarios, test/faults or test/migrations.');
  return JSON.parse(announced) as TestCluster;
}

function secret(): string {
  return randomBytes(18).toString('base64url');
}

/** A test run that was killed leaves its server behind; the next one clears it away. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    if (isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    try {
      const user = serviceUser();
      const cluster = new EmbeddedCluster({ folder, binaries: prepareBinaries(user, folder), user, adminPassword: '', durability: 'disposable' });
      cluster.stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's folder: not ours to clear.
    }
  }
}

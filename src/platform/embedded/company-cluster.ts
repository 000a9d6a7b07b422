import { createHash, randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareBinaries } from './binaries';
import { EmbeddedCluster, type RunningCluster } from './cluster';
import { handOver, isAlive, readText, withFileLock } from './files';
import type { RolePasswords } from './roles';
import { serviceUser, type ServiceUser } from './service-user';

/** The secrets of the embedded default: made once, kept in the project's private folder. */
export interface EmbeddedKeys {
  adminPassword: string;
  passwords: RolePasswords;
  dataKey: string;
  dataHashKey: string;
}

export interface EmbeddedHandle extends RunningCluster {
  keys: EmbeddedKeys;
  /** Signs off; the last command that uses the server stops it. Safe to call twice, and at exit. */
  release: () => void;
}

/**
 * Starts the project's embedded server or joins the running one. Commands that use it sign in with their process id
 * below `.wattledger/users`; whoever signs off last stops the server. One that was killed is known by its dead id.
 */
export function joinCompanyCluster(projectFolder: string): EmbeddedHandle {
  const home = join(projectFolder, '.wattledger');
  mkdirSync(join(home, 'users'), { recursive: true });
  const lock = join(home, 'lock');
  return withFileLock(lock, () => {
    const keys = loadKeys(home);
    const user = serviceUser();
    const folder = serverFolder(home, user);
    const cluster = new EmbeddedCluster({
      folder,
      user,
      binaries: prepareBinaries(user, folder),
      adminPassword: keys.adminPassword,
      durability: 'durable',
    });
    const running = cluster.start();
    const signIn = join(home, 'users', String(process.pid));
    writeFileSync(signIn, new Date().toISOString());
    return { ...running, keys, release: () => { signOff(lock, signIn, cluster); } };
  });
}

function signOff(lock: string, signIn: string, cluster: EmbeddedCluster): void {
  if (!existsSync(signIn)) return;
  withFileLock(lock, () => {
    rmSync(signIn, { force: true });
    const users = join(signIn, '..');
    for (const name of readdirSync(users)) {
      if (isAlive(Number(name))) return;
      rmSync(join(users, name), { force: true });
    }
    cluster.stop();
  });
}

function loadKeys(home: string): EmbeddedKeys {
  const file = join(home, 'keys.json');
  const stored = readText(file);
  if (stored !== undefined) return JSON.parse(stored) as EmbeddedKeys;
  const secret = (): string => randomBytes(24).toString('base64url');
  const keys: EmbeddedKeys = {
    adminPassword: secret(),
    passwords: { owner: secret(), app: secret(), reader: secret() },
    dataKey: randomBytes(32).toString('hex'),
    dataHashKey: randomBytes(32).toString('hex'),
  };
  writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600, flag: 'wx' });
  return keys;
}

/**
 * Where the server's data lies: in the project's ignored folder. As root the service user must be able to reach it;
 * below a folder that only root may enter it lies in a private folder of the system instead, named after the project.
 */
function serverFolder(home: string, user: ServiceUser | undefined): string {
  const inPlace = join(home, 'postgres');
  mkdirSync(inPlace, { recursive: true });
  if (!user) return inPlace;
  handOver(inPlace, user);
  if (canEnter(inPlace, user)) return inPlace;
  rmSync(inPlace, { recursive: true });
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const folder = join('/var/lib/wattledger', name);
  mkdirSync(folder, { recursive: true });
  chmodSync('/var/lib/wattledger', 0o711);
  handOver(folder, user);
  if (!canEnter(folder, user)) throw new Error(`"${user.name}", who runs PostgreSQL for root, can enter neither ${home} nor ${folder}: open one of them, or set DATABASE_URL.`);
  writeFileSync(join(home, 'data-folder'), `${folder}\n`);
  return folder;
}

function canEnter(folder: string, user: ServiceUser): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { cwd: '/', uid: user.uid, gid: user.gid, stdio: 'ignore' }).status === 0;
}

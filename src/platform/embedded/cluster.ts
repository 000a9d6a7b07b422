import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import { handOver, isAlive, pause, readText } from './files';
import { freePort } from './ports';
import { serverSettings, type Durability } from './settings';
import type { ServiceUser } from './service-user';

const START_SECONDS = 60;

export interface ClusterOptions {
  /** Folder that holds the data folder and the log; it belongs to the service user. */
  folder: string;
  binaries: Binaries;
  user: ServiceUser | undefined;
  adminPassword: string;
  durability: Durability;
}

export interface RunningCluster {
  port: number;
  adminUrl: string;
  /** True where this call initialised the data folder. */
  fresh: boolean;
}

/** One PostgreSQL server on a loopback port with its data in one folder. Callers serialise start and stop by a lock. */
export class EmbeddedCluster {
  private readonly data: string;

  constructor(private readonly options: ClusterOptions) {
    this.data = join(options.folder, 'data');
  }

  /** Attaches to the running server, or starts it; initialises the data folder when there is none for this password. */
  start(): RunningCluster {
    const fresh = !this.isInitialised();
    if (fresh) this.initialise();
    const running = fresh ? undefined : this.runningPort();
    const port = running ?? this.launch();
    return { port, fresh, adminUrl: databaseUrl('postgres', this.options.adminPassword, port, 'postgres') };
  }

  /** Stops the server and waits for it: connections are closed, transactions rolled back, the data is left consistent. */
  stop(mode: 'fast' | 'immediate' = 'fast'): void {
    if (this.serverPid() === undefined) return;
    try {
      this.options.binaries.run('pg_ctl', ['stop', '-D', this.data, '-m', mode, '-w', '-t', '60'], this.options.folder);
    } catch (error) {
      if (this.serverPid() !== undefined) throw error;
    }
  }

  /** Removes the server's folder. The server must be stopped. */
  remove(): void {
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  private launch(): number {
    this.removeDeadPidFile();
    const port = freePort(this.options.folder);
    const log = join(this.options.folder, 'server.log');
    const options = `-p ${String(port)}`;
    try {
      this.options.binaries.run(
        'pg_ctl',
        ['start', '-D', this.data, '-l', log, '-o', options, '-w', '-t', String(START_SECONDS)],
        this.options.folder,
      );
    } catch {
      throw new Error(`PostgreSQL did not start. The end of its log ${log}:\n${(readText(log) ?? '').slice(-2_000)}`);
    }
    return port;
  }

  private runningPort(): number | undefined {
    for (let waited = 0; waited < START_SECONDS * 1_000; waited += 100) {
      if (this.serverPid() === undefined) return undefined;
      const lines = (readText(join(this.data, 'postmaster.pid')) ?? '').split('\n');
      if (lines[7]?.trim() === 'ready') return Number(lines[3]);
      pause(100);
    }
    throw new Error('The embedded PostgreSQL is running but does not get ready.');
  }

  /** The server's process where it runs: the pid file alone proves nothing after a crash. */
  private serverPid(): number | undefined {
    const pid = Number((readText(join(this.data, 'postmaster.pid')) ?? '').split('\n')[0]);
    return pid > 0 && isAlive(pid) && isPostgres(pid) ? pid : undefined;
  }

  /**
   * The server takes any live process with the number in the file for another server: a dead one that nobody has
   * buried yet, or a stranger that got its number. Where no process works in the data folder, the file says nothing.
   */
  private removeDeadPidFile(): void {
    const file = join(this.data, 'postmaster.pid');
    if (!existsSync(file) || !existsSync('/proc/self')) return;
    for (let waited = 0; isWorkedIn(this.data); waited += 100) {
      if (waited > START_SECONDS * 1_000) return;
      pause(100);
    }
    rmSync(file, { force: true });
  }

  private isInitialised(): boolean {
    return readText(join(this.options.folder, 'initialised')) === this.fingerprint();
  }

  private fingerprint(): string {
    return createHash('sha256').update(`1:${this.options.adminPassword}`).digest('hex');
  }

  /** initdb into a side folder that takes its name only when it is complete. */
  private initialise(): void {
    const { folder, binaries, user, adminPassword, durability } = this.options;
    this.stop('immediate');
    rmSync(this.data, { recursive: true, force: true });
    const partial = join(folder, 'data.partial');
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const passwordFile = join(folder, 'initial-password');
    writeFileSync(passwordFile, adminPassword, { mode: 0o600 });
    handOver(folder, user);
    try {
      binaries.run(
        'initdb',
        ['-D', partial, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'],
        folder,
      );
    } finally {
      rmSync(passwordFile, { force: true });
    }
    writeFileSync(join(partial, 'postgresql.auto.conf'), serverSettings(durability));
    renameSync(partial, this.data);
    writeFileSync(join(folder, 'initialised'), this.fingerprint(), { mode: 0o600 });
    handOver(folder, user);
  }
}

/** A connection address on the loopback interface. */
export function databaseUrl(role: string, password: string, port: number, database: string): string {
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${String(port)}/${database}`;
}

/** Whether any process has the folder as its working directory, as all processes of a server have. */
function isWorkedIn(folder: string): boolean {
  const real = realpathSync(folder);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === real;
      } catch {
        return false;
      }
    });
}

function isPostgres(pid: number): boolean {
  if (!existsSync('/proc/self')) return true;
  return /postgres/.test(readText(`/proc/${String(pid)}/cmdline`) ?? '');
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { joinCompanyCluster, type EmbeddedHandle } from '../../../src/platform/embedded/company-cluster';

describe('the embedded PostgreSQL', () => {
  let project: string;
  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'wattledger-embedded-'));
  });
  afterAll(() => {
    rmSync(serverFolder(), { recursive: true });
    rmSync(project, { recursive: true });
  });

  async function ask<T>(handle: EmbeddedHandle, sql: string): Promise<T[]> {
    const client = new Client({ connectionString: handle.adminUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows as T[];
    } finally {
      await client.end();
    }
  }

  it('speaks UTF-8 whatever the locale, listens to this machine alone, and asks for a password', async () => {
    const handle = joinCompanyCluster(project);
    const [row] = await ask(handle, `SELECT current_setting('server_encoding') AS encoding, datcollate AS collation,
      current_setting('listen_addresses') AS listens, current_setting('unix_socket_directories') AS sockets, upper('电费 a') AS text
      FROM pg_database WHERE datname = current_database()`);
    expect(row).toEqual({ encoding: 'UTF8', collation: 'C', listens: '127.0.0.1', sockets: '', text: '电费 A' });
    await expect(ask({ ...handle, adminUrl: handle.adminUrl.replace(/:[^:@]+@/, ':guess@') }, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(project, '.wattledger/keys.json')).mode & 0o077).toBe(0);
    handle.release();
    await expect(ask(handle, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('keeps its data and its port, also when the server was killed, and joins a running server instead of starting another', async () => {
    const first = joinCompanyCluster(project);
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(serverPid(), 'SIGKILL');
    const second = joinCompanyCluster(project);
    expect(await ask(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    const pid = serverPid();
    const third = joinCompanyCluster(project);
    expect([third.port, serverPid()]).toEqual([second.port, pid]);
    third.release();
    await expect(ask(second, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('stays up as long as another command uses it, and is stopped by the last one when the other was killed', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const signIn = join(project, '.wattledger/users', String(other.pid));
    const handle = joinCompanyCluster(project);
    writeFileSync(signIn, '');
    handle.release();
    expect(await ask(handle, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const again = joinCompanyCluster(project);
    other.kill('SIGKILL');
    await once(other, 'exit');
    again.release();
    await expect(ask(again, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  function serverPid(): number {
    const folder = serverFolder();
    return Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  function serverFolder(): string {
    try {
      return readFileSync(join(project, '.wattledger/data-folder'), 'utf8').trim();
    } catch {
      return join(project, '.wattledger/postgres');
    }
  }
});

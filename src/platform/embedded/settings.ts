import { totalmem } from 'node:os';

/**
 * `durable`: every commit is on disk before it is answered, as in production.
 * `disposable`: for tests, whose data nobody misses after a crash of the machine.
 */
export type Durability = 'durable' | 'disposable';

const MEBIBYTE = 1024 * 1024;

/** The server's settings: loopback only, passwords, and room for monthly runs that write by COPY. */
export function serverSettings(durability: Durability): string {
  const memory = Math.floor(totalmem() / MEBIBYTE);
  const buffers = durability === 'durable' ? clamp(Math.floor(memory / 8), 128, 2_048) : clamp(Math.floor(memory / 32), 64, 512);
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: '150',
    shared_buffers: `${String(buffers)}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: `${String(Math.floor(memory / 2))}MB`,
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: durability === 'durable' ? '4GB' : '2GB',
    wal_buffers: '16MB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %u@%d %a ',
    log_min_duration_statement: '5s',
    synchronous_commit: 'on',
  };
  if (durability === 'disposable') Object.assign(settings, { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' });
  return Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`).join('');
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

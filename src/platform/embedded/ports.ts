import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './files';

/** Asks the system for a free loopback port, or whether the given one is free; the answer must be synchronous. */
const PROBE = `
  const server = require('node:net').createServer();
  server.on('error', () => process.exit(1));
  server.listen(Number(process.argv[1]), '127.0.0.1', () => {
    process.stdout.write(String(server.address().port));
    server.close();
  });
`;

/** A free port of the loopback interface: the one that the folder's server had last, else any. */
export function freePort(folder: string): number {
  const memory = join(folder, 'last-port');
  const last = Number(readText(memory) ?? '0');
  const port = (last > 0 ? probe(last) : undefined) ?? probe(0);
  if (port === undefined) throw new Error('There is no free port on 127.0.0.1.');
  writeFileSync(memory, String(port));
  return port;
}

function probe(port: number): number | undefined {
  const result = spawnSync(process.execPath, ['-e', PROBE, String(port)], { encoding: 'utf8', timeout: 10_000 });
  return result.status === 0 ? Number(result.stdout) : undefined;
}

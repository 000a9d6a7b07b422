import { readFileSync } from 'node:fs';

/** The account that runs the server when the command runs as root; PostgreSQL refuses to run as root itself. */
export interface ServiceUser {
  uid: number;
  gid: number;
  name: string;
}

/**
 * The account for the server: none for an ordinary user (the server is theirs),
 * `postgres` or else `nobody` for root.
 */
export function serviceUser(): ServiceUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const found = accounts.find(([name]) => name === wanted);
    if (found) return { name: wanted, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither an account "postgres" nor "nobody" to run it.');
}

import { dirname } from 'node:path';
import { Client } from 'pg';
import { prepareBinaries, serviceUser } from '../../../src/platform/embedded';
import { testCluster } from '../../support/cluster';

/** The tests' own PostgreSQL server, as something that can fail. */
export interface PostgresServer {
  /** Ends all processes of the server at once, without a checkpoint, and lets it recover on the same port. */
  restartImmediately(): void;
}

/**
 * Finds the server that the test run started, and lets it keep what it commits: tests otherwise do without, and
 * a crash could then take back what was promised.
 */
export async function ownPostgres(): Promise<PostgresServer> {
  const client = new Client({ connectionString: testCluster().adminUrl });
  await client.connect();
  try {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) await client.query(`alter system set ${setting} = on`);
    await client.query('select pg_reload_conf()');
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const data = rows[0]?.data_directory ?? '';
    const folder = dirname(data);
    const binaries = prepareBinaries(serviceUser(), folder);
    return {
      restartImmediately() {
        binaries.run('pg_ctl', ['restart', '-D', data, '-m', 'immediate', '-l', `${folder}/server.log`, '-w', '-t', '60'], folder);
      },
    };
  } finally {
    await client.end();
  }
}

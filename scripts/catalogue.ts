import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../src/platform/database';
import { createDatabase, dropDatabase, openEnvironment, otherDatabase } from '../src/platform/embedded';
import { runCommand } from '../src/platform/lifecycle';
import { describeCatalogue } from './catalogue/describe';

const SCRATCH = 'wattledger_catalogue';

/** Writes migrations/catalogue.snapshot.txt from a fresh, fully migrated database. */
runCommand(async () => {
  const { adminUrl, config } = await openEnvironment();
  if (adminUrl === undefined) throw new Error('The catalogue is written from the embedded server: unset DATABASE_URL.');
  await dropDatabase(adminUrl, SCRATCH);
  await createDatabase(adminUrl, SCRATCH);
  try {
    const url = otherDatabase(config.databaseOwnerUrl ?? '', SCRATCH);
    await migrate(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    const text = await describeCatalogue(client);
    await client.end();
    const file = join(process.cwd(), 'migrations', 'catalogue.snapshot.txt');
    writeFileSync(file, text);
    process.stdout.write(`${file}: ${String(text.split('\n').length)} lines\n`);
  } finally {
    await dropDatabase(adminUrl, SCRATCH);
  }
  return 0;
});

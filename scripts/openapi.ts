import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHttpApp } from '../src/create-app';
import { loadConfig } from '../src/platform/config';
import { runCommand } from '../src/platform/lifecycle';
import { buildContract, contractDrift, renderContract } from '../src/platform/openapi';

const FILE = join(process.cwd(), 'openapi.yaml');

/** Only the shape of the application is needed: nothing connects to this address. */
const SHAPE_ONLY = loadConfig({
  DATABASE_URL: 'postgres://contract@localhost/contract',
  DATA_KEY: '00'.repeat(32),
  DATA_HASH_KEY: '00'.repeat(32),
  LOG_LEVEL: 'silent',
});

/** Writes openapi.yaml from the code; with `--check` writes nothing and fails, naming each place, where it would change. */
runCommand(async () => {
  const app = await createHttpApp(SHAPE_ONLY, { processName: 'contract', connect: false });
  const document = buildContract(app);
  const drift = contractDrift(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '', document);
  if (drift.length === 0) {
    process.stdout.write('openapi.yaml is up to date\n');
    return 0;
  }
  process.stdout.write(`${drift.join('\n')}\n`);
  if (process.argv.includes('--check')) {
    process.stderr.write('openapi.yaml differs from the code: run `npm run openapi` and commit the file\n');
    return 1;
  }
  writeFileSync(FILE, renderContract(document));
  process.stdout.write(`openapi.yaml written: ${String(Object.keys(document.paths).length)} addresses\n`);
  return 0;
});

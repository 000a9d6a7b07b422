import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { PROJECT, Refusal } from './project.mjs';

const FOLDER = join(PROJECT, 'test', 'long');

/** `npm run test:long -- NAME`: faults, fuzz, mutation and soak tests, which take their time and are run by hand. */
export async function runLongTests([name, ...args]) {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.long.ts')).map((file) => file.replace('.long.ts', '')) : [];
  if (name === 'mutation') return (await import('./mutation.mjs')).runMutation(args);
  if (!names.includes(name)) throw new Refusal(`npm run test:long -- NAME; there are: ${['mutation', ...names].join(', ')}`);
  await build();
  const jest = join(PROJECT, 'node_modules/jest/bin/jest.js');
  const command = [jest, '--config', 'jest.long.config.js', '--runInBand', `test/long/${name}.long.ts`, ...args];
  return spawnSync(process.execPath, command, { cwd: PROJECT, stdio: 'inherit' }).status ?? 1;
}

#!/usr/bin/env node
/**
 * Runs a command of the project from a bare checkout: installs, builds what changed, runs.
 * Until the installation is done only Node's own modules are used.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { PROJECT, Refusal, say } from './lib/project.mjs';

/** The built file of each command, and arguments that stand before the caller's. */
const ENTRIES = {
  bench: ['bench/main.js'],
  bill: ['src/bill.js'],
  catalogue: ['scripts/catalogue.js'],
  demo: ['scripts/demo.js'],
  dev: ['src/main.js'],
  golden: ['src/golden.js'],
  migrate: ['src/ops.js', 'migrate'],
  openapi: ['scripts/openapi.js'],
  ops: ['src/ops.js'],
  worker: ['src/worker.js'],
};

async function main([name, ...args]) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 12)) throw new Refusal(`Wattledger needs Node 20.12 or later; this is ${process.versions.node}.`);
  await install();
  if (name === 'test') return (await import('./lib/checks.mjs')).runChecks(args);
  if (name === 'lint') return (await import('./lib/checks.mjs')).runLint(args);
  if (name === 'test:long') return (await import('./lib/long-tests.mjs')).runLongTests(args);
  await build();
  if (name === 'build') return 0;
  const entry = ENTRIES[name];
  if (!entry) throw new Refusal(`There is no command "${String(name)}"; there are build, lint, test, test:long, ${Object.keys(ENTRIES).join(', ')}.`);
  const [file, ...first] = entry;
  const path = join(PROJECT, 'dist', file);
  if (!existsSync(path)) throw new Refusal(`The command "${name}" has no program: ${file.replace(/\.js$/, '.ts')} is missing.`);
  process.argv = [process.execPath, path, ...first, ...args];
  process.setSourceMapsEnabled(true);
  if (process.env.npm_lifecycle_event !== undefined) followParent();
  // In this very process: signals and the exit code are the command's own.
  await import(pathToFileURL(path).href);
  return undefined;
}

/** npm passes a SIGTERM on to its shell only, which dies alone: who lost that shell has been told to stop. */
function followParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

// A reader that has seen enough, such as head, ends the command without a fault.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  const code = await main(process.argv.slice(2));
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  say(error instanceof Refusal ? error.message : String(error?.stack ?? error));
  process.exitCode = 1;
}

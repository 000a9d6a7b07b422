import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './lock.mjs';
import { PROJECT, Refusal, say } from './project.mjs';

/** Installs the dependencies when what lies in node_modules is not what the lock file says. */
export async function install() {
  if (isInstalled()) return;
  await exclusively('install', () => {
    if (isInstalled()) return;
    say('Installing the dependencies (npm ci) …');
    runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    if (!isInstalled()) throw new Refusal('npm ci ended, and still not everything of package-lock.json is in node_modules.');
  });
}

/**
 * Compares content, not times: a checkout gives every file the time of the checkout.
 * Packages for other systems are optional and may be missing.
 */
function isInstalled() {
  const wanted = readPackages(join(PROJECT, 'package-lock.json'));
  const present = readPackages(join(PROJECT, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true;
    const installed = present[path];
    return installed ? installed.version === entry.version : entry.optional === true || entry.devOptional === true;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function runNpm(args) {
  const script = process.env.npm_execpath;
  const own = script?.endsWith('.js') || script?.endsWith('.cjs');
  // Standard output is the command's own: what npm has to say goes to standard error.
  const options = { cwd: PROJECT, stdio: ['ignore', 2, 2], env: withoutProduction(), shell: !own && process.platform === 'win32' };
  const result = own ? spawnSync(process.execPath, [script, ...args], options) : spawnSync('npm', args, options);
  if (result.error) throw new Refusal(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) throw new Refusal(`npm ${args[0]} failed with code ${String(result.status)}.`);
}

/** The compiler is a development dependency, and every command builds what it runs. */
function withoutProduction() {
  const env = { ...process.env };
  delete env.NODE_ENV;
  delete env.npm_config_omit;
  delete env.npm_config_production;
  return env;
}

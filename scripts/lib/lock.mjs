import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './project.mjs';

const WAIT_MS = 100;
const PATIENCE_MS = 600_000;

/** Runs work while no other command of this project installs or builds. */
export async function exclusively(name, work) {
  const folder = join(PROJECT, '.wattledger');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.lock`);
  for (let waited = 0; !take(file); waited += WAIT_MS) {
    if (waited > PATIENCE_MS) throw new Error(`Another command holds ${file}.`);
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderLives(file)) rmSync(file, { force: true });
    return false;
  }
}

function holderLives(file) {
  let pid;
  try {
    pid = Number(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
  // A file without a number was made this very moment.
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../src/platform/lifecycle';
import type { Bench } from './bench';

const OWN_FILES = new Set(['main', 'bench']);

/** `npm run bench -- NAME [--accounts N]`: runs bench/NAME and prints one line of JSON with its figures, the machine and the commit. */
runCommand(async () => {
  const [name, ...args] = process.argv.slice(2);
  const known = readdirSync(__dirname)
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -3))
    .filter((file) => !OWN_FILES.has(file));
  if (name === undefined || !known.includes(name)) throw new Error(`npm run bench -- NAME [--option value]; there are: ${known.join(', ') || 'none yet'}`);
  const { run } = (await import(join(__dirname, `${name}.js`))) as Bench;
  const figures = await run(parseOptions(args));
  process.stdout.write(`${JSON.stringify({ bench: name, ...figures, machine: machine(), commit: commit() })}\n`);
  return 0;
});

function parseOptions(args: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (let index = 0; index < args.length; index += 2) {
    const name = /^--([a-z][a-z-]*)$/.exec(args[index] ?? '')?.[1];
    const value = args[index + 1];
    if (name === undefined || value === undefined) throw new Error(`options are written --name value, not "${args.slice(index, index + 2).join(' ')}"`);
    options[name] = value;
  }
  return options;
}

function machine(): Record<string, string | number> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    system: `${process.platform}-${process.arch}`,
  };
}

/** The commit that was measured, with a plus sign where the work tree differs from it. */
function commit(): string {
  const git = (...args: string[]): string => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
  const hash = git('rev-parse', '--short=12', 'HEAD');
  return hash === '' ? 'unknown' : `${hash}${git('status', '--porcelain') === '' ? '' : '+'}`;
}

import { createRequire } from 'node:module';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { exclusively } from './lock.mjs';
import { PROJECT, say } from './project.mjs';

const SOURCES = ['src', 'scripts', 'bench', 'migrations'];
const DIST = join(PROJECT, 'dist');
const STAMP = join(DIST, '.settings');
const COMPILED = /(?<!\.d)\.ts$/;
const COPIED = /\.(json|sql|html|css|csv|yaml|txt)$/;

/** Compiles what changed since the last build, and removes what has no source any more. Types are checked by `npm test`. */
export async function build() {
  await exclusively('build', async () => {
    const settings = buildSettings();
    if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== settings) rmSync(DIST, { recursive: true, force: true });
    const files = SOURCES.flatMap((folder) => walk(join(PROJECT, folder)));
    const stale = files.filter(({ source, target }) => !existsSync(target) || statSync(target).mtimeMs < statSync(source).mtimeMs);
    if (stale.length > 20) say(`Building ${String(stale.length)} files …`);
    await compileAll(stale);
    removeOrphans(new Set(files.map(({ target }) => target)));
    mkdirSync(DIST, { recursive: true });
    writeFileSync(STAMP, settings);
  });
}

/** A build by another compiler or with other settings is no use. */
function buildSettings() {
  const compiler = JSON.parse(readFileSync(join(PROJECT, 'node_modules/@swc/core/package.json'), 'utf8')).version;
  return `${compiler}\n${readFileSync(join(PROJECT, '.swcrc'), 'utf8')}`;
}

function walk(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const source = join(folder, entry.name);
    if (entry.isDirectory()) return walk(source);
    const target = join(DIST, relative(PROJECT, source));
    if (COMPILED.test(entry.name)) return [{ source, target: target.replace(COMPILED, '.js'), compiled: true }];
    return COPIED.test(entry.name) ? [{ source, target, compiled: false }] : [];
  });
}

async function compileAll(files) {
  if (files.length === 0) return;
  const { transformFile } = createRequire(import.meta.url)('@swc/core');
  await Promise.all(files.map(async ({ source, target, compiled }) => {
    mkdirSync(dirname(target), { recursive: true });
    if (!compiled) {
      copyFileSync(source, target);
      return;
    }
    const { code, map } = await transformFile(source, { cwd: PROJECT, filename: source, configFile: join(PROJECT, '.swcrc'), sourceFileName: relative(dirname(target), source) });
    writeFileSync(`${target}.map`, map ?? '');
    writeFileSync(target, `${code}\n//# sourceMappingURL=${target.slice(dirname(target).length + 1)}.map\n`);
  }));
}

function removeOrphans(targets) {
  for (const folder of SOURCES) {
    for (const file of existingFiles(join(DIST, folder))) {
      if (!targets.has(file.replace(/\.map$/, ''))) rmSync(file);
    }
  }
}

function existingFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? existingFiles(join(folder, entry.name)) : [join(folder, entry.name)]);
}

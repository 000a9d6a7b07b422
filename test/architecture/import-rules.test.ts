import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '../..');

/** A small tree in which each file breaks one rule; the rule's name is what the tool has to answer for it. */
const BREACHES: Readonly<Record<string, { file: string; imports: string }>> = {
  'core-is-pure': { file: 'src/core/bill.ts', imports: '../platform/clock' },
  'decimals-in-one-place': { file: 'src/core/charge.ts', imports: 'decimal.js' },
  'platform-knows-no-trade': { file: 'src/platform/clock.ts', imports: '../modules/billing/index' },
  'modules-through-their-index': { file: 'src/modules/billing/run.ts', imports: '../customers/secret' },
  'customers-builds-on': { file: 'src/modules/customers/secret.ts', imports: '../billing/index' },
  'modules-know-no-composition': { file: 'src/modules/billing/index.ts', imports: '../../roles' },
  'known-modules': { file: 'src/modules/weather/index.ts', imports: '../weather/forecast' },
  'sources-know-no-tests': { file: 'src/roles.ts', imports: '../test/support' },
  'declared-dependencies': { file: 'src/main.ts', imports: 'jest' },
  'no-circles': { file: 'src/modules/portal/index.ts', imports: './page' },
  resolvable: { file: 'src/worker.ts', imports: './nowhere' },
};

describe('the import rules', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wattledger-imports-'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'x', dependencies: { 'decimal.js': '*' }, devDependencies: { jest: '*' } }));
    writeFileSync(join(folder, 'tsconfig.json'), '{}');
    for (const { file, imports } of Object.values(BREACHES)) write(file, `import '${imports}';\n`);
    for (const name of ['decimal.js', 'jest']) write(`node_modules/${name}/index.js`, '');
    write('src/modules/weather/forecast.ts', '');
    write('src/modules/portal/page.ts', `import './index';\n`);
    write('test/support.ts', '');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  it('each refuse the import that breaks them', () => {
    const program = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [program, '--config', join(PROJECT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src', 'test'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    const found = summary.violations.map(({ from, rule }) => `${rule.name} ${from}`);
    for (const [rule, { file }] of Object.entries(BREACHES)) expect(found).toContain(`${rule} ${file}`);
  });
});

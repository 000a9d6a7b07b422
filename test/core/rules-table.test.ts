import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const rows = readFileSync(join(ROOT, 'docs/rules.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('`test/'))
  .map((line) => /\| `([^`]+)` \| `([^`]+)`(?:: (.+))? \|$/.exec(line));

describe('the table of rules', () => {
  it('names files and tests that are there', () => {
    expect(rows.length).toBeGreaterThan(90);
    const missing = rows.flatMap((row) => {
      if (row === null) return ['a row that cannot be read'];
      const [, file = '', test = '', name] = row;
      const source = join(ROOT, file.startsWith('modules') ? 'src' : 'src/core', file);
      if (!existsSync(source)) return [file];
      if (name === undefined) return existsSync(join(ROOT, test)) ? [] : [test];
      const found = name.startsWith('W-') ? existsSync(join(ROOT, test, `${name}.json`)) : readFileSync(join(ROOT, test), 'utf8').includes(name);
      return found ? [] : [`${test}: ${name}`];
    });
    expect(missing).toEqual([]);
  });
});

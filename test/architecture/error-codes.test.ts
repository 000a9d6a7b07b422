import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allErrorCodes, findError } from '../../src/platform/errors';
import { shapeOfApp } from '../support/shape';

const SOURCE = join(__dirname, '../../src');

const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** The codes that the source throws by name. */
function thrownCodes(): { file: string; code: string }[] {
  return FILES.flatMap((file) => {
    const found = readFileSync(join(SOURCE, file), 'utf8').matchAll(/new AppError\(\s*'([^']+)'/g);
    return [...found].map(([, code = '']) => ({ file, code }));
  });
}

describe('error codes', () => {
  beforeAll(async () => {
    await shapeOfApp();
    for (const file of FILES.filter((each) => each.endsWith('.errors.ts'))) await import(join(SOURCE, file));
  });

  test('that the source throws are all declared', () => {
    expect(thrownCodes().filter(({ code }) => !findError(code))).toEqual([]);
  });

  test('have a title in both languages and a status of refusal', () => {
    const wrong = allErrorCodes().filter((code) => {
      const { status, title } = findError(code) ?? { status: 0, title: { en: '', zh: '' } };
      return status < 400 || status > 599 || title.en === '' || !/\p{Script=Han}/u.test(title.zh);
    });
    expect(wrong).toEqual([]);
  });
});

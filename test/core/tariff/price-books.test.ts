import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TariffDocument, tariffProblems } from '../../../src/core/tariff';

const FOLDER = join(__dirname, '../../../src/modules/tariff/price-books');

describe('shipped price books', () => {
  it.each(readdirSync(FOLDER).filter((name) => name.endsWith('.json')))('%s has no flaw that would keep it from being published', (name) => {
    const tariff = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as TariffDocument;
    expect(tariffProblems(tariff)).toEqual([]);
  });
});

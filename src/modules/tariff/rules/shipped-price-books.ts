import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = 'src/modules/tariff/price-books';

/** A tariff document that comes with the product, not yet checked. */
export interface ShippedDocument {
  readonly file: string;
  readonly document: unknown;
}

/**
 * The tariff documents that come with the product, in the order of their file names. They lie in the sources; compiled
 * code finds them from the folder that holds package.json. Throws where the folder is missing.
 */
export function shippedDocuments(): ShippedDocument[] {
  const folder = join(projectFolder(__dirname), FOLDER);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((file) => ({ file, document: JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown }));
}

function projectFolder(from: string): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, FOLDER))) return from;
  const above = dirname(from);
  if (above === from) throw new Error(`the price books are missing: no ${FOLDER} beside a package.json`);
  return projectFolder(above);
}

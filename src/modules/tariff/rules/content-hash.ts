import { createHash } from 'node:crypto';
import { canonicalJson, type TariffDocument } from '../../../core/tariff';

/** The identity of a tariff document: SHA-256 of its canonical JSON in UTF-8, 64 hexadecimal digits. */
export function contentHashOf(document: TariffDocument): string {
  return createHash('sha256').update(canonicalJson(document), 'utf8').digest('hex');
}

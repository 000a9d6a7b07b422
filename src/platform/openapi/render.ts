import type { OpenAPIObject } from '@nestjs/swagger';
import { parse, stringify } from 'yaml';

const HEADER = '# Generated from the code by `npm run openapi`; do not edit. `npm run openapi -- --check` fails on drift.\n';

/** The contract as the text of openapi.yaml. */
export function renderContract(document: OpenAPIObject): string {
  return HEADER + stringify(document, { lineWidth: 120, aliasDuplicateObjects: false });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The places at which two documents differ: two levels below paths and schemas, which is an operation or a field. */
function differences(old: unknown, now: unknown, path: readonly string[], depth: number): string[] {
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  const place = path.join(' ');
  if (old === undefined) return [`+ ${place}`];
  if (now === undefined) return [`- ${place}`];
  if (depth === 0 || !isRecord(old) || !isRecord(now)) return [`~ ${place}`];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names.flatMap((name) => differences(old[name], now[name], [...path, name], depth - 1));
}

/** What differs between a written contract and the code's: `+` new, `-` gone, `~` changed; empty where nothing does. */
export function contractDrift(written: string, document: OpenAPIObject): string[] {
  if (written === renderContract(document)) return [];
  const found = differences(parse(written) ?? {}, parse(renderContract(document)), [], 4);
  return found.length > 0 ? found : ['~ order or layout of the file'];
}

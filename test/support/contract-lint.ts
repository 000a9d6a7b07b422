import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { renderContract } from '../../src/platform/openapi';

const LINTER = join(__dirname, '../../scripts/lib/openapi-lint.mjs');

/** The lines that the linter of contracts writes about a document; none where it finds nothing. */
export function lintContract(document: OpenAPIObject): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const file = join(folder, 'openapi.yaml');
  writeFileSync(file, renderContract(document));
  const { stdout, stderr, status } = spawnSync(process.execPath, [LINTER, file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (status === null || stderr !== '') throw new Error(`the linter did not run: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '');
}

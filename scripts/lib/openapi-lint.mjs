#!/usr/bin/env node
/** Lints a contract with the recommended rules and a few stricter ones: `node scripts/lib/openapi-lint.mjs openapi.yaml`. */
import { readFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const RULES = {
  'info-license': 'off',
  'info-license-strict': 'off',
  'operation-4xx-response': 'error',
  'operation-operationId': 'error',
  'operation-operationId-unique': 'error',
  'operation-summary': 'error',
  'operation-tag-defined': 'error',
  'tag-description': 'error',
  'no-unused-components': 'error',
  // An id is digits: a word that stands beside an id parameter (by-hash) is never taken for one.
  'no-ambiguous-paths': 'off',
  'no-invalid-media-type-examples': 'error',
  'no-invalid-schema-examples': 'error',
  'no-invalid-parameter-examples': 'error',
  'path-parameters-defined': 'error',
  'paths-kebab-case': 'error',
  'no-http-verbs-in-paths': 'off',
};

const [file = 'openapi.yaml'] = process.argv.slice(2);
const config = await createConfig({ extends: ['recommended'], rules: RULES });
const problems = await lintFromString({ source: await readFile(file, 'utf8'), absoluteRef: file, config });
for (const { severity, ruleId, message, location } of problems) {
  const [place] = location;
  process.stdout.write(`${severity} ${ruleId}: ${message} at ${place?.pointer ?? '#'}\n`);
}
process.exitCode = problems.some(({ severity }) => severity === 'error') ? 1 : 0;

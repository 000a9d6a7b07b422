import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { PROJECT, say } from './project.mjs';

const REPORTS = join(PROJECT, 'reports');
const JEST_REPORT = join(REPORTS, 'jest.json');
/** Typed linting and type checking of a grown code base on small machines. */
const HEAP = '--max-old-space-size=4096';

/** The checks before the tests, in the order in which they are fastest to say no. */
const CHECKS = [
  { name: 'types', program: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', '.wattledger/types.tsbuildinfo'] },
  { name: 'types of the core', program: 'typescript/bin/tsc', args: ['-p', 'tsconfig.core.json'] },
  { name: 'imports', program: 'dependency-cruiser/bin/dependency-cruise.mjs', args: ['--config', '.dependency-cruiser.cjs', 'src', 'migrations', 'scripts', 'bench'] },
  { name: 'lint', program: 'eslint/bin/eslint.js', args: ['--max-warnings', '0', '--cache', '--cache-location', '.wattledger/eslint-cache', '.'] },
];

/**
 * Everything that must hold before a change lands. Arguments go to the test runner, and then only the tests run:
 * `npm test -- test/integration/metering`. The last line counts the tests: "N passed, N failed".
 */
export async function runChecks(args) {
  mkdirSync(join(PROJECT, '.wattledger'), { recursive: true });
  if (args.length === 0) {
    for (const check of CHECKS) if (!passes(check)) return 1;
    await build();
    if (!passes({ name: 'the API contract', script: ['scripts/run.mjs', 'openapi', '--check'] })) return 1;
  }
  return runTests(args);
}

/** Lint alone, as `npm run lint`; `--fix` mends what can be mended. */
export function runLint(args) {
  const lint = CHECKS.find(({ name }) => name === 'lint');
  return passes({ ...lint, args: [...lint.args, ...args] }) ? 0 : 1;
}

function passes({ name, program, script, args = [] }) {
  const started = Date.now();
  const command = script ?? [join(PROJECT, 'node_modules', program), ...args];
  const result = spawnSync(process.execPath, [HEAP, ...command], { cwd: PROJECT, stdio: ['ignore', 2, 2] });
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  say(`${result.status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  return result.status === 0;
}

function runTests(args) {
  mkdirSync(REPORTS, { recursive: true });
  rmSync(JEST_REPORT, { force: true });
  const jest = join(PROJECT, 'node_modules/jest/bin/jest.js');
  const result = spawnSync(process.execPath, [HEAP, jest, '--json', `--outputFile=${JEST_REPORT}`, ...args], { cwd: PROJECT, stdio: ['ignore', 'ignore', 2] });
  if (!existsSync(JEST_REPORT)) {
    say('The tests did not run to their end.');
    return 1;
  }
  const report = JSON.parse(readFileSync(JEST_REPORT, 'utf8'));
  for (const suite of report.testResults.filter(({ assertionResults, status }) => status === 'failed' && assertionResults.length === 0)) {
    say(`FAILED ${suite.name} could not be run`);
  }
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const skipped = report.numPendingTests + report.numTodoTests;
  process.stdout.write(`${String(report.numPassedTests)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}\n`);
  return result.status === 0 && failed === 0 ? 0 : 1;
}

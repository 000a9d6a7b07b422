import { runGolden } from './golden/run-folder';

const USAGE = 'usage: npm run golden -- FOLDER|FILE …\n';

/**
 * Works the cases of folders or files, prints one JSON line each and a count at the end. Exit code 0: every case that
 * states figures has them; 1: a figure differs or is missing, or something is not supported; 2: nothing to work on.
 */
function main(targets: readonly string[]): number {
  if (targets.length === 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  const count = { cases: 0, passed: 0, failed: 0, withoutExpectation: 0 };
  for (const target of targets) {
    for (const { line, passed } of runGolden(target)) {
      count.cases += 1;
      if (passed === true) count.passed += 1;
      else if (passed === false) count.failed += 1;
      else count.withoutExpectation += 1;
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  }
  process.stdout.write(`${JSON.stringify(count)}\n`);
  if (count.cases === 0) return 2;
  return count.failed === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2).filter((argument) => argument !== '--'));

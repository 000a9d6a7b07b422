import { join } from 'node:path';
import { PROJECT } from '../lib/project.mjs';

/** The folders of the core: first those where money is made. */
export const FOLDERS = ['charges', 'bill', 'usage', 'receivables', 'ledger', 'back-billing', 'metering', 'tariff', 'policy', 'calendar', 'quantity'];

/** The share of mutants that the tests must notice in every folder, in per cent. */
export const GOAL = 85;

/** Random documents are the same for every mutant; thirty of them take a tenth of a second. */
export const PROPERTY_SEED = 20260601;
export const PROPERTY_RUNS = 30;

/** Where reports and the memory between runs lie; nothing of it belongs to the repository. */
export const WORK = '.wattledger/mutation';

/** Files without a rule: a mutant of theirs says nothing about a figure. */
const WITHOUT_RULES = [
  // Words of the explanation in two languages. They are compared with the pages that show them, not with themselves.
  'src/core/bill/explain-labels.ts',
  'src/core/bill/line-labels.ts',
  // JSON schemas: tables of field names, patterns and limits, held to the types and to the golden documents by their own tests.
  'src/core/bill/calculation-document.schema.ts',
  'src/core/bill/tariff-document.schema.ts',
  'src/core/bill/schema-parts.ts',
];

/** What Stryker is told for one folder of the core. */
export function optionsFor(folder, { force = false, concurrency = 1 } = {}) {
  return {
    mutate: [`src/core/${folder}/**/*.ts`, ...WITHOUT_RULES.filter((file) => file.startsWith(`src/core/${folder}/`)).map((file) => `!${file}`)],
    plugins: [join(PROJECT, 'scripts/mutation/in-process-runner.mjs')],
    testRunner: 'in-process',
    ignorers: ['words'],
    // Hand-worked figures first: they are quick to fail. Random documents come last and few; `npm test` draws thousands.
    mutationTests: ['test/core', 'test/golden', 'test/property'],
    // The one compares a page with file names, the other needs thousands of documents to say anything; neither knows a figure.
    mutationTestsLeftOut: ['test/core/rules-table.test.ts', 'test/property/document-fuzz.test.ts'],
    propertySeed: PROPERTY_SEED,
    coverageAnalysis: 'perTest',
    // Only what the pure tests read is copied.
    ignorePatterns: ['**', '!src/core/**', '!src/golden/**', '!src/modules/tariff/price-books/**', '!test/core/**', '!test/golden/**', '!test/property/**', '!test/builders/**', '!.swcrc', '!package.json'],
    incremental: true,
    incrementalFile: `${WORK}/${folder}.incremental.json`,
    force,
    concurrency,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: `${WORK}/${folder}.json` },
    tempDirName: `${WORK}/sandbox`,
    timeoutMS: 15_000,
    timeoutFactor: 4,
    checkers: [],
    allowConsoleColors: false,
    disableTypeChecks: false,
    logLevel: 'warn',
    warnings: { unknownOptions: false, slow: false },
  };
}

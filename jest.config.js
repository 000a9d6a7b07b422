'use strict';

const common = {
  testEnvironment: 'node',
  rootDir: __dirname,
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.wattledger/'],
};

/** The folders whose tests need the database server; the global set-up starts it for them alone. */
const WITH_DATABASE = ['integration', 'scenarios', 'faults', 'migrations'];

/** Tests read like the trade. Those without a database start at once, the others share one server. */
module.exports = {
  testTimeout: 60_000,
  maxWorkers: 2,
  projects: [
    {
      ...common,
      displayName: 'pure',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...WITH_DATABASE.map((folder) => `<rootDir>/test/${folder}/`)],
    },
    {
      ...common,
      displayName: 'database',
      testMatch: WITH_DATABASE.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};

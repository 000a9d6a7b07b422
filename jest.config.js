'use strict';

const { spawnSync } = require('node:child_process');

const common = {
  testEnvironment: 'node',
  rootDir: __dirname,
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.wattledger/'],
};

/** The folders whose tests need the database server; the global set-up starts it for them alone. */
const WITH_DATABASE = ['integration', 'scenarios', 'faults', 'migrations'];

/** What uses the queue is tested once more with the queue in Redis, where this machine has a server for it. */
const WITH_QUEUE = ['integration/billing-run*', 'integration/metering-imports', 'scenarios/run-protocol', 'scenarios/late-edits'];
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

const database = {
  ...common,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

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
    { ...database, displayName: 'database', testMatch: WITH_DATABASE.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`) },
    ...(hasRedis
      ? [{
          ...database,
          displayName: 'queue in redis',
          testMatch: WITH_QUEUE.map((name) => `<rootDir>/test/${name}.test.ts`),
          testEnvironment: '<rootDir>/test/support/redis-environment.ts',
        }]
      : []),
  ],
};

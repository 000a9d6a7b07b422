'use strict';

/** Tests that take minutes or hours: `npm run test:long -- NAME`. */
module.exports = {
  testEnvironment: 'node',
  rootDir: __dirname,
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.wattledger/'],
  testMatch: ['<rootDir>/test/long/*.long.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 3_600_000,
};

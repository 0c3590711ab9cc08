/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // What takes long runs where it is asked for, as .ci/run does.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.LONG ? [] : ['[.]long[.]test[.]ts$'])],
  // Generous, as some tests start processes and databases, and machines are shared.
  testTimeout: 120_000,
  maxWorkers: '100%',
  collectCoverageFrom: ['src/**/*.ts', 'adapters/**/*.ts', 'db/**/*.ts'],
};

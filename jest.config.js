/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Generous, as some tests start processes and databases, and machines are shared.
  testTimeout: 120_000,
  maxWorkers: '100%',
  collectCoverageFrom: ['src/**/*.ts', 'adapters/**/*.ts', 'db/**/*.ts'],
};

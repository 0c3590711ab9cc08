/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testTimeout: 30_000,
  collectCoverageFrom: ['src/**/*.ts', 'adapters/**/*.ts', 'db/**/*.ts'],
};

import { defineConfig } from 'vitest/config';

/**
 * Three kinds of test, told apart by the file's name:
 * `*.test.ts` needs nothing but Node and bash; `*.real.test.ts` needs the toolchain (real Chalice, HTTPie, AWS CLI, sandbox);
 * `test/e2e/*.test.ts` drives the whole program.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/**/*.real.test.ts', 'test/e2e/**'] } },
      { extends: true, test: { name: 'real', include: ['test/**/*.real.test.ts'], exclude: ['test/e2e/**'], testTimeout: 120_000 } },
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 120_000 } },
    ],
  },
});

import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take twenty seconds or more, about the longest first: begun last, one of them would run on alone. */
const long = [
  'long/labs/serverless.test.ts',
  'long/labs/zappa.test.ts',
  'long/labs/chalice.test.ts',
  'long/labs/cloudalbum.test.ts',
  'e2e/flagship.test.ts',
  'e2e/walk-start.test.ts',
  'long/walks/flagship-again.test.ts',
  'long/checks/verify-broken.test.ts',
  'long/sandbox/chalice.test.ts',
  'long/setup/lab-toolchain.test.ts',
  'setup/toolchain.real.test.ts',
  'terminal/watchdog.test.ts',
  'tui/app.test.ts',
];

/** The long ones first; all others as vitest has them. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}`));
      return at === -1 ? long.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

/**
 * Four kinds of test, told apart by the file's name:
 * `*.test.ts` needs nothing but Node and bash; `*.real.test.ts` needs the toolchain (real Chalice, HTTPie, AWS CLI, sandbox);
 * `test/e2e/*.test.ts` drives the whole program; so does `test/long/*`, in parts that take minutes and are not in `npm test`.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // vitest would leave one core free: of two, that is half.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.real.test.ts', 'test/e2e/**', 'test/long/**'],
          // The files of one process share what they import: half of their time was to import it anew. So nothing that several files
          // import may have hooks of its own (`afterEach` outside of a function): only the first file would have them.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'real', include: ['test/**/*.real.test.ts'], exclude: ['test/e2e/**'], testTimeout: 120_000 } },
      ...['e2e', 'long'].map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          globalSetup: 'test/e2e/run-folder.ts',
          setupFiles: 'test/e2e/after-each.ts',
          isolate: false,
          // Of a whole lab on a full machine. A program that hangs is ended sooner, by who has started it.
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      })),
    ],
  },
});

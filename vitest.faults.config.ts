import { defineConfig } from 'vitest/config';
import { createFaultsReporter } from './test/faults/reporter.ts';

/** Arguments of `npm run faults` that name files or titles: then not all faults are run. */
const onlyQuick = process.env['LABWALK_FAULTS'] === 'quick';
const isComplete = process.env['LABWALK_FAULTS'] === 'all';

/** The faults: apart from the other tests, since they want a /tmp and a /dev/shm of their own (scripts/faults.mjs). */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.fault.ts'],
    setupFiles: 'test/e2e/after-each.ts',
    provide: { onlyQuick },
    hookTimeout: 120_000,
    // Each has a machine that is as busy as it makes it.
    maxWorkers: 1,
    reporters: ['default', createFaultsReporter({ isComplete })],
  },
});
